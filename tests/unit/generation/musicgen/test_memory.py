"""Models and takes share memory: nothing is promised twice, and what is idle leaves first."""

import threading
from functools import partial

import pytest
from msgspec.structs import replace

from musicgen_desktop.foundation import StopFlag, UserInputError, no_report
from musicgen_desktop.generation.musicgen import loaded
from musicgen_desktop.generation.musicgen.engine import MusicGen
from musicgen_desktop.generation.musicgen.library import memory_bytes, read_model
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.runtime.choose import PathChoice
from musicgen_desktop.generation.sound import SoundRequest
from tests.fakes.tiny_musicgen import write_transformers

from .takes.tiny_maker import Sink

PLENTY = 10**12
SPARE = 300 * 2**20


@pytest.fixture
def add(tmp_path):
    def added(kind):
        folder = write_transformers(tmp_path / kind, kind)
        return MusicGen().add_model(folder, f"Tiny {kind}", no_report, StopFlag())

    return added


@pytest.fixture
def lean(monkeypatch):
    """Decoded by one path, whose memory is known."""
    choice = choice_on("cpu")
    monkeypatch.setattr(loaded, "path_choices", lambda: (choice,))
    return choice


def choice_on(device, precision="bf16"):
    def make(shape, tensors, *, mapped):  # noqa: ARG001 - every maker has the same arguments
        return TorchPath(shape, tensors, precision)

    return PathChoice(device, precision, make, device, cache="fp32")


def size_of(model):
    return memory_bytes(read_model(model).shape, "bf16") - SPARE


class Held(Sink):
    """A sink that lets its take wait at the first sound."""

    def __init__(self):
        super().__init__()
        self.arrived, self.go_on = threading.Event(), threading.Event()

    def chunk(self, variation, start_frame, sound):
        self.arrived.set()
        self.go_on.wait(30)
        super().chunk(variation, start_frame, sound)


def request(model, **changes):
    return replace(SoundRequest(model=model, prompt="warm piano", seconds=1.5, seed=3), **changes)


def test_two_requests_at_once_do_not_count_on_the_same_memory(add, lean):
    model, free = add("small"), {"bytes": PLENTY}
    engine = MusicGen(lambda _device: free["bytes"], lambda _device: 0)
    engine.load(model, no_report, StopFlag())
    free["bytes"] = round(2.5 * lean.take_bytes(read_model(model).shape, 76, 4))
    first, wish = Held(), request(model, variations=2)
    making = threading.Thread(target=partial(engine.generate, wish, first, StopFlag()))
    making.start()
    assert first.arrived.wait(30)

    with pytest.raises(UserInputError, match="close other programs, or wait until other takes are done"):
        engine.generate(wish, Sink(), StopFlag())
    first.go_on.set()
    making.join(30)

    assert engine.generate(wish, Sink(), StopFlag()).frames == (48_000, 48_000)
    engine.unload(model)


def test_a_model_that_makes_a_take_is_not_unloaded(add, lean):  # noqa: ARG001 - decoded by one path
    model = add("small")
    engine, sink = MusicGen(lambda _device: PLENTY, lambda _device: 0), Held()
    making = threading.Thread(target=partial(engine.generate, request(model), sink, StopFlag()))
    making.start()
    assert sink.arrived.wait(30)

    with pytest.raises(UserInputError, match="makes a take; stop it, or wait"):
        engine.unload(model)
    sink.go_on.set()
    making.join(30)
    engine.unload(model)

    assert engine.loaded() == {}


@pytest.mark.parametrize("how", ["stopped", "failed"])
def test_a_take_that_ends_early_gives_its_memory_back(add, lean, how, monkeypatch):
    model, free = add("small"), {"bytes": PLENTY}
    engine = MusicGen(lambda _device: free["bytes"], lambda _device: 0)
    engine.load(model, no_report, StopFlag())
    free["bytes"] = round(1.5 * lean.take_bytes(read_model(model).shape, 76, 4))
    stop = StopFlag()
    if how == "stopped":
        sink = Held()
        sink.chunk = lambda *_: stop.set()
        assert engine.generate(request(model), sink, stop).stopped
    else:
        with monkeypatch.context() as broken:
            broken.setattr(TorchPath, "step", lambda *_: 1 // 0)
            with pytest.raises(ZeroDivisionError):
                engine.generate(request(model), Sink(), stop)

    assert engine.generate(request(model), Sink(), StopFlag()).frames == (48_000,)
    engine.unload(model)


def test_an_idle_model_leaves_the_graphics_card_before_another_one_is_put_elsewhere(add, monkeypatch):
    small, stereo = add("small"), add("stereo")
    monkeypatch.setattr(loaded, "path_choices", lambda: (choice_on("cuda"), choice_on("cpu")))
    monkeypatch.setattr(loaded, "quickest_first", lambda _shape, choices, **_: [*choices])
    room = SPARE + round(1.5 * size_of(stereo))

    def free(device):
        return PLENTY if device == "cpu" else room - sum(engine.loaded().values())

    engine = MusicGen(free, lambda _device: 0)
    engine.load(small, no_report, StopFlag())
    with engine._loaded.in_use(small, no_report, StopFlag()):
        engine.load(stereo, no_report, StopFlag())
        assert devices(engine) == {small: "cuda", stereo: "cpu"}  # what is in use stays
    engine.unload(stereo)

    engine.load(stereo, no_report, StopFlag())

    assert devices(engine) == {stereo: "cuda"}
    engine.unload(stereo)


def test_an_idle_model_does_not_leave_for_one_that_would_not_fit_all_the_same(add, monkeypatch):
    small, stereo = add("small"), add("stereo")
    monkeypatch.setattr(loaded, "path_choices", lambda: (choice_on("cuda"), choice_on("cpu")))
    monkeypatch.setattr(loaded, "quickest_first", lambda _shape, choices, **_: [*choices])
    room = {"bytes": PLENTY}

    def free(device):
        return PLENTY if device == "cpu" else room["bytes"] - sum(engine.loaded().values())

    engine = MusicGen(free, lambda _device: 0)
    engine.load(small, no_report, StopFlag())
    room["bytes"] = SPARE + size_of(stereo) - 1

    engine.load(stereo, no_report, StopFlag())

    assert devices(engine) == {small: "cuda", stereo: "cpu"}
    engine.unload(small)
    engine.unload(stereo)


def devices(engine):
    return {name: one.choice.device for name, one in engine._loaded._models.items()}

import shutil
import threading

import numpy as np
import pytest
from msgspec.structs import replace

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError, no_report
from musicgen_desktop.generation.musicgen import _made
from musicgen_desktop.generation.musicgen.engine import MusicGen
from musicgen_desktop.generation.musicgen.library import memory_bytes, model_folder, read_model
from musicgen_desktop.generation.musicgen.weights import load_weights
from musicgen_desktop.generation.sound import Sound, SoundRequest
from tests.fakes.tiny_musicgen import write_transformers

from .takes.tiny_maker import Sink

PLENTY = 10**12
SPARE = 300 * 2**20


@pytest.fixture
def engine():
    made = MusicGen(lambda _device: PLENTY)
    yield made
    for model in tuple(made.loaded()):
        made.unload(model)


@pytest.fixture
def add(engine, tmp_path):
    def added(kind, name=None):
        folder = write_transformers(tmp_path / kind, kind)
        return engine.add_model(folder, name or f"Tiny {kind}", no_report, StopFlag())

    return added


def size_of(model):
    return memory_bytes(read_model(model).shape, "bf16") - SPARE


def request(model, **changes):
    return replace(SoundRequest(model=model, prompt="warm piano", seconds=1.5, seed=3), **changes)


def generate(engine, wish):
    sink = Sink()
    return engine.generate(wish, sink, StopFlag()), sink


def test_an_added_model_is_listed_with_what_it_can_do(engine, add):
    small, melody, stereo = add("small"), add("melody"), add("stereo")

    by_id = {model.id: model for model in engine.models()}
    assert by_id.keys() == {small, melody, stereo}
    assert (by_id[small].rate, by_id[small].channels, by_id[small].window_s) == (32_000, 1, 30.0)
    assert by_id[melody].follows_melody
    assert by_id[stereo].channels == 2


@pytest.mark.parametrize("kind", ["small", "melody", "stereo"])
def test_a_take_says_how_it_was_made_and_has_all_its_sound(engine, add, kind):
    model = add(kind)

    take, sink = generate(engine, request(model))

    channels = 2 if kind == "stereo" else 1
    assert take.frames == (48_000,)
    assert sink.sound().shape == (channels, 48_000)
    assert np.abs(sink.sound()).max() > 0
    assert len(take.tokens[0]) == 75 * 4 * channels * 2
    assert (take.engine, take.model, take.commercial_use) == ("musicgen", model, False)
    assert take.path.startswith(("torch ", "native "))
    assert take.steps_per_s > 0
    assert sink.shares[0] < 0.05
    assert sink.shares == sorted(sink.shares)


def test_the_prompt_and_the_tempo_are_heard(engine, add):
    model = add("small")

    takes = [
        generate(engine, request(model, temperature=0.0, guidance=10.0, seconds=4.0, **wish))[0].tokens
        for wish in ({}, {"prompt": "fast drums"}, {"tempo_bpm": 90.0}, {})
    ]

    assert takes[0] == takes[3]
    assert len(set(takes)) == 3


def test_only_a_melody_model_follows_a_melody(engine, add):
    turns = np.arange(32_000, dtype=np.float32) * np.float32(2 * np.pi * 440 / 32_000)
    melody = Sound.of(np.sin(turns)[:, None], 32_000)
    small, follower = add("small"), add("melody")

    plain, _ = generate(engine, request(follower, temperature=0.0, guidance=10.0, seconds=4.0))
    led, _ = generate(engine, request(follower, temperature=0.0, guidance=10.0, seconds=4.0, melody=melody))

    assert plain.tokens != led.tokens
    with pytest.raises(UserInputError, match="follows no melody"):
        generate(engine, request(small, melody=melody))


def test_requests_at_once_are_one_batch_and_each_gets_its_own_take(engine, add):
    model = add("small")
    wishes = [
        request(model, seed=seed, prompt=words) for seed, words in ((1, "piano"), (2, "drums"), (3, ""))
    ]
    alone = [generate(engine, wish)[0].tokens for wish in wishes]
    together = {}

    threads = [
        threading.Thread(target=lambda wish=wish: together.__setitem__(wish.seed, generate(engine, wish)[0]))
        for wish in wishes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert [together[wish.seed].tokens for wish in wishes] == alone


def test_a_model_is_loaded_once_and_unloaded_when_asked(engine, add):
    model = add("small")
    first = engine.load(model, no_report, StopFlag())
    stages = []

    second = engine.load(model, lambda _done, stage: stages.append(stage), StopFlag())

    assert first == second
    assert not stages
    assert engine.loaded().keys() == {model}
    engine.unload(model)
    assert engine.loaded() == {}


def test_a_model_that_was_removed_is_let_go_and_another_of_its_name_is_not_taken_for_it(engine, add):
    model = add("small", "Mine")
    generate(engine, request(model))
    shutil.rmtree(model_folder(model))
    with pytest.raises(UserInputError, match="not installed"):
        generate(engine, request(model))
    assert engine.loaded() == {}

    add("small", "Mine")
    generate(engine, request(model))
    shutil.rmtree(model_folder(model))
    add("stereo", "Mine")

    take, _ = generate(engine, request(model))
    assert take.channels == 2


def test_a_wish_that_is_stopped_while_its_model_loads_returns_before_that_is_done(engine, add, monkeypatch):
    model, stop, go_on = add("small"), StopFlag(), threading.Event()

    def load_slowly(name):
        stop.set()
        go_on.wait(30)
        return load_weights(name)

    monkeypatch.setattr(_made, "load_weights", load_slowly)
    with pytest.raises(Stopped):
        engine.generate(request(model), Sink(), stop)
    go_on.set()

    take, _ = generate(engine, request(model))
    assert take.frames == (48_000,)


def test_loading_can_be_stopped(engine, add):
    model, stop = add("small"), StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        engine.load(model, no_report, stop)

    assert engine.loaded() == {}


def test_the_model_unused_for_longest_makes_room(add):
    small, stereo = add("small"), add("stereo")
    room = SPARE + round(1.5 * size_of(stereo))
    tight = MusicGen(lambda _device: room - sum(tight.loaded().values()))

    tight.load(small, no_report, StopFlag())
    tight.load(stereo, no_report, StopFlag())

    assert tight.loaded().keys() == {stereo}
    tight.unload(stereo)


def test_a_model_that_nobody_uses_makes_room_for_takes_of_another(add):
    small, stereo = add("small"), add("stereo")
    room = {"bytes": PLENTY}
    tight = MusicGen(lambda _device: room["bytes"] - sum(tight.loaded().values()))
    tight.load(stereo, no_report, StopFlag())
    tight.load(small, no_report, StopFlag())
    room["bytes"] = sum(tight.loaded().values())  # all of it is taken

    take, _ = generate(tight, request(small))

    assert take.frames == (48_000,)
    assert tight.loaded().keys() == {small}
    tight.unload(small)


def test_a_disk_that_does_not_answer_in_time_is_told(engine, add, monkeypatch):
    model = add("small")
    answers = [TimeoutError("the disk is far away")]

    def load(name):
        if answers:
            raise answers.pop()
        return load_weights(name)

    monkeypatch.setattr(_made, "load_weights", load)
    with pytest.raises(TimeoutError, match="far away"):
        engine.load(model, no_report, StopFlag())

    assert engine.load(model, no_report, StopFlag())


def test_a_model_that_does_not_fit_names_one_that_does(add):
    small, stereo = add("small"), add("stereo")
    room = memory_bytes(read_model(small).shape, "int8")
    tight = MusicGen(lambda _device: room)

    with pytest.raises(UserInputError, match=r"Tiny stereo.*GB are free; choose “Tiny small”, which fits"):
        tight.load(stereo, no_report, StopFlag())
    with pytest.raises(UserInputError, match="close other programs"):
        MusicGen(lambda _device: 0).load(small, no_report, StopFlag())


def test_more_takes_than_fit_are_refused_with_a_number_that_does(engine, add):
    model = add("small")
    engine.load(model, no_report, StopFlag())
    free = {"bytes": PLENTY}
    roomy = MusicGen(lambda _device: free["bytes"])
    roomy.load(model, no_report, StopFlag())
    choice = roomy._loaded._models[model].choice
    free["bytes"] = 2 * choice.take_bytes(read_model(model).shape, 76, text=4)

    with pytest.raises(UserInputError, match=r"4 takes at once need .* make 2 at once"):
        generate(roomy, request(model, variations=4))
    with pytest.raises(UserInputError, match=r"A take needs .* close other programs"):
        generate(roomy, request(model, seconds=30.0))
    with pytest.raises(UserInputError, match=r"A take needs .* close other programs"):
        generate(roomy, request(model, prompt="piano " * 300))
    generate(roomy, request(model, variations=2))
    roomy.unload(model)


def test_memory_that_runs_out_while_decoding_is_a_sentence_and_the_next_take_works(engine, add, monkeypatch):
    from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath

    model = add("small")
    with monkeypatch.context() as broken:
        error = RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory")
        broken.setattr(
            "musicgen_desktop.generation.musicgen.runtime.choose.path_choices", lambda: _torch_only(TorchPath)
        )
        broken.setattr(
            "musicgen_desktop.generation.musicgen.loaded.path_choices", lambda: _torch_only(TorchPath)
        )
        broken.setattr(TorchPath, "step", lambda *_: (_ for _ in ()).throw(error))
        with pytest.raises(UserInputError, match="not enough memory for this; make fewer takes at once"):
            generate(engine, request(model, variations=2))

    take, _ = generate(engine, request(model))
    assert take.frames == (48_000,)


def _torch_only(path):
    from musicgen_desktop.generation.musicgen.runtime.choose import PathChoice

    return (PathChoice("torch", "bf16", lambda shape, tensors, **_: path(shape, tensors, "bf16")),)


def test_a_sound_model_passes_its_check_and_a_damaged_one_is_named(engine, add):
    model = add("small")

    assert "it makes sound" in engine.check_model(model, no_report, StopFlag())

    engine.unload(model)
    file = model_folder(model) / "codec.safetensors"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    with pytest.raises(UserInputError, match="codec"):
        engine.check_model(model, no_report, StopFlag())


def test_a_model_that_is_not_installed_is_refused(engine):
    with pytest.raises(UserInputError, match="not installed"):
        generate(engine, request("nothing"))

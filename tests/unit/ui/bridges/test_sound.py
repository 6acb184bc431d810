"""Engines of sound as the panel sees them; questions are answered when the queue is released."""

import threading

import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.catalogue import SoundModel
from musicgen_desktop.ui.bridges import JobsBridge, SoundBridge
from tests.fakes.instant_queue import InstantQueue

SMALL = SoundModel("small", "Small", "CC-BY-NC 4.0", commercial_use=False, rate=32_000, channels=1)
MELODY = SoundModel(
    "melody", "Melody", "CC-BY-NC 4.0", commercial_use=False, rate=32_000, channels=1, follows_melody=True
)


class Host:
    """Has those models; loading one that is too large fails."""

    def __init__(self):
        self.installed = [SMALL, MELODY]
        self.asked = []
        self.failure = None
        self.in_memory = {}

    def models(self, engine, _stop=None):
        self.asked.append(engine)
        if self.failure is not None:
            raise self.failure
        return self.installed

    def load(self, engine, model, _report, _stop=None):
        self.asked.append((engine, model))
        if model == "melody":
            raise UserInputError("It needs 9 GB; choose small.")
        self.in_memory = {"musicgen": {model: 700}}
        return "int8, 2 threads"

    def loaded(self):
        return self.in_memory

    def unload(self, _engine, _model):
        if self.failure is not None:
            raise self.failure
        self.in_memory = {}


class Sound:
    def __init__(self):
        self.host = Host()
        self.bridge = SoundBridge(self.host, jobs=JobsBridge(queue=self._queue))

    def _queue(self, listener):
        self.queue = InstantQueue(listener)
        return self.queue


@pytest.fixture
def sound(qapp):  # noqa: ARG001 - signals need it
    return Sound()


def test_nothing_is_asked_before_an_engine_is_wanted(sound):
    assert sound.host.asked == []
    assert sound.bridge.models("musicgen") is None

    sound.bridge.look("musicgen")

    assert sound.host.asked == ["musicgen"]
    assert sound.bridge.models("musicgen") == (SMALL, MELODY)


def test_a_model_says_how_it_decodes_once_it_is_ready(sound):
    sound.queue.held = True

    sound.bridge.prepare("musicgen", "small")
    meanwhile = sound.bridge.stage("musicgen", "small"), sound.bridge.path("musicgen", "small")
    sound.queue.release()

    assert meanwhile == ("Waits", "")
    assert sound.bridge.path("musicgen", "small") == "int8, 2 threads"
    assert sound.bridge.stage("musicgen", "small") == ""


def test_a_model_that_is_ready_is_not_loaded_again(sound):
    for _ in range(2):
        sound.bridge.prepare("musicgen", "small")

    assert sound.host.asked == [("musicgen", "small")]


def test_another_choice_lets_go_of_what_is_being_loaded(sound):
    sound.queue.held = True
    sound.bridge.prepare("musicgen", "melody")
    sound.bridge.prepare("musicgen", "small")

    sound.queue.release()

    assert sound.host.asked == [("musicgen", "small")]
    assert sound.bridge.problem("musicgen", "melody") == ""


def test_who_hears_that_a_load_is_let_go_may_ask_for_the_next_at_once(sound):
    sound.queue.held = True
    sound.bridge.prepare("musicgen", "melody")
    sound.bridge.changed.connect(lambda: sound.bridge.prepare("musicgen", "small"))

    sound.bridge.prepare("musicgen", "small")

    assert [job.title for job in sound.queue.jobs if job.state == "waiting"] == ["small"]


def test_a_load_that_is_being_let_go_is_told_once(qtbot):
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Host):
        def load(self, engine, model, report, stop=None):
            begun.set()
            go_on.wait(30)
            return super().load(engine, model, report, stop)

    bridge = SoundBridge(Slow())
    bridge.prepare("musicgen", "melody")
    assert begun.wait(30)
    bridge.changed.connect(lambda: bridge.prepare("musicgen", "small"))
    bridge.prepare("musicgen", "small")
    with qtbot.waitSignal(bridge.changed, check_params_cb=lambda *_: bool(bridge.path("musicgen", "small"))):
        go_on.set()
    bridge.close()


def test_a_failure_is_a_sentence_until_it_is_tried_again(sound):
    sound.host.failure = UserInputError("The process that makes sound is broken.")
    sound.bridge.look("musicgen")
    failed = sound.bridge.problem("musicgen")
    sound.host.failure = None

    sound.bridge.look("musicgen")

    assert failed == "The process that makes sound is broken."
    assert sound.bridge.problem("musicgen") == ""
    assert len(sound.bridge.models("musicgen")) == 2


def test_a_model_that_was_replaced_is_loaded_anew(sound):
    sound.bridge.look("musicgen")
    sound.bridge.prepare("musicgen", "small")
    sound.host.installed = []
    sound.bridge.look_again("musicgen")
    gone = sound.bridge.models("musicgen"), sound.bridge.path("musicgen", "small")
    sound.host.installed = [SMALL]
    sound.bridge.look_again("musicgen")

    sound.bridge.prepare("musicgen", "small")

    assert gone == ((), "")
    assert sound.host.asked.count(("musicgen", "small")) == 2


def test_models_that_came_are_not_looked_for_while_nobody_wants_the_engine(sound):
    sound.bridge.look_again("musicgen")

    assert sound.host.asked == []


def test_a_model_in_memory_is_told_and_leaves_when_it_is_asked_to(sound):
    told = []
    sound.bridge.memory_changed.connect(lambda: told.append(sound.bridge.memory("musicgen", "small")))
    sound.bridge.look("musicgen")
    sound.bridge.prepare("musicgen", "small")

    sound.bridge.unload("musicgen", "small")
    sound.bridge.prepare("musicgen", "small")  # as the panel does whenever something changed

    assert told == [700, 0]
    assert sound.host.in_memory == {}
    assert sound.bridge.path("musicgen", "small") == "int8, 2 threads"


def test_a_model_that_is_used_stays_and_says_why(sound):
    said = []
    sound.bridge.failed.connect(said.append)
    sound.bridge.prepare("musicgen", "small")
    sound.host.failure = UserInputError("“Small” makes a take; stop it.")

    sound.bridge.unload("musicgen", "small")

    assert said == ["“Small” makes a take; stop it."]
    assert sound.bridge.memory("musicgen", "small") == 700


def test_models_are_found_while_another_one_is_loaded(qtbot):
    go_on = threading.Event()

    class Slow(Host):
        def load(self, engine, model, report, stop=None):
            go_on.wait(30)
            return super().load(engine, model, report, stop)

    host = Slow()
    bridge = SoundBridge(host)
    bridge.prepare("musicgen", "small")
    with qtbot.waitSignal(bridge.changed, check_params_cb=lambda *_: bridge.models("musicgen") is not None):
        bridge.look("musicgen")
    found, path = bridge.models("musicgen"), bridge.path("musicgen", "small")
    with qtbot.waitSignal(bridge.changed, check_params_cb=lambda *_: bool(bridge.path("musicgen", "small"))):
        go_on.set()
    bridge.close()

    assert len(found) == 2
    assert path == ""

"""Takes of sound in the real window, made by an engine of another package in its real process."""

import os
import signal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from musicgen_desktop.session.controllers.generating import SoundClient
from tests.fakes.sound_engines import FOLDERS, install_engines

WAIT_MS = 60_000


@pytest.fixture
def sound_window(open_window, monkeypatch):
    """A window over a new project, whose sound process knows the sine."""
    install_engines(monkeypatch)
    monkeypatch.syspath_prepend(FOLDERS[0])
    client = SoundClient()
    yield open_window(sound_process=client)
    client.close()


def choose_sine(opened, qtbot):
    """By the list of engines, as a user does."""
    panel = opened.panels.prompt
    opened.window.show_work()
    choice = panel.engine.choice
    choice.setCurrentIndex(choice.findData("sine"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: panel.model.sound.path == "a formula", timeout=WAIT_MS)


def compose(opened, seconds, variations=1, prompt="a slow tone"):
    """Type a length, and press Compose."""
    panel = opened.panels.prompt
    panel.model.set_prompt(prompt)
    panel.model.set_variations(variations)
    line = panel.sound.fields["seconds"].line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, str(seconds))
    QTest.mouseClick(panel.compose_button, Qt.MouseButton.LeftButton)


def test_the_process_starts_when_an_engine_of_sound_is_chosen_and_its_model_is_shown(sound_window, qtbot):
    panel = sound_window.panels.prompt
    assert sound_window.sound_process.pid is None

    choose_sine(sound_window, qtbot)

    assert sound_window.sound_process.pid is not None
    assert panel.sound.model.choice.currentText() == "Concert pitch"
    assert panel.sound.model.said.whole == "Decodes by: a formula"
    assert panel.engine.licence.whole == "CC0-1.0, free to use commercially"
    assert panel.compose_button.isEnabled()


def test_a_take_grows_on_the_timeline_is_heard_stopped_and_made_again(sound_window, qtbot):
    opened, growing = sound_window, sound_window.panels.timeline.growing
    takes = opened.services.takes
    choose_sine(opened, qtbot)
    compose(opened, 600)

    qtbot.waitUntil(lambda: any(each.seconds > 1.0 for each in growing.takes), timeout=WAIT_MS)
    (take,) = growing.takes
    heard, first = takes.audition_id, growing.rect_of(take.candidate.id)
    seen = growing.isVisible() and not opened.panels.timeline.empty_state.isVisible()
    qtbot.waitUntil(lambda: growing.takes[0].seconds > take.seconds, timeout=WAIT_MS)
    QTest.mouseClick(opened.panels.prompt.compose_button, Qt.MouseButton.LeftButton)  # it says Stop
    qtbot.waitUntil(lambda: bool(takes.candidates) and not takes.is_busy, timeout=WAIT_MS)

    ended = opened.panels.prompt.takes.ended
    qtbot.waitUntil(ended.isVisible, timeout=WAIT_MS)

    (candidate,) = takes.candidates
    assert seen
    assert heard == candidate.id == take.candidate.id
    assert first.width() > 100
    assert candidate.take.measured["stopped"] is True
    assert candidate.project.sources[0].frames < 600 * candidate.project.rate
    assert ended.sentence.text().startswith("Ended early, after")

    QTest.mouseClick(ended.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(each.candidate.id != candidate.id for each in growing.takes), timeout=WAIT_MS)
    opened.actions["prompt.stop"].trigger()
    qtbot.waitUntil(lambda: len(takes.candidates) == 2 and not takes.is_busy, timeout=WAIT_MS)

    newest, oldest = takes.candidates
    assert newest.wish.prompt == oldest.wish.prompt == "a slow tone"
    assert newest.take.seed != oldest.take.seed


def test_a_stopped_take_goes_on_to_its_end_by_key(sound_window, qtbot):
    opened, takes = sound_window, sound_window.services.takes
    choose_sine(opened, qtbot)
    compose(opened, 3, prompt="a held tone")
    growing, listed = opened.panels.timeline.growing, opened.panels.prompt.takes
    qtbot.waitUntil(lambda: any(each.seconds > 0.3 for each in growing.takes), timeout=WAIT_MS)
    opened.actions["prompt.stop"].trigger()
    qtbot.waitUntil(listed.ended.isVisible, timeout=WAIT_MS)
    (short,) = takes.candidates

    listed.list.setFocus()
    QTest.keyClick(listed.list, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: len(takes.candidates) == 2 and not takes.is_busy, timeout=WAIT_MS)

    whole = takes.candidates[0]
    assert short.take.measured["stopped"] is True
    assert whole.take.measured["stopped"] is False
    assert whole.take.seed == short.take.seed
    assert whole.project.sources[0].frames == 3 * whole.project.rate


def test_variations_are_made_at_once_and_one_is_kept_undone_and_redone(sound_window, qtbot):
    opened, takes = sound_window, sound_window.services.takes
    choose_sine(opened, qtbot)
    compose(opened, 2, variations=2, prompt="two tones")
    qtbot.waitUntil(lambda: len(takes.candidates) == 2 and not takes.is_busy, timeout=WAIT_MS)
    growing = opened.panels.timeline.growing
    qtbot.waitUntil(
        lambda: all(takes.growing.is_whole(each.candidate.id) for each in growing.takes), timeout=WAIT_MS
    )
    before = opened.project
    second = growing.takes[1].candidate

    place = growing.rect_of(second.id).center() - growing.pos()
    QTest.mouseDClick(growing, Qt.MouseButton.LeftButton, pos=place)

    kept = opened.project
    (track,) = (track for track in kept.tracks if track.clips)
    (clip,) = track.clips
    assert (track.kind, clip.take_id, second.take.seed) == (
        "audio",
        second.id,
        takes.candidates[1].take.seed + 1,
    )
    assert kept.source(clip.source_id).path.startswith("audio/")
    assert [each.number for each in growing.takes] == [1]
    opened.bridges.project.undo()
    assert opened.project == before
    opened.bridges.project.redo()
    assert opened.project == kept


def test_a_dead_process_is_one_sentence_and_other_engines_go_on(sound_window, qtbot):
    opened, takes = sound_window, sound_window.services.takes
    choose_sine(opened, qtbot)
    compose(opened, 600)
    qtbot.waitUntil(lambda: bool(opened.panels.timeline.growing.takes), timeout=WAIT_MS)

    os.kill(opened.sound_process.pid, signal.SIGTERM)
    qtbot.waitUntil(lambda: bool(takes.candidates) and not takes.is_busy, timeout=WAIT_MS)

    panel = opened.panels.prompt
    qtbot.waitUntil(panel.takes.ended.isVisible, timeout=WAIT_MS)
    (candidate,) = takes.candidates
    because = candidate.take.measured["ended_because"]
    assert panel.takes.ended.toolTip() == because
    assert panel.notice.sentence == because
    panel.model.set_engine("composer")
    panel.model.set_prompt("lofi, 4 bars")
    assert panel.compose()
    qtbot.waitUntil(lambda: len(takes.candidates) > 1, timeout=WAIT_MS)


def test_a_window_that_is_closed_while_a_take_is_made_keeps_what_there_is(sound_window, qtbot):
    opened = sound_window
    choose_sine(opened, qtbot)
    compose(opened, 600)
    qtbot.waitUntil(
        lambda: any(each.seconds > 0.3 for each in opened.panels.timeline.growing.takes), timeout=WAIT_MS
    )
    (take,) = opened.panels.timeline.growing.takes
    place = opened.bridges.project.folder / "takes"

    opened.close()

    assert {path.name for path in place.iterdir()} == {
        f"{take.candidate.id}{ending}" for ending in (".json", ".tokens", ".wav")
    }

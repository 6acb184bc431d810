"""MIDI learn: a controller that is moved is bound, and moves the project from then on."""

import pytest

from musicgen_desktop.document import MidiController
from musicgen_desktop.session.commands import remove_insert, set_gain
from musicgen_desktop.session.controllers.learning import ControlMove, ControlsMoved, MidiInputsOpened
from musicgen_desktop.ui.bridges import LearnTarget

CONTROL, NOTE = 0xB0, 0x90


@pytest.fixture
def told(bridges, monkeypatch):
    """What the playback process would be told to listen to."""
    wishes = []
    monkeypatch.setattr(bridges.player, "listen_to_midi", wishes.append)
    return wishes


@pytest.fixture
def said(bridges):
    sentences = []
    bridges.status.said.connect(lambda sentence, _mood: sentences.append(sentence))
    return sentences


@pytest.fixture
def track(bridges):
    return bridges.project.project.tracks[0]


def send(bridges, *moves):
    """(kind, number, value) on channel 1 of an input."""
    bridges.player.controls_moved.emit(
        ControlsMoved(tuple(ControlMove("knobs", kind, 0, number, value) for kind, number, value in moves))
    )


def gain(track):
    return LearnTarget(track.id, "gain_db")


def settle(qtbot, bridges):
    """Moves that came together with others are made."""
    qtbot.waitUntil(lambda: not bridges.learning._hand.apart.isActive())


def now(bridges, track):
    return bridges.project.project.track(track.id)


def test_nothing_is_listened_to_until_something_is_learned(bridges, told, track):
    bridges.learning.use({}, (), "pickup")
    before = list(told)
    bridges.learning.learn(gain(track))
    bridges.learning.cancel()

    assert [wish.is_on for wish in before] == [False]
    assert [wish.is_on for wish in told] == [False, True, False]


def test_the_controller_that_moves_next_is_bound(bridges, told, said, track):
    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 123, 0), (CONTROL, 7, 10))

    assert bridges.learning.target is None
    assert bridges.learning.controller_of(gain(track)) == MidiController(0, 7)
    assert bridges.learning.mark_of(gain(track)) == "CC 7 · channel 1"
    assert said[-1] == f"“{track.name}: Gain” follows CC 7 · channel 1 of knobs."
    assert told[-1].is_on
    assert told[-1].reserved == ((CONTROL, 0, 7),)


def test_learning_and_forgetting_can_be_undone(bridges, track):
    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 7, 10))
    bound = bridges.project.project.midi_bindings
    bridges.learning.forget(gain(track))
    forgotten = bridges.project.project.midi_bindings
    bridges.project.undo()

    assert (len(bound), forgotten) == (1, ())
    assert bridges.project.project.midi_bindings == bound


def test_a_gesture_is_one_step_of_the_history(bridges, qtbot, track):
    bridges.project.ask(set_gain, track.id, -144.0)
    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 7, 0))
    learned = bridges.project.project
    for value in range(1, 96):
        send(bridges, (CONTROL, 7, value))
    with qtbot.waitSignal(bridges.learning._hand.rest.timeout):
        pass
    once = now(bridges, track).gain_db
    send(bridges, (CONTROL, 7, 127))

    assert (once, now(bridges, track).gain_db) == (0.0, 6.0)
    bridges.project.undo()
    assert now(bridges, track).gain_db == 0.0
    bridges.project.undo()
    assert bridges.project.project is learned
    bridges.project.redo()
    assert now(bridges, track).gain_db == 0.0


def test_moves_faster_than_the_window_paints_are_made_together(bridges, qtbot, track):
    bridges.project.ask(set_gain, track.id, -144.0)
    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 7, 0))
    edits = []
    bridges.project.changed.connect(edits.append)
    for value in range(1, 96):
        send(bridges, (CONTROL, 7, value))
    at_once = len(edits)
    settle(qtbot, bridges)

    assert at_once <= 2
    assert len(edits) <= 3
    assert now(bridges, track).gain_db == 0.0


def test_what_waits_to_be_picked_up_says_where_to_turn_once(bridges, said, track, qtbot):
    bridges.project.ask(set_gain, track.id, 0.0)
    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 7, 10))
    said.clear()
    for value in (11, 12, 13):
        send(bridges, (CONTROL, 7, value))
        settle(qtbot, bridges)

    assert now(bridges, track).gain_db == 0.0
    assert said == [f"“{track.name}: Gain” waits for its controller: turn it up to take over."]


def test_a_key_does_not_move_a_fader_and_learning_goes_on(bridges, track, qtbot):
    bridges.learning.learn(gain(track))
    with qtbot.waitSignal(bridges.project.refused) as refused:
        send(bridges, (NOTE, 60, 90))

    assert "use a knob or a fader" in refused.args[0]
    assert bridges.learning.target == gain(track)


def test_pads_turn_switches_over(bridges, track, qtbot):
    mute = LearnTarget(track.id, "muted")
    bridges.learning.learn(mute)
    send(bridges, (NOTE, 36, 0), (NOTE, 36, 20), (NOTE, 36, 0))
    learned = now(bridges, track).muted
    settle(qtbot, bridges)
    send(bridges, (NOTE, 36, 20), (NOTE, 36, 0))

    assert (learned, now(bridges, track).muted) == (False, True)
    assert bridges.learning.mark_of(mute) == "Note 36 · channel 1"


def test_actions_are_learned_for_the_settings_and_triggered_by_presses(bridges, told):
    done, kept = [], []
    bridges.actions.add("transport.play", "Transport", "Play", lambda: done.append("play"))
    bridges.learning.actions_changed.connect(kept.append)
    bridges.learning.learn(LearnTarget(action="transport.play"))
    send(bridges, (CONTROL, 115, 127))
    at_once = list(done)
    send(bridges, (CONTROL, 115, 0), (CONTROL, 115, 127), (CONTROL, 115, 0))

    assert at_once == []
    assert done == ["play"]
    assert kept == [{"transport.play": "CC 115 channel 1"}]
    assert bridges.project.project.midi_bindings == ()
    assert told[-1].reserved == ((CONTROL, 0, 115),)


def test_what_the_settings_keep_works_and_can_be_forgotten(bridges, said):
    done, kept = [], []
    bridges.actions.add("transport.play", "Transport", "Play", lambda: done.append("play"))
    bridges.learning.use(
        {"transport.play": "note 36 channel 1", "transport.stop": "CC 300 channel 1"}, (), "pickup"
    )
    bridges.learning.actions_changed.connect(kept.append)
    send(bridges, (NOTE, 36, 5))
    bridges.learning.forget(LearnTarget(action="transport.play"))
    send(bridges, (NOTE, 36, 0), (NOTE, 36, 5))

    assert done == ["play"]
    assert kept == [{}]
    assert "CC 300" in said[0]


def test_an_action_that_cannot_be_done_now_is_not_done(bridges):
    done = []
    bridges.actions.add("edit.undo", "Edit", "Undo", lambda: done.append("undo")).setEnabled(False)
    bridges.learning.use({"edit.undo": "CC 1 channel 1"}, (), "pickup")

    send(bridges, (CONTROL, 1, 127))

    assert done == []


def test_the_inputs_are_known_while_they_are_listened_to(bridges, told, track):
    learning = bridges.learning
    learning.learn(gain(track))
    unknown = learning.inputs
    bridges.player.midi_inputs_opened.emit(MidiInputsOpened((), "python-rtmidi is not installed"))
    none = learning.inputs, learning.problem
    learning.look_again()
    bridges.player.midi_inputs_opened.emit(MidiInputsOpened(("knobs",)))
    some = learning.inputs, learning.problem
    learning.cancel()

    assert unknown is None
    assert none == ((), "python-rtmidi is not installed")
    assert some == (("knobs",), "")
    assert learning.inputs is None
    assert [wish.is_on for wish in told] == [True, True, False]


def test_another_project_has_its_own_controllers(bridges, told, track, song_project):
    from musicgen_desktop.session.store import ProjectStore

    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 7, 10))
    before = bridges.project.open(ProjectStore(song_project))
    before.close()

    assert bridges.learning.bindings == ()
    assert not told[-1].is_on


def test_bindings_of_what_is_gone_are_not_listed(bridges, track):
    insert = track.inserts[0]
    target = LearnTarget(track.id, f"insert:{insert.id}:bypassed")
    bridges.learning.learn(target)
    send(bridges, (CONTROL, 20, 127))
    listed = len(bridges.learning.bindings)
    bridges.project.ask(remove_insert, track.id, insert.id)
    send(bridges, (CONTROL, 20, 127))

    assert (listed, bridges.learning.bindings) == (1, ())
    assert bridges.learning.name_of(target) == ""


def test_all_are_forgotten_at_once(bridges, track):
    bridges.actions.add("transport.play", "Transport", "Play", lambda: None)
    for target in (gain(track), LearnTarget(track.id, "pan"), LearnTarget(action="transport.play")):
        bridges.learning.learn(target)
        send(bridges, (CONTROL, 7, 10))

    bridges.learning.forget_all()

    assert (bridges.learning.bindings, bridges.learning.actions) == ((), {})
    bridges.project.undo()
    assert len(bridges.learning.bindings) == 2


def test_an_edit_of_a_song_without_controllers_has_nobody_look_at_them(bridges, track):
    looked = []
    bridges.learning.changed.connect(lambda: looked.append(1))
    bridges.project.ask(set_gain, track.id, -3.0)
    without = len(looked)
    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 7, 10))
    looked.clear()
    bridges.project.ask(set_gain, track.id, -4.0)

    assert without == 0
    assert len(looked) == 1


def test_an_endless_knob_is_told_once_with_the_place_to_set_it(bridges, said, track, qtbot):
    bridges.learning.learn(gain(track))
    send(bridges, (CONTROL, 7, 1))
    for value in (1, 127, 1, 127):
        settle(qtbot, bridges)
        send(bridges, (CONTROL, 7, value))

    told = [sentence for sentence in said if "endless" in sentence]
    assert len(told) == 1
    assert f"“{track.name}: Gain”" in told[0]

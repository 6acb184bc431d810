"""Learned controllers and MIDI outputs as edits."""

import msgspec
import pytest

from musicgen_desktop.document import BadProjectError, MidiBinding, MidiController, MidiOutput
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    automation_targets,
    delete_tracks,
    duplicate_track,
    forget_controllers,
    learn_controller,
    learnable_targets,
    remove_insert,
    set_controller_mode,
    set_midi_output,
)
from musicgen_desktop.session.store import ProjectStore

FADER, PAD = MidiController(0, 7), MidiController(9, 36, "note")


def test_all_that_can_be_automated_can_be_learned_and_other_switches_too(small_song):
    keys = small_song.track("keys")
    targets = [each.target for each in learnable_targets(small_song, keys)]
    master = [each.target for each in learnable_targets(small_song, small_song.master)]

    assert targets[: len(automation_targets(small_song, keys))] == [
        each.target for each in automation_targets(small_song, keys)
    ]
    assert {"soloed", "armed", "insert:eq:bypassed"} <= set(targets)
    assert not {"soloed", "armed"} & set(master)


def test_a_controller_is_learned_in_place_of_the_one_before(small_song):
    first = learn_controller(small_song, "keys", "gain_db", FADER)
    project = learn_controller(first.project, "keys", "gain_db", MidiController(1, 8)).project
    project = learn_controller(project, "bass", "gain_db", MidiController(1, 8)).project

    assert first.label == "Learn controller for Gain"
    assert [(each.controller, each.track_id, each.mode) for each in project.midi_bindings] == [
        (MidiController(1, 8), "keys", "absolute"),
        (MidiController(1, 8), "bass", "absolute"),
    ]


def test_a_pad_turns_switches_over_and_moves_nothing_else(small_song):
    (binding,) = learn_controller(small_song, "keys", "muted", PAD).project.midi_bindings

    assert binding.mode == "toggle"
    with pytest.raises(UserInputError, match="use a knob or a fader"):
        learn_controller(small_song, "keys", "pan", PAD)


def test_what_is_not_there_cannot_be_learned(small_song):
    with pytest.raises(UserInputError, match="no longer has this parameter"):
        learn_controller(small_song, "keys", "insert:gone:mix", FADER)
    with pytest.raises(UserInputError, match="no longer in the song"):
        learn_controller(small_song, "gone", "gain_db", FADER)


def test_a_binding_of_an_effect_that_is_gone_comes_back_with_it_until_another_is_learned(small_song):
    bound = learn_controller(small_song, "keys", "insert:eq:bypassed", PAD).project
    without = remove_insert(bound, "keys", "eq").project

    assert without.midi_bindings == bound.midi_bindings
    assert len(learn_controller(without, "keys", "gain_db", FADER).project.midi_bindings) == 1


def test_deleted_and_duplicated_tracks_leave_the_bindings_alone(small_song):
    bound = learn_controller(small_song, "keys", "gain_db", FADER).project

    assert duplicate_track(bound, "keys")[0].project.midi_bindings == bound.midi_bindings
    assert delete_tracks(bound, ["keys"]).project.midi_bindings == bound.midi_bindings


def test_controllers_are_forgotten(small_song):
    bound = learn_controller(small_song, "keys", "gain_db", FADER).project
    bound = learn_controller(bound, "keys", "pan", FADER).project
    ids = [each.id for each in bound.midi_bindings]

    edit = forget_controllers(bound, ids)

    assert (edit.label, edit.project) == ("Forget 2 controllers", small_song)
    assert forget_controllers(edit.project, ids).project is edit.project


def test_what_a_controller_sends_is_set(small_song):
    bound = learn_controller(small_song, "keys", "gain_db", FADER).project
    (binding,) = bound.midi_bindings

    (endless,) = set_controller_mode(bound, binding.id, "relative_twos").project.midi_bindings

    assert endless == msgspec.structs.replace(binding, mode="relative_twos")
    with pytest.raises(UserInputError, match="no switch"):
        set_controller_mode(bound, binding.id, "toggle")
    with pytest.raises(UserInputError, match="was forgotten"):
        set_controller_mode(small_song, binding.id, "absolute")


def test_a_track_sends_its_notes_to_a_port(small_song):
    edit = set_midi_output(small_song, "keys", MidiOutput("Synth", 3))

    assert edit.project.track("keys").midi_output == MidiOutput("Synth", 3)
    assert set_midi_output(edit.project, "keys", None).project == small_song
    with pytest.raises(UserInputError, match="has notes to send"):
        set_midi_output(small_song, "voice", MidiOutput())
    with pytest.raises(BadProjectError, match="MIDI channel 16"):
        set_midi_output(small_song, "keys", MidiOutput("", 16))


@pytest.mark.parametrize(
    "wrong", [MidiController(16, 0), MidiController(0, 128), MidiController(-1, 0)], ids=str
)
def test_a_controller_that_no_message_can_name_is_refused(small_song, wrong):
    broken = msgspec.structs.replace(small_song, midi_bindings=(MidiBinding("b", wrong, "keys", "gain_db"),))

    with pytest.raises(BadProjectError, match="learned controller"):
        ProjectStore(small_song).apply("Learn", broken)


def test_both_are_saved_with_the_project(small_song, tmp_path):
    project = learn_controller(small_song, "keys", "gain_db", FADER).project
    project = set_midi_output(project, "keys", MidiOutput("Synth", 3)).project
    project = project.without_track("voice").without_source("file")
    store = ProjectStore(project)
    store.save_as(tmp_path / "Song.mgproj")
    store.close()

    again = ProjectStore.open(tmp_path / "Song.mgproj")
    again.close()

    assert again.project.midi_bindings == project.midi_bindings
    assert again.project.track("keys").midi_output == MidiOutput("Synth", 3)

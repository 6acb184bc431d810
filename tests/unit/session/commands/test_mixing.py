"""Faders, inserts and sends."""

import pytest

from musicgen_desktop.document import Insert
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    add_insert,
    add_send,
    bypass_insert,
    invert_polarity,
    load_parameters,
    move_insert,
    remove_insert,
    remove_send,
    set_gain,
    set_pan,
    set_parameter,
    set_send_gain,
    set_send_tap,
    set_trim,
    toggle_send,
)


def effects(project, track_id):
    return [insert.effect for insert in project.track(track_id).inserts]


def insert_of(project, track_id, insert_id):
    return next(each for each in project.track(track_id).inserts if each.id == insert_id)


def test_fader_pan_trim_and_polarity_are_set(small_song):
    project = set_gain(small_song, "keys", -6).project
    project = set_pan(project, "keys", 0.5).project
    project = set_trim(project, "keys", 3).project
    project = invert_polarity(project, "keys").project

    track = project.track("keys")
    assert (track.gain_db, track.pan, track.trim_db, track.polarity_inverted) == (-6.0, 0.5, 3.0, True)
    assert set_gain(small_song, "master", -1).project.master.gain_db == -1.0
    assert set_gain(small_song, "keys", 0).project is small_song


@pytest.mark.parametrize(
    ("command", "value", "words"),
    [(set_gain, 30, "gain 30"), (set_pan, -2, "pan -2"), (set_trim, float("nan"), "trim nan")],
)
def test_values_out_of_range_are_refused(small_song, command, value, words):
    with pytest.raises(UserInputError, match=words):
        command(small_song, "keys", value)


def test_an_effect_goes_where_it_was_put(small_song):
    last, _ = add_insert(small_song, "keys", "reverb")
    first, insert_id = add_insert(small_song, "keys", "gate", 0)

    assert effects(last.project, "keys") == ["equalizer", "compressor", "reverb"]
    assert effects(first.project, "keys") == ["gate", "equalizer", "compressor"]
    assert insert_of(first.project, "keys", insert_id).parameters == {}
    assert first.label == "Add noise gate"
    with pytest.raises(UserInputError, match="no effect “harmonizer”"):
        add_insert(small_song, "keys", "harmonizer")


def test_a_removed_effect_takes_its_automation_along(small_song):
    edit = remove_insert(small_song, "keys", "eq")

    assert effects(edit.project, "keys") == ["compressor"]
    assert [curve.id for curve in edit.project.track("keys").automation] == ["fade"]
    assert edit.label == "Remove equalizer"


def test_effects_change_places(small_song):
    edit = move_insert(small_song, "keys", "eq", 1)

    assert effects(edit.project, "keys") == ["compressor", "equalizer"]
    assert move_insert(small_song, "keys", "eq", 0).project is small_song
    assert move_insert(small_song, "keys", "eq", 99).project == edit.project


def test_an_effect_moves_to_another_track_with_its_automation(small_song):
    edit = move_insert(small_song, "keys", "eq", 0, to_track="bass")

    (curve,) = edit.project.track("bass").automation
    assert effects(edit.project, "bass") == ["equalizer"]
    assert curve.target == "insert:eq:high_shelf_db"
    assert [each.target for each in edit.project.track("keys").automation] == ["gain_db"]


def test_an_effect_whose_id_is_taken_there_gets_another_one(small_song):
    bass = small_song.track("bass").with_insert(Insert("eq", "gain"))

    edit = move_insert(small_song.with_track(bass), "keys", "eq", 1, to_track="bass")

    track = edit.project.track("bass")
    assert effects(edit.project, "bass") == ["gain", "equalizer"]
    assert track.automation[0].target == f"insert:{track.inserts[1].id}:high_shelf_db"


def test_effects_are_bypassed(small_song):
    edit = bypass_insert(small_song, "keys", "eq")

    assert insert_of(edit.project, "keys", "eq").bypassed
    assert edit.label == "Bypass equalizer"
    assert bypass_insert(edit.project, "keys", "eq", bypassed=False).project == small_song


def test_only_what_differs_from_the_defaults_is_kept(small_song):
    edit = set_parameter(small_song, "keys", "comp", "ratio", 8)

    assert insert_of(edit.project, "keys", "comp").parameters == {"ratio": 8.0}
    assert set_parameter(edit.project, "keys", "comp", "ratio", 3).project == small_song


def test_a_switch_goes_to_a_whole_number(small_song):
    added, insert_id = add_insert(small_song, "bass", "filter")

    edit = set_parameter(added.project, "bass", insert_id, "mode", 1.4)

    assert insert_of(edit.project, "bass", insert_id).parameters == {"mode": 1.0}


def test_a_parameter_of_a_newer_version_outlives_an_edit(small_song):
    bass = small_song.track("bass").with_insert(Insert("g", "gain", parameters={"future": 7.0}))

    edit = set_parameter(small_song.with_track(bass), "bass", "g", "gain_db", -3)

    assert insert_of(edit.project, "bass", "g").parameters == {"future": 7.0, "gain_db": -3.0}


def test_a_preset_sets_all_knobs(small_song):
    edit = set_parameter(small_song, "keys", "comp", "ratio", 8)

    loaded = load_parameters(edit.project, "keys", "comp", {"attack_ms": 1.0, "wet": 1.0})

    assert insert_of(loaded.project, "keys", "comp").parameters == {"attack_ms": 1.0}


def test_impossible_parameters_are_refused(small_song):
    with pytest.raises(UserInputError, match="ratio must lie between 1 and 40"):
        set_parameter(small_song, "keys", "comp", "ratio", 100)
    with pytest.raises(UserInputError, match="no parameter “warmth”"):
        load_parameters(small_song, "keys", "comp", {"warmth": 1.0})
    with pytest.raises(UserInputError, match="no longer on “Keys”"):
        set_parameter(small_song, "keys", "gone", "ratio", 1)


def test_a_send_is_added_set_switched_tapped_and_removed(small_song):
    edit, send_id = add_send(small_song, "voice", "reverb")
    project = set_send_gain(edit.project, "voice", send_id, -3).project
    project = set_send_tap(project, "voice", send_id, pre_fader=True).project
    off = toggle_send(project, "voice", send_id)

    (send,) = off.project.track("voice").sends
    assert edit.project.track("voice").sends[0].gain_db == -12.0
    assert (send.target, send.gain_db, send.pre_fader, send.enabled) == ("reverb", -3.0, True, False)
    assert (edit.label, off.label) == ("Add send to Reverb", "Switch send off")
    assert toggle_send(off.project, "voice", send_id).project == project
    assert remove_send(project, "voice", send_id).project == small_song


@pytest.mark.parametrize(
    ("track_id", "target", "gain_db", "words"),
    [
        ("keys", "reverb", -12, "already"),
        ("voice", "bass", -12, "not a bus"),
        ("reverb", "reverb", -12, "itself"),
        ("master", "reverb", -12, "master has no sends"),
        ("voice", "reverb", 99, "send level 99"),
    ],
)
def test_impossible_sends_are_refused(small_song, track_id, target, gain_db, words):
    with pytest.raises(UserInputError, match=words):
        add_send(small_song, track_id, target, gain_db)

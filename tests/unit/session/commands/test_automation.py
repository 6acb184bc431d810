"""What can move with the song, and the points of its curve."""

import pytest

from musicgen_desktop.document import Insert
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.mixer import EFFECTS
from musicgen_desktop.session.commands import (
    add_automation,
    automation_targets,
    delete_points,
    enable_automation,
    parameter_label,
    remove_automation,
    set_point,
)

BAR = 3840


def points(project, curve_id="fade"):
    curve = next(each for each in project.track("keys").automation if each.id == curve_id)
    return [(point.tick, point.value, point.curve) for point in curve.points]


def test_a_strip_its_effects_and_its_sends_can_be_automated(small_song):
    targets = {each.target: each for each in automation_targets(small_song, small_song.track("keys"))}

    assert list(targets)[:3] == ["gain_db", "pan", "muted"]
    assert targets["insert:eq:high_shelf_db"].label == "Equalizer: high shelf gain"
    assert targets["insert:comp:ratio"].label == "Compressor: ratio"
    assert targets["send:wet:gain_db"].label == "Send to Reverb"
    shelf = targets["insert:eq:high_shelf_db"]
    assert (shelf.low, shelf.high, shelf.default, shelf.unit) == (-24.0, 24.0, 0.0, "dB")
    assert targets["muted"].is_switch


def test_every_target_that_is_offered_can_be_automated(small_song):
    project = small_song
    for target in automation_targets(project, project.track("keys")):
        edit, curve_id = add_automation(project, "keys", target.target)
        project = set_point(edit.project, "keys", curve_id, 0, target.high).project

    assert len(project.track("keys").automation) == len(automation_targets(project, project.track("keys")))


def test_two_effects_of_one_kind_are_told_apart(small_song):
    track = small_song.track("bass").with_insert(Insert("a", "gain")).with_insert(Insert("b", "gain"))

    labels = [each.label for each in automation_targets(small_song, track)]

    assert labels[3:] == ["Gain 1: gain", "Gain 2: gain"]


@pytest.mark.parametrize(
    ("effect", "name", "label"),
    [
        ("equalizer", "low_cut_hz", "low cut"),
        ("equalizer", "peak1_q", "peak 1 Q"),
        ("equalizer", "peak2_hz", "peak 2 frequency"),
        ("compressor", "attack_ms", "attack"),
        ("delay", "time_beats", "time in beats"),
        ("delay", "time_ms", "time in ms"),
        ("reverb", "room_size", "room size"),
    ],
)
def test_parameters_are_called_by_words(effect, name, label):
    assert parameter_label(effect, name) == label


def test_no_two_knobs_of_an_effect_have_one_label():
    for effect, spec in EFFECTS.items():
        labels = [parameter_label(effect, knob.name) for knob in spec.parameters]
        assert len(set(labels)) == len(labels)


def test_a_new_curve_moves_nothing_and_is_made_once(small_song):
    edit, curve_id = add_automation(small_song, "keys", "pan")
    again, same_id = add_automation(edit.project, "keys", "pan")

    assert points(edit.project, curve_id) == []
    assert edit.label == "Automate Pan"
    assert (again.project, same_id) == (edit.project, curve_id)
    with pytest.raises(UserInputError, match="no such knob"):
        add_automation(small_song, "bass", "insert:eq:high_shelf_db")


def test_a_point_is_added_moved_and_replaced(small_song):
    added = set_point(small_song, "keys", "fade", BAR, -6, curve="hold")
    moved = set_point(added.project, "keys", "fade", 2 * BAR, -3, replaces=BAR)
    over = set_point(moved.project, "keys", "fade", 0, -3, replaces=2 * BAR)

    assert points(added.project)[1] == (BAR, -6.0, "hold")
    assert points(moved.project)[1] == (2 * BAR, -3.0, "linear")
    assert points(over.project) == [(0, -3.0, "linear"), (4 * BAR, 0.0, "linear")]
    assert (added.label, moved.label) == ("Add point", "Move point")


def test_a_switch_is_whole_and_held(small_song):
    edit, curve_id = add_automation(small_song, "keys", "muted")

    edit = set_point(edit.project, "keys", curve_id, 0, 0.8)

    assert points(edit.project, curve_id) == [(0, 1.0, "hold")]


def test_impossible_points_are_refused(small_song):
    for tick, value, replaces, words in (
        (0, 99, None, "Gain must lie between -120 and 24 dB"),
        (0, float("nan"), None, "Gain must lie"),
        (-1, 0, None, "before the song"),
        (0, 0, 77, "no longer on the curve"),
    ):
        with pytest.raises(UserInputError, match=words):
            set_point(small_song, "keys", "fade", tick, value, replaces=replaces)


def test_points_of_a_span_are_deleted(small_song):
    edit = delete_points(small_song, "keys", "fade", 0, 4 * BAR)

    assert points(edit.project) == [(4 * BAR, 0.0, "linear")]
    assert edit.label == "Delete point"
    assert delete_points(small_song, "keys", "fade", 1, BAR).project is small_song


def test_curves_rest_and_go(small_song):
    resting = enable_automation(small_song, "keys", "fade", enabled=False)
    gone = remove_automation(small_song, "keys", "fade")

    assert not resting.project.track("keys").automation[0].enabled
    assert enable_automation(resting.project, "keys", "fade").project == small_song
    assert [curve.id for curve in gone.project.track("keys").automation] == ["bright"]
    with pytest.raises(UserInputError, match="no longer on “Keys”"):
        remove_automation(gone.project, "keys", "fade")

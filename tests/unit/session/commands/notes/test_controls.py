"""Controller lanes."""

import pytest

from musicgen_desktop.music import Control
from musicgen_desktop.session.commands.notes import (
    control_lanes,
    control_range,
    controls_in_lane,
    delete_controls,
    draw_controls,
)

WHEEL = tuple(Control(tick, "cc", 1, 10) for tick in (0, 100, 200, 300))
PEDAL = Control(100, "cc", 64, 127)


def moves(clip, kind="cc", number=1):
    return [(control.tick, control.value) for control in controls_in_lane(clip, kind, number)]


def test_a_value_takes_the_place_of_the_one_at_its_tick(a_song, clip_of):
    song = a_song(controls=(*WHEEL, PEDAL))

    edit = draw_controls(song, "c", "cc", 1, [(100, 77)])

    assert moves(clip_of(edit)) == [(0, 10), (100, 77), (200, 10), (300, 10)]
    assert moves(clip_of(edit), number=64) == [(100, 127)]


def test_values_and_ticks_outside_become_the_nearest(a_song, clip_of):
    bent = draw_controls(a_song(), "c", "pitch_bend", 0, [(-5, -9000)])
    pressed = draw_controls(bent.project, "c", "pressure", 0, [(5, 200)])

    assert moves(clip_of(pressed), "pitch_bend", 0) == [(0, -8192)]
    assert moves(clip_of(pressed), "pressure", 0) == [(5, 127)]


def test_a_stroke_replaces_what_lies_between_its_ends(a_song, clip_of):
    song = a_song(controls=(*WHEEL, PEDAL))

    edit = draw_controls(song, "c", "cc", 1, [(220, 50), (150, 40), (90, 30), (150, 45)])

    assert moves(clip_of(edit)) == [(0, 10), (90, 30), (150, 45), (220, 50), (300, 10)]
    assert [control.tick for control in clip_of(edit).controls] == [0, 90, 100, 150, 220, 300]


def test_no_stroke_is_no_edit(a_song):
    song = a_song(controls=WHEEL)

    assert draw_controls(song, "c", "cc", 1, []).project is song


def test_a_range_is_deleted_in_its_lane_only(a_song, clip_of):
    song = a_song(controls=(*WHEEL, PEDAL))

    edit = delete_controls(song, "c", "cc", 1, 100, 300)

    assert moves(clip_of(edit)) == [(0, 10), (300, 10)]
    assert PEDAL in clip_of(edit).controls


def test_the_usual_lanes_are_offered_and_then_the_others_in_use(a_song, clip_of):
    song = a_song(controls=(PEDAL, Control(0, "cc", 74, 1), Control(0, "cc", 20, 1)))

    lanes = control_lanes(clip_of(song))

    assert [(lane.name, lane.is_used) for lane in lanes] == [
        ("Modulation", False),
        ("Expression", False),
        ("Sustain pedal", True),
        ("Pitch bend", False),
        ("Pressure", False),
        ("Controller 20", True),
        ("Brightness", True),
    ]
    assert all((lane.low, lane.high) == control_range(lane.kind) for lane in lanes)


def test_a_controller_number_beyond_midi_is_a_bug(a_song):
    with pytest.raises(ValueError, match="no such controller"):
        draw_controls(a_song(), "c", "cc", 128, [(0, 0)])

"""What of a clip is seen when it is opened."""

import numpy as np
import pytest

from musicgen_desktop.music import Note
from musicgen_desktop.ui.piano_roll import PianoRollPanel
from musicgen_desktop.ui.piano_roll._framing import opened
from musicgen_desktop.ui.piano_roll._geometry import RollGeometry

from .conftest import BAR, a_project


def seen(geometry):
    """The pitches whose rows lie wholly in the grid."""
    tops = ((pitch, geometry.y_of_pitch(pitch)) for pitch in range(128))
    return {pitch for pitch, y in tops if y is not None and 0 <= y <= geometry.height - geometry.row_px}


@pytest.mark.parametrize(
    ("height", "low", "high"), [(160, 48, 60), (160, 40, 62), (160, 84, 107), (300, 30, 75)]
)
def test_all_pitches_are_seen_where_the_height_allows(height, low, high):
    pitches = np.array([low, high, (low + high) // 2])

    shown = opened(RollGeometry(width=900, height=height), 0, 4 * BAR, pitches)

    assert {low, high} <= seen(shown)


def test_where_it_does_not_the_densest_part_is_seen():
    pitches = np.array([24, *([60, 62, 64] * 20), *([100] * 30), 108])

    shown = opened(RollGeometry(width=900, height=160), 0, 4 * BAR, pitches)

    assert {60, 62, 64} <= seen(shown)
    assert 100 not in seen(shown)


def test_a_long_clip_is_opened_at_its_start():
    shown = opened(RollGeometry(width=400, height=160), 10 * BAR, 200 * BAR, np.array([60]))

    assert 0 <= shown.x_of(10 * BAR) < 40


def test_what_a_clip_cuts_off_does_not_count(qtbot, bridges_of):
    notes = (Note(0, 480, 60, 90), Note(960, 480, 64, 90), Note(8 * BAR, 480, 110, 90))
    panel = panel_of(qtbot, bridges_of(a_project(notes)), 300)

    assert {60, 64} <= seen(panel.model.geometry)
    assert panel.model.geometry.row_px == 16


def test_in_a_low_dock_the_notes_come_first(qtbot, bridges_of):
    panel = panel_of(qtbot, bridges_of(a_project()), 900)
    panel._splitter.setSizes([400, 400])

    panel.resize(900, 300)

    assert panel.lane.height() <= 0.3 * 300
    assert panel.notes.height() > panel.lane.height()


def panel_of(qtbot, bridges, height):
    bridges.selection.edit_clip("clip")
    panel = PianoRollPanel(bridges)
    qtbot.addWidget(panel)
    panel.resize(900, height)
    panel.show()
    return panel

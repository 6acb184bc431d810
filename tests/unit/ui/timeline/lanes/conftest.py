"""Lanes over eight bars at 0.05 pixels a tick: a bar is 192 pixels wide."""

import msgspec
import pytest

from musicgen_desktop.document import ChordChange, LoopRange, Marker, Section
from musicgen_desktop.timing import TempoMap, TempoPoint
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.timeline.lanes import LanesView

BAR = 3840


@pytest.fixture
def song_project(song_project):
    """The composed song with known things along it."""
    return msgspec.structs.replace(
        song_project,
        sections=(Section("verse", "Verse", 0, 2 * BAR), Section("chorus", "Chorus", 2 * BAR, 2 * BAR)),
        chords=(ChordChange(0, BAR, "Fm7"), ChordChange(BAR, BAR, "Dbmaj7")),
        markers=(Marker("vocals", "Vocals in", BAR),),
        tempo_map=TempoMap((TempoPoint(0, 82.0), TempoPoint(2 * BAR, 100.0))),
        loop=LoopRange(2 * BAR, 4 * BAR, enabled=False),
    )


@pytest.fixture
def state(bridges):
    made = TimelineState(bridges.project)
    made.set_view_size(1000, 400)
    made.geometry = msgspec.structs.replace(made.geometry, px_per_tick=0.05, scroll_x=0.0)
    return made


@pytest.fixture
def lanes(qtbot, bridges, state):
    for lane in ("key", "meter", "tempo"):
        state.show_song_lane(lane)
    made = LanesView(bridges, state)
    qtbot.addWidget(made)
    made.resize(1000, made.height())
    made.show()
    return made


def px(bars):
    return round(bars * BAR * 0.05)


def middle(view, hit):
    return view.rect_of(hit).center().toPoint()


def lane_y(view, name, share=0.5):
    lane = view.geometry_now.lane(name)
    return round(lane.top + lane.height * share)

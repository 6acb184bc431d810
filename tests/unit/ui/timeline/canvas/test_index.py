import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.ui.timeline.canvas._clip_index import ClipIndex
from musicgen_desktop.ui.timeline.canvas._clip_shape import ClipShape
from musicgen_desktop.ui.timeline.canvas._walk import clip_beside

SPANS = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 3000)), max_size=30)


def a_track(spans):
    clips = (
        NotesClip(f"c{number}", "Clip", start, length) for number, (start, length) in enumerate(sorted(spans))
    )
    return Track("t", "Track", "notes", clips=tuple(clips))


@given(SPANS, st.integers(0, 6000), st.integers(1, 3000))
def test_no_clip_that_touches_a_span_is_left_out(spans, start, length):
    index = ClipIndex().of(a_track(spans))

    found = index.clips[index.between(start, start + length)]

    touching = [c for c in index.clips if c.start_ticks < start + length and c.end_ticks > start]
    assert {c.id for c in touching} <= {c.id for c in found}


@given(SPANS, st.integers(0, 8000))
def test_the_clips_at_a_tick_come_topmost_first(spans, tick):
    track = a_track(spans)

    found = ClipIndex().of(track).at(tick)

    assert list(found) == [c for c in reversed(track.clips) if c.start_ticks <= tick < c.end_ticks]


@given(SPANS)
def test_the_length_is_the_songs(spans):
    project = Project.new("Song").with_track(a_track(spans))

    assert ClipIndex().length_of(project) == project.length_ticks


def test_an_index_is_kept_until_the_clips_change():
    kept, track = ClipIndex(), a_track([(0, 10), (20, 10)])
    first = kept.of(track)

    assert kept.of(track.renamed("Other")) is first
    changed = kept.of(track.without_clip("c0"))
    assert np.array_equal(changed.starts, [20])


WIDTHS, PLACES = st.floats(5.0, 900.0), st.floats(0.0, 1.0)


@given(WIDTHS, st.floats(19.0, 300.0), st.sampled_from([0.0, 16.0]), PLACES, PLACES, st.floats(0.0, 900.0))
def test_every_place_of_a_clip_can_be_taken_and_its_ends_stay_reachable(width, height, band, x, y, fade):
    shape = ClipShape(100.0, 100.0 + width, 50.0, height, band, fade, fade, 0.0)

    zone = shape.zone_at(QPointF(100.0 + x * width, 50.0 + y * height))

    assert zone in ("body", "start", "end", "loop", "fade_in", "fade_out", "gain", "grip")
    assert shape.zone_at(QPointF(100.5, 50.0 + height - 1.0)) == "start"
    assert shape.zone_at(QPointF(100.0 + width - 0.4, 50.0 + height - 1.0)) == "end"


def test_notes_have_neither_fades_nor_gain():
    shape = ClipShape(0.0, 300.0, 0.0, 60.0, 16.0)

    zones = {shape.zone_at(QPointF(x, y)) for x in range(300) for y in range(60)}

    assert zones == {"body", "start", "end", "loop", "grip"}


def test_walking_ends_at_the_ends_of_the_song():
    project = Project.new("Song").with_track(a_track([(0, 10), (20, 10)]))

    assert clip_beside(project, "c1", "next") is None
    assert clip_beside(project, "c0", "previous") is None
    assert clip_beside(project, "c0", "up") is None
    assert clip_beside(project, "", "next", tick=25).id == "c1"
    assert clip_beside(Project.new("Empty"), "", "next") is None

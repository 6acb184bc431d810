"""Audio plays at its file's own speed, whatever the tempo: it keeps its place in bars and its seconds."""

import msgspec
import pytest

from musicgen_desktop.document import AudioClip, check_project
from musicgen_desktop.session.commands import delete_tempo, move_tempo, ramp_tempo, set_tempo
from musicgen_desktop.session.store import ProjectStore

BAR = 3840
FRAMES = 8 * 48_000
HALF_TICK_S = 60.0 / 960 / 60 / 2  # at 60 BPM, the slowest here


@pytest.fixture
def song(small_song):
    """The small song, and from bar 2 of the guitar the whole file, which takes four bars at 120 BPM."""
    return small_song.with_clip("guitar", AudioClip("g1", "Loop", BAR, 4 * BAR, "file"))


def clip_of(project, clip_id):
    return project.track_of_clip(clip_id).clip(clip_id)


def lasts_s(project, clip_id):
    clip = clip_of(project, clip_id)
    return project.tempo_map.seconds_between(clip.start_ticks, clip.end_ticks)


@pytest.mark.parametrize("bpm", [60, 82, 90.5, 121, 240])
def test_another_tempo_leaves_audio_its_place_and_its_seconds(song, bpm):
    after = set_tempo(song, 0, bpm).project

    assert lasts_s(after, "v1") == pytest.approx(2.0, abs=HALF_TICK_S)
    assert clip_of(after, "v1").start_ticks == clip_of(after, "g1").start_ticks == BAR
    assert clip_of(after, "v1").source_offset_frames == 96_000
    assert after.track("keys") is song.track("keys")
    assert after.track("bass") is song.track("bass")
    check_project(after)


@pytest.mark.parametrize("bpm", [60, 82, 90.5, 121, 240])
def test_a_file_that_was_heard_to_its_end_still_is(song, bpm):
    after = set_tempo(song, 0, bpm).project

    heard = round(lasts_s(after, "g1") * 48_000)
    tick = after.tempo_map.seconds_between(0, 1) * 48_000
    assert FRAMES <= heard < FRAMES + tick + 1


def test_a_tempo_turned_up_and_down_again_takes_nothing_off_a_file(song):
    project = song
    for bpm in [*range(121, 171), *range(169, 119, -1)]:
        project = set_tempo(project, 0, bpm).project

    assert clip_of(project, "g1") == clip_of(song, "g1")


def test_a_change_of_tempo_inside_a_clip_counts_from_where_it_is(song):
    set_there = set_tempo(song, 3 * BAR, 60).project
    moved = move_tempo(set_there, 3 * BAR, 2 * BAR).project
    ramped = ramp_tempo(moved, 0).project
    gone = delete_tempo(ramped, 2 * BAR).project

    assert clip_of(set_there, "g1").length_ticks == 3 * BAR
    assert clip_of(moved, "g1").length_ticks == BAR + 3 * BAR // 2
    for project in (set_there, moved, ramped, gone):
        assert lasts_s(project, "g1") == pytest.approx(8.0, abs=2 * HALF_TICK_S)
        assert lasts_s(project, "v1") == pytest.approx(2.0, abs=2 * HALF_TICK_S)
    assert clip_of(gone, "g1") == clip_of(song, "g1")


def test_a_tempo_dragged_onto_another_takes_its_place(song):
    both = set_tempo(set_tempo(song, BAR, 90).project, 2 * BAR, 60).project

    assert [point.bpm for point in move_tempo(both, BAR, 2 * BAR).project.tempo_map.points] == [120.0, 90.0]


def test_silence_behind_the_end_of_a_file_is_kept_too(song):
    longer = msgspec.structs.replace(clip_of(song, "g1"), length_ticks=5 * BAR)
    project = song.with_clip("guitar", longer)

    assert clip_of(set_tempo(project, 0, 60).project, "g1").length_ticks == 5 * BAR // 2


def test_undo_gives_back_the_very_song(song):
    store = ProjectStore(song)
    edit = set_tempo(song, 0, 170)

    store.apply(edit.label, edit.project)
    store.undo()

    assert store.project is song

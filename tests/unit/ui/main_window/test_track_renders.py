"""Freeze and bounce: rendered beside the window, applied as one edit."""

import pytest

from musicgen_desktop.session.commands import delete_tracks
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.main_window._track_renders import TrackRenders
from tests.fakes.instant_queue import InstantQueue


@pytest.fixture
def saved(bridges, tmp_path):
    bridges.project.save_as(tmp_path / "Song.mgproj")
    return bridges


@pytest.fixture
def queue():
    return []


@pytest.fixture
def renders(saved, queue):
    jobs = JobsBridge(queue=lambda listener: queue.append(InstantQueue(listener)) or queue[0])
    return TrackRenders(saved, jobs)


def test_a_track_is_frozen_thawed_and_both_are_undone(saved, renders):
    track = saved.project.project.tracks[1]
    before = saved.project.project

    renders.freeze(track.id)
    assert saved.project.project.track(track.id).frozen is not None
    renders.freeze(track.id)
    assert saved.project.project.track(track.id).frozen is None

    assert saved.project.store.history[-2:] == (f"Freeze “{track.name}”", f"Thaw “{track.name}”")
    saved.project.undo()
    saved.project.undo()
    assert saved.project.project is before


def test_a_bounced_track_lies_below_its_muted_original(saved, renders):
    track = saved.project.project.tracks[1]

    renders.bounce(track.id)

    original, bounced = saved.project.project.tracks[1:3]
    assert (original.id, original.muted) == (track.id, True)
    assert bounced.kind == "audio"
    assert bounced.clips


def test_a_track_that_is_deleted_meanwhile_stays_away(saved, renders, queue):
    track = saved.project.project.tracks[1]
    queue[0].held = True
    renders.freeze(track.id)
    saved.project.ask(delete_tracks, [track.id])

    queue[0].release()

    assert all(each.id != track.id for each in saved.project.project.tracks)


def test_without_a_chosen_track_it_says_so(qtbot, saved, renders):  # noqa: ARG001 - adds the action
    with qtbot.waitSignal(saved.status.said) as said:
        saved.actions["track.freeze"].trigger()

    assert said.args == ["Choose a track first.", "warn"]

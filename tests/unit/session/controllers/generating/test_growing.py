"""Takes of sound while they are made."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.generating import (
    OUTLINE_RATE,
    Continue,
    Layer,
    SoundWish,
    Wish,
    audition_project,
    sound_job,
)
from tests.fakes.sound_maker import SoundMakerFake

WISH = Wish(prompt="slow piano", engine="musicgen", model="tiny", bars=2, tempo=120.0, seed=5, variations=2)


def grown(folder, wish=WISH, project=None, **fake):
    """(takes as they grew, candidates)."""
    told = []
    job = sound_job(
        wish, project or Project.new("Untitled"), folder, told.append, client=SoundMakerFake(**fake)
    )
    return told, job.run()


def test_a_take_grows_under_the_id_that_the_whole_one_has(tmp_path):
    told, candidates = grown(tmp_path)

    of_first = [each for each in told if each.number == 1]
    lengths = [each.seconds for each in of_first]
    assert {each.candidate.id for each in of_first} == {candidates[0].id}
    assert {each.count for each in told} == {2}
    assert lengths == sorted(lengths)
    assert lengths[0] < 1.0
    assert lengths[-1] == pytest.approx(4.0, abs=0.01)
    assert [each.candidate.take.seed for each in told[:2]] == [5, 6]


def test_the_outline_is_as_long_as_the_sound_and_as_loud(tmp_path):
    told, _ = grown(tmp_path)

    for each in told:
        assert len(each.outline) == pytest.approx(each.seconds * OUTLINE_RATE, abs=len(told))
        assert np.abs(each.outline).max() == pytest.approx(0.3, abs=0.02)
    assert told[-1].outline[:, 0].min() < 0.0 < told[-1].outline[:, 1].max()


def test_what_there_is_can_be_heard_like_any_take(tmp_path):
    told, _ = grown(tmp_path)

    heard = audition_project(Project.new("Untitled"), told[0].candidate, with_project=True)

    assert heard.tracks[0].clips
    assert heard.tempo_map.bpm_at(0) == 120.0


def test_the_place_of_a_take_is_told_before_it_is_whole(tmp_path):
    project = Project.new("Untitled")
    told, _ = grown(tmp_path, project=project)

    start, made, whole = told[0].place_in(project)

    assert start == 0
    assert 0.0 < made < whole
    assert whole == pytest.approx(project.meter_map.tick_of_bar(3))


def test_what_goes_on_from_a_song_grows_at_its_end(tmp_path, song):
    wish = Wish(engine="musicgen", model="tiny", bars=1, mode=Continue())
    last = song.meter_map.bar_of(song.length_ticks - 1)

    told, (candidate,) = grown(tmp_path, wish, song)

    start, _, whole = told[0].place_in(song)
    assert start == candidate.start_ticks == song.meter_map.tick_of_bar(last + 1)
    assert whole == pytest.approx(song.meter_map.tick_of_bar(last + 2))


@pytest.mark.parametrize("mode", ["layer", "along", "seconds", "usual"])
def test_a_take_grows_where_the_whole_one_will_lie(tmp_path, song, mode):
    bass = next(track for track in song.tracks if track.role == "bass")
    wish = {
        "layer": Wish(mode=Layer("bass", 2, 2)),
        "along": Wish(sound=SoundWish(melody_track=bass.id)),
        "seconds": Wish(seconds=3.0),
        "usual": Wish(),
    }[mode]
    wish = msgspec.structs.replace(wish, engine="musicgen", model="tiny")

    told, (candidate,) = grown(tmp_path, wish, song, follows_melody=True)

    first, last = told[0], told[-1]
    assert first.candidate.start_ticks == candidate.start_ticks == last.candidate.start_ticks
    assert first.wished_seconds == pytest.approx(last.seconds, abs=0.01)


def test_sound_without_a_folder_and_a_wrong_wish_are_refused_before_anything_runs(tmp_path):
    project, client = Project.new("Untitled"), SoundMakerFake()

    with pytest.raises(UserInputError, match="no folder"):
        sound_job(WISH, project, None, client=client)
    with pytest.raises(UserInputError, match="project is empty"):
        sound_job(Wish(engine="musicgen", mode=Continue()), project, tmp_path, client=client)
    with pytest.raises(UserInputError, match="9 takes"):
        sound_job(Wish(engine="musicgen", variations=9), project, tmp_path, client=client)
    assert client.requests == []


def test_the_stage_leaves_the_time_to_the_queue(tmp_path):
    stages = []
    job = sound_job(WISH, Project.new("Untitled"), tmp_path, client=SoundMakerFake())

    job.run(lambda _done, stage: stages.append(stage))

    assert "Making sound" in stages
    assert not any("left" in stage for stage in stages)

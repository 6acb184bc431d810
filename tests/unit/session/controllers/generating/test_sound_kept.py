"""Takes that are sound on the shelf, in the ear and in the project."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Project, check_project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import read_audio
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers.generating import (
    Continue,
    GenerateSound,
    TakesShelf,
    Wish,
    audition_project,
    keep,
)
from tests.fakes.sound_maker import SoundMakerFake

WISH = Wish(prompt="slow piano", engine="musicgen", model="tiny", bars=1, tempo=97.0)


@pytest.fixture
def take(tmp_path):
    return GenerateSound(SoundMakerFake(channels=2), WISH, tmp_path).run()[0]


def files(folder):
    return sorted(path.name for path in (folder / "takes").iterdir())


def test_a_kept_take_plays_from_the_projects_own_audio(tmp_path, take):
    kept = keep(Project.new("Untitled"), take, folder=tmp_path).project
    check_project(kept)
    (source,) = kept.sources
    assert source.path == "audio/slow piano.wav"
    assert kept.tempo_map == take.project.tempo_map
    assert kept.takes == (take.take,)
    heard = render_mix(compile_plan(kept, media_folder=tmp_path, soundfont=None))
    file, _ = read_audio(tmp_path / source.path)
    np.testing.assert_allclose(heard[: len(file), 0], file[:, 0], atol=1e-4)


def test_the_sound_of_a_kept_take_survives_its_deletion_from_the_shelf(tmp_path, take):
    shelf = TakesShelf(tmp_path)
    shelf.add(take)
    kept = keep(Project.new("Untitled"), take, folder=tmp_path).project
    shelf.delete(take.id)
    shelf.close()
    assert files(tmp_path) == []
    assert (tmp_path / kept.sources[0].path).is_file()


def test_a_take_kept_in_another_tempo_lasts_as_long_as_its_sound(tmp_path, take, song):
    kept = keep(song, take, at_tick=song.length_ticks, folder=tmp_path).project
    track = next(track for track in kept.tracks if track.kind == "audio")
    (clip,) = track.clips
    (source,) = kept.sources
    lasts = kept.tempo_map.seconds_between(clip.start_ticks, clip.end_ticks)
    assert lasts == pytest.approx(source.frames / source.rate, abs=0.001)
    assert kept.tempo_map == song.tempo_map


def test_a_take_kept_twice_needs_one_source_and_two_tracks(tmp_path, take):
    once = keep(Project.new("Untitled"), take, folder=tmp_path).project
    twice = keep(once, take, at_tick=once.length_ticks, folder=tmp_path).project
    check_project(twice)
    assert len(twice.sources) == 1
    assert len([track for track in twice.tracks if track.kind == "audio"]) == 2


@pytest.mark.parametrize("with_project", [False, True])
def test_a_take_is_heard_where_its_file_lies_before_it_is_kept(tmp_path, take, song, with_project):
    heard = audition_project(song, take, with_project=with_project)
    check_project(heard)
    mix = render_mix(compile_plan(heard, media_folder=tmp_path, soundfont=None))
    assert np.abs(mix).max() > 0.1
    assert not (tmp_path / "audio").exists()
    assert len(heard.tracks) == (len(song.tracks) + 1 if with_project else 1)


def test_what_follows_is_heard_and_kept_behind_the_song(tmp_path, song):
    wish = msgspec.structs.replace(WISH, mode=Continue(), tempo=None)
    (following,) = GenerateSound(SoundMakerFake(), wish, tmp_path, project=song).run()
    check_project(audition_project(song, following, with_project=True))
    kept = keep(song, following, folder=tmp_path).project
    clip = next(track for track in kept.tracks if track.kind == "audio").clips[0]
    assert clip.start_ticks == song.length_ticks
    assert clip.end_ticks == song.meter_map.tick_of_bar(4)


def test_a_take_is_on_the_shelf_after_a_crash(tmp_path, take):
    TakesShelf(tmp_path).add(take)
    again = TakesShelf(tmp_path)
    assert again.candidates == (take,)
    assert again.notes == ()


def test_a_take_that_was_deleted_before_a_crash_leaves_no_sound(tmp_path, take):
    shelf = TakesShelf(tmp_path)
    shelf.add(take)
    shelf.delete(take.id)
    assert TakesShelf(tmp_path).candidates == ()
    assert files(tmp_path) == []


def test_a_deleted_take_comes_back_with_its_sound(tmp_path, take):
    shelf = TakesShelf(tmp_path)
    shelf.add(take)
    shelf.delete(take.id)
    shelf.restore(take.id)
    shelf.close()
    assert files(tmp_path) == [f"{take.id}.json", f"{take.id}.tokens", f"{take.id}.wav"]


def test_takes_move_to_another_folder_with_their_sound(tmp_path, take):
    other = tmp_path / "other"
    other.mkdir()
    shelf = TakesShelf(tmp_path)
    shelf.add(take)
    shelf.move_to(other)
    assert files(other) == [f"{take.id}.json", f"{take.id}.tokens", f"{take.id}.wav"]
    assert TakesShelf(other).candidates == (take,)


@pytest.mark.parametrize("damage", [b"", b"no sound at all"])
def test_a_take_whose_sound_was_changed_is_refused_in_words(tmp_path, take, damage):
    TakesShelf(tmp_path).add(take)
    (tmp_path / "takes" / f"{take.id}.wav").write_bytes(damage)
    shelf = TakesShelf(tmp_path)
    assert shelf.candidates == ()
    assert len(shelf.notes) == 1
    with pytest.raises(UserInputError):
        keep(Project.new("Untitled"), take, folder=tmp_path)


def test_a_take_that_lost_its_sound_is_not_kept(tmp_path, take):
    (tmp_path / "takes" / f"{take.id}.wav").unlink()
    with pytest.raises(UserInputError, match="missing"):
        keep(Project.new("Untitled"), take, folder=tmp_path)


def test_a_take_is_not_kept_where_its_sound_has_no_home(take):
    with pytest.raises(UserInputError, match="save it first"):
        keep(Project.new("Untitled"), take)


def test_a_shelf_touches_no_file_outside_its_folder(tmp_path, take):
    outside = tmp_path / "audio" / "mine.wav"
    outside.parent.mkdir()
    outside.write_bytes(b"mine")
    source = take.project.sources[0].placed_at("audio/mine.wav")
    project = msgspec.structs.replace(take.project, sources=(source,))
    shelf = TakesShelf(tmp_path)
    shelf.add(msgspec.structs.replace(take, project=project))
    shelf.delete(take.id)
    shelf.close()
    assert outside.read_bytes() == b"mine"

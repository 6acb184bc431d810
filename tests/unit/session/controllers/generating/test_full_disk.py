"""A disk that fills up while sound is made: what it holds is kept, says why, and goes on later."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import CannotWriteError, read_audio
from musicgen_desktop.session.controllers.generating import (
    ComposeSound,
    GenerateSound,
    RemakeRange,
    ResumeSound,
    TakesShelf,
    Wish,
    can_resume,
    keep,
    resumed,
)
from tests.fakes.small_disk import SmallDisk
from tests.fakes.sound_maker import SoundMakerFake

WISH = Wish(prompt="slow piano", engine="musicgen", model="tiny", seconds=8.0)
SECOND = 4 * 48_000  # bytes of one, mono


def made(folder, wish=WISH, client=None, project=None):
    return GenerateSound(client or SoundMakerFake(), wish, folder, project).run()


def audio(take, folder):
    return read_audio(folder / take.project.sources[0].path)[0]


@pytest.mark.parametrize("seconds", [3.0, 7.9, 12.0])  # while it comes, in its last part, and at its end
def test_what_the_disk_holds_is_kept_says_why_and_goes_on(tmp_path, monkeypatch, seconds):
    whole = audio(made(tmp_path / "whole")[0], tmp_path / "whole")
    disk = SmallDisk(monkeypatch, tmp_path, round(seconds * SECOND))
    folder = tmp_path / "full"

    (short,) = made(folder)

    heard = audio(short, folder)
    assert 0.5 * min(seconds, 8.0) * 48_000 < len(heard) < len(whole)
    np.testing.assert_array_equal(heard, whole[: len(heard)])
    assert short.take.measured["stopped"] is True
    assert short.take.measured["ended_because"] == (
        "The disk is full, so the take ended early; free some space, then go on with it."
    )
    assert can_resume(short, folder)
    assert sorted(path.suffix for path in (folder / "takes").iterdir()) == [".tokens", ".wav"]
    disk.capacity += 30 * SECOND
    (longer,) = made(folder, resumed(short))
    np.testing.assert_array_equal(audio(longer, folder), whole)


def test_variations_are_all_kept(tmp_path, monkeypatch):
    SmallDisk(monkeypatch, tmp_path, 9 * SECOND)
    takes = made(tmp_path, msgspec.structs.replace(WISH, variations=2))
    assert [take.take.seed for take in takes] == [0, 1]
    assert all(len(audio(take, tmp_path)) > 2 * 48_000 for take in takes)
    assert all("disk is full" in take.take.measured["ended_because"] for take in takes)


def test_a_disk_that_takes_nothing_is_a_failure_and_leaves_nothing(tmp_path, monkeypatch):
    SmallDisk(monkeypatch, tmp_path, 1_000)
    with pytest.raises(CannotWriteError, match="is full"):
        made(tmp_path)
    assert not list((tmp_path / "takes").iterdir())


def test_a_shorter_take_is_not_lost_to_one_that_fell_short_of_it(tmp_path, monkeypatch):
    (short,) = made(tmp_path, client=SoundMakerFake(stop_after=6))
    SmallDisk(monkeypatch, tmp_path, SECOND)
    with pytest.raises(CannotWriteError, match="is full"):
        made(tmp_path, resumed(short))
    assert len(audio(short, tmp_path)) == pytest.approx(4.2 * 48_000, abs=2)


def test_a_remade_region_is_kept_where_there_is_no_room_for_two_of_it(tmp_path, monkeypatch):
    wish = msgspec.structs.replace(WISH, seconds=None, bars=4, tempo=120.0)
    (take,) = made(tmp_path, wish)
    song = keep(Project.new("Song"), take, folder=tmp_path).project
    remake = msgspec.structs.replace(wish, mode=RemakeRange((), 2, 3, song.tracks[-1].id), bars=None)
    SmallDisk(monkeypatch, tmp_path, round(3.0 * SECOND))

    (piece,) = made(tmp_path, remake, project=song)

    assert "disk is full" in piece.take.measured["ended_because"]
    assert can_resume(piece, tmp_path)
    assert len(audio(piece, tmp_path)) > 2 * 48_000


def test_a_song_whose_mix_does_not_fit_says_where_its_take_waits(tmp_path, monkeypatch):
    disk = SmallDisk(monkeypatch, tmp_path, 3 * SECOND)
    with pytest.raises(UserInputError, match=r"“mix.wav” cannot be written: .* --resume goes on with it\."):
        ComposeSound(SoundMakerFake(), WISH, tmp_path / "song").run()
    (place,) = (tmp_path / "song").glob("*.mgproj")
    (waiting,) = TakesShelf(place).candidates
    assert can_resume(waiting, place)
    disk.capacity += 100 * SECOND

    longer = ResumeSound(SoundMakerFake(), place).run()

    assert not longer.stopped
    assert longer.length_s == 8.0

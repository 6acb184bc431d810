"""A song as sound files: WAV and FLAC, rates, tails, clips, and the guard of their peaks."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Insert
from musicgen_desktop.dsp import true_peak_dbtp
from musicgen_desktop.foundation import StopFlag, UserInputError, no_report
from musicgen_desktop.media import read_audio, read_comments, read_info, read_tags
from musicgen_desktop.session.controllers._song_sound import SongSound, SoundWish

BAR_FRAMES = 48_000


def write(song, folder, out, *, mix=False, bits=32, wish=None, **chosen):
    job = SongSound(song, folder, None, bits, wish or SoundWish(), **chosen)
    return job.write(
        stems=out, mix=out / f"mix.{job.wish.extension}" if mix else None, report=no_report, stop=StopFlag()
    )


def sounds_in(folder, names):
    return [read_audio(folder / name)[0] for name in names]


@pytest.mark.parametrize("rate", [44_100, 96_000])
@pytest.mark.parametrize("flac", [False, True])
def test_stems_of_any_rate_add_up_to_the_mix(song, folder, tmp_path, rate, flac):
    bare = msgspec.structs.replace(song, master=msgspec.structs.replace(song.master, inserts=()))

    names, _ = write(bare, folder, tmp_path, mix=True, bits=24, wish=SoundWish(flac=flac, rate=rate))

    kind = "flac" if flac else "wav"
    mix, found = read_audio(tmp_path / f"mix.{kind}")
    assert found == rate
    assert np.abs(sum(sounds_in(tmp_path, names)) - mix).max() < 10 ** (-100 / 20)


def test_flac_stems_hold_and_tell_what_wav_stems_do(song, folder, tmp_path):
    wav, _ = write(song, folder, tmp_path / "a", bits=24)
    flac, _ = write(song, folder, tmp_path / "b", bits=24, wish=SoundWish(flac=True))

    assert [name.removesuffix("wav") for name in wav] == [name.removesuffix("flac") for name in flac]
    np.testing.assert_array_equal(sounds_in(tmp_path / "a", wav), sounds_in(tmp_path / "b", flac))
    told = read_comments(tmp_path / "b" / flac[0])
    assert (told["TITLE"], told["BPM"], told["INITIALKEY"]) == ("Bass", "240", "Fm")
    assert told["ORIGINATOR_REFERENCE"] == read_tags(tmp_path / "a" / wav[0]).bext.originator_reference


def test_float_flac_is_refused(song, folder, tmp_path):
    with pytest.raises(UserInputError, match="16 or 24 bits"):
        write(song, folder, tmp_path / "out", wish=SoundWish(flac=True))

    assert not (tmp_path / "out").exists()


def test_an_odd_rate_is_refused(song, folder, tmp_path):
    with pytest.raises(UserInputError, match="sample rate"):
        write(song, folder, tmp_path, wish=SoundWish(rate=22_050))


def test_bars_with_a_tail_begin_as_those_without_and_then_only_ring(song, folder, tmp_path):
    bars = {"first_bar": 1, "last_bar": 1, "only": ("bass",)}
    (name,), _ = write(song, folder, tmp_path / "cut", **bars)

    write(song, folder, tmp_path / "rung", wish=SoundWish(tail=True), **bars)

    (cut,), (rung,) = sounds_in(tmp_path / "cut", [name]), sounds_in(tmp_path / "rung", [name])
    assert len(cut) == BAR_FRAMES
    assert len(rung) > 2 * len(cut)
    np.testing.assert_allclose(rung[: len(cut)], cut, atol=1e-5)
    assert np.abs(rung[2 * BAR_FRAMES :]).max() < 0.1 * np.abs(rung[:BAR_FRAMES]).max()  # no second clip
    loop = read_tags(tmp_path / "rung" / name).loops[0]
    assert (loop.start_frame, loop.end_frame) == (0, BAR_FRAMES)


def test_a_track_that_plays_later_keeps_its_number_and_is_silent(song, folder, tmp_path):
    names, _ = write(song, folder, tmp_path, wish=SoundWish(tail=True), last_bar=1)

    assert names[2] == "03_vox_240bpm_Fm.wav"
    assert not np.any(read_audio(tmp_path / names[2])[0])


def test_a_song_that_rings_out_can_be_cut(song, folder, tmp_path):
    (name, *_), _ = write(song, folder, tmp_path, wish=SoundWish(tail=False))

    assert read_info(tmp_path / name).frames == 2 * BAR_FRAMES


def test_every_clip_has_a_file_of_its_own_at_its_place(song, folder, tmp_path):
    names, _ = write(song, folder, tmp_path, wish=SoundWish(per_clip=True))

    assert names == (
        "01_bass-low-bar-1_240bpm_Fm.wav",
        "01_bass-bar-2_240bpm_Fm.wav",
        "02_drums-beat-bar-1_240bpm_Fm.wav",
        "03_vox-bar-2_240bpm_Fm.wav",
    )
    tags = [read_tags(tmp_path / name) for name in names]
    assert [each.bext.time_reference_frames for each in tags] == [0, BAR_FRAMES, 0, BAR_FRAMES]
    assert [(each.acid.beats, each.loops[0].end_frame) for each in tags] == [
        (4, BAR_FRAMES),
        (4, BAR_FRAMES),
        (8, 2 * BAR_FRAMES),
        (4, BAR_FRAMES),
    ]
    (stem, *_), _ = write(song, folder, tmp_path / "stems", only=("bass",))
    whole = read_audio(tmp_path / "stems" / stem)[0]
    np.testing.assert_allclose(read_audio(tmp_path / names[0])[0], whole[:BAR_FRAMES], atol=1e-5)


def test_clips_are_cut_at_the_bars_that_were_chosen(song, folder, tmp_path):
    wish = SoundWish(per_clip=True)

    names, _ = write(song, folder, tmp_path, wish=wish, first_bar=2, last_bar=2, only=("drums",))

    assert names == ("02_drums-beat-bar-2_240bpm_Fm.wav",)
    assert read_info(tmp_path / names[0]).frames == BAR_FRAMES


def test_clips_of_one_name_in_one_bar_have_two_files(song, folder, tmp_path):
    bass = song.track("bass")
    halves = tuple(
        msgspec.structs.replace(bass.clips[0], id=each, name="", length_ticks=1_920, start_ticks=start)
        for each, start in (("a", 0), ("b", 1_920))
    )
    song = song.with_track(msgspec.structs.replace(bass, clips=halves))

    names, _ = write(song, folder, tmp_path, wish=SoundWish(per_clip=True), only=("bass",))

    assert names == ("01_bass-bar-1_240bpm_Fm.wav", "01_bass-bar-1_240bpm_Fm_2.wav")


def test_bars_without_clips_are_told(song, folder, tmp_path):
    with pytest.raises(UserInputError, match="No clip"):
        write(song, folder, tmp_path, wish=SoundWish(per_clip=True), first_bar=1, last_bar=1, only=("vox",))


@pytest.fixture
def loud(song):
    """The drums 24 dB louder, past the master's limiter."""
    song = msgspec.structs.replace(song, master=msgspec.structs.replace(song.master, inserts=()))
    return song.with_track(msgspec.structs.replace(song.track("drums"), trim_db=24.0))


def test_the_guard_turns_all_files_down_by_one_gain(loud, folder, tmp_path):
    names, _ = write(loud, folder, tmp_path / "a", mix=True)

    _, remarks = write(loud, folder, tmp_path / "b", mix=True, bits=24, wish=SoundWish(guard=True))

    before = sounds_in(tmp_path / "a", (*names, "mix.wav"))
    after = sounds_in(tmp_path / "b", (*names, "mix.wav"))
    peak = max(true_peak_dbtp(each, 48_000) for each in before)
    assert -1.02 < max(true_peak_dbtp(each, 48_000) for each in after) < -0.98
    assert remarks == (
        f"All files are {peak + 1.0:.1f} dB lower than the song, so that none exceeds −1 dBTP.",
    )
    gain = 10 ** ((-1.0 - peak) / 20)
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(other, one * gain, atol=2e-7)
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == sorted((*names, "mix.wav"))


def test_the_guard_leaves_quiet_files_as_they_are(song, folder, tmp_path):
    names, _ = write(song, folder, tmp_path / "a", bits=24)

    _, remarks = write(song, folder, tmp_path / "b", bits=24, wish=SoundWish(guard=True))

    assert remarks == ()
    for name in names:
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / "a" / name).read_bytes()


def test_what_is_cut_off_at_full_scale_is_told_with_its_name(loud, folder, tmp_path):
    _, whole = write(loud, folder, tmp_path, bits=32)
    _, cut = write(loud, folder, tmp_path, bits=24)

    assert whole == ()
    assert len(cut) == 1
    assert "02_drums_240bpm_Fm.wav (+" in cut[0]
    assert "bass" not in cut[0]


def test_stems_that_do_not_add_up_are_told(song, folder, tmp_path):

    group = msgspec.structs.replace(song.track("group"), inserts=(Insert("i", "compressor"),))

    _, remarks = write(song.with_track(group), folder, tmp_path)

    assert "do not add up" in remarks[-1]

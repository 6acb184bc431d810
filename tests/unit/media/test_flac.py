import shutil
import subprocess

import numpy as np
import pytest
import soundfile

from musicgen_desktop.media import (
    Acid,
    Bext,
    CannotWriteError,
    Cue,
    FlacWriter,
    Loop,
    UnreadableAudioError,
    WavTags,
    read_audio,
    read_chunks,
    read_comments,
    told_place,
    write_flac,
    write_wav,
)

TAGS = WavTags(
    bext=Bext("Bass", "MusicGen Desktop", "take-1", "2025-03-04", "05:06:07", 96_000),
    acid=Acid(92.5, 16, root_note=57),
    ixml="<BWFXML><PROJECT>Nacht</PROJECT></BWFXML>",
    info={"INAM": "Bäss", "IPRD": "Night Drive"},
    cues=(Cue(0, "Intro", 48_000), Cue(48_000, "Chorus")),
    loops=(Loop(0, 96_000),),
    key="Am",
)
SOUND = np.random.default_rng(3).uniform(-1.01, 1.01, (100_000, 2)).astype(np.float32)


@pytest.mark.parametrize("bits", [16, 24])
def test_flac_holds_the_same_numbers_as_wav(tmp_path, bits):
    write_wav(tmp_path / "a.wav", SOUND, 48_000, bits, seed=5)

    write_flac(tmp_path / "a.flac", SOUND, 48_000, bits, seed=5)

    assert soundfile.info(tmp_path / "a.flac").subtype == f"PCM_{bits}"
    np.testing.assert_array_equal(read_audio(tmp_path / "a.flac")[0], read_audio(tmp_path / "a.wav")[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.flac", "a.wav"]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(CannotWriteError, match="does not exist"):
        write_flac(tmp_path / "nowhere" / "a.flac", SOUND, 48_000)


def test_what_cannot_be_written_leaves_no_file(tmp_path):
    broken = SOUND.copy()
    broken[90_000, 1] = np.nan

    with pytest.raises(ValueError, match="not finite"):
        write_flac(tmp_path / "a.flac", broken, 48_000)
    with pytest.raises(ValueError, match="No FLAC file has"):
        write_flac(tmp_path / "a.flac", SOUND, 48_000, 32)
    with pytest.raises(ValueError, match="at least one frame"):
        write_flac(tmp_path / "a.flac", SOUND[:0], 48_000)

    assert list(tmp_path.iterdir()) == []


def test_blocks_give_the_same_file_as_the_whole(tmp_path):
    write_flac(tmp_path / "a.flac", SOUND, 48_000, tags=TAGS)

    with FlacWriter(tmp_path / "b.flac", 48_000, 2, tags=TAGS) as writer:
        for at in range(0, len(SOUND), 30_000):
            writer.write(SOUND[at : at + 30_000])

    np.testing.assert_array_equal(read_audio(tmp_path / "a.flac")[0], read_audio(tmp_path / "b.flac")[0])
    assert read_comments(tmp_path / "b.flac") == read_comments(tmp_path / "a.flac")


def test_another_programs_reader_finds_title_and_tempo(tmp_path):
    write_flac(tmp_path / "a.flac", SOUND, 48_000, tags=TAGS)

    with soundfile.SoundFile(tmp_path / "a.flac") as file:
        assert (file.title, file.album, file.frames) == ("Bäss", "Night Drive", len(SOUND))


def test_comments_tell_tempo_place_sections_and_loop(tmp_path):
    write_flac(tmp_path / "a.flac", SOUND, 48_000, tags=TAGS)

    told = read_comments(tmp_path / "a.flac")
    assert (told["BPM"], told["INITIALKEY"], told["TIME_REFERENCE"]) == ("92.5", "Am", "96000")
    assert (told["CHAPTER002"], told["CHAPTER002NAME"]) == ("00:00:01.000", "Chorus")
    assert (told["LOOPSTART"], told["LOOPLENGTH"]) == ("0", "96000")
    place = told_place(tmp_path / "a.flac", 48_000)
    assert (place.tempo_bpm, place.start_s) == (92.5, 2.0)


@pytest.mark.skipif(shutil.which("flac") is None, reason="the program “flac” is not installed")
@pytest.mark.parametrize("frames", [1, 100_000])
def test_the_reference_decoder_makes_a_wav_file_with_all_chunks_of_it(tmp_path, frames):
    write_flac(tmp_path / "a.flac", SOUND[:frames], 48_000, tags=TAGS)
    write_wav(tmp_path / "a.wav", SOUND[:frames], 48_000, 24, chunks=TAGS)

    subprocess.run(
        ["flac", "-s", "-w", "-d", "--keep-foreign-metadata", "-o", tmp_path / "b.wav", tmp_path / "a.flac"],
        check=True,
    )

    ours, theirs = read_chunks(tmp_path / "a.wav"), read_chunks(tmp_path / "b.wav")
    assert {**theirs, "fmt ": b""} == {**ours, "fmt ": b""}  # of 24 bits it writes a longer form


@pytest.mark.parametrize("at", [0, 3, 46, 50, 60, 200])
def test_a_broken_file_tells_nothing(tmp_path, at):
    write_flac(tmp_path / "a.flac", SOUND[:100], 48_000, tags=TAGS)
    data = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "cut.flac").write_bytes(data[:at])

    if at < 4:
        with pytest.raises(UnreadableAudioError, match="FLAC"):
            read_comments(tmp_path / "cut.flac")
    else:
        assert set(read_comments(tmp_path / "cut.flac")) < set(read_comments(tmp_path / "a.flac"))

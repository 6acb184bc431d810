import struct
import subprocess
import sys
import textwrap

import numpy as np
import pytest
import soundfile

from musicgen_desktop.media import (
    CannotWriteError,
    WavHead,
    WavWriter,
    _wav_head,
    read_audio,
    read_chunks,
    write_wav,
)

RATE = 48_000


def some_sound(frames=1000, channels=2, seed=1):
    sound = np.random.default_rng(seed).uniform(-1, 1, (frames, channels)).astype(np.float32)
    if frames > 1:
        sound[0], sound[1] = 1.0, -1.0
    return sound


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("channels", [1, 2, 3, 6])
@pytest.mark.parametrize(("bits", "subtype"), [(16, "PCM_16"), (24, "PCM_24"), (32, "FLOAT")])
@pytest.mark.parametrize("frames", [0, 1, 3, 1000])
def test_another_reader_finds_what_was_written(tmp_path, channels, bits, subtype, frames):
    sound = some_sound(frames, channels)

    write_wav(tmp_path / "a.wav", sound, RATE, bits, dither=False)

    info = soundfile.info(tmp_path / "a.wav")
    assert (info.samplerate, info.channels, info.frames, info.subtype) == (RATE, channels, frames, subtype)
    found, _ = soundfile.read(tmp_path / "a.wav", dtype="float64", always_2d=True)
    step = 0.0 if bits == 32 else 2.0 ** (1 - bits)
    assert np.abs(found - np.clip(sound, -1, 1 - step)).max(initial=0.0) <= step / 2


def test_a_sample_of_24_bits_is_three_bytes_the_lowest_first(tmp_path):
    whole = [0, 1, -1, 8_388_607, -8_388_608, 0x123456, -0x123456]
    sound = np.array(whole, np.float64).astype(np.float32) / np.float32(1 << 23)

    write_wav(tmp_path / "a.wav", sound, RATE, 24)

    raw = (tmp_path / "a.wav").read_bytes()
    expected = b"".join(value.to_bytes(3, "little", signed=True) for value in whole)
    at = raw.index(b"data")
    assert raw[at + 4 : at + 8] == struct.pack("<I", 21)
    assert raw[at + 8 :] == expected + b"\0"
    assert struct.unpack("<I", raw[4:8])[0] == len(raw) - 8


def test_loud_samples_are_held_at_full_scale_in_whole_numbers_and_kept_in_floats(tmp_path):
    sound = np.array([2.0, -2.0, 0.5], np.float32)

    for bits in (16, 24, 32):
        write_wav(tmp_path / f"{bits}.wav", sound, RATE, bits, dither=False)

    assert soundfile.read(tmp_path / "16.wav", dtype="int16")[0].tolist() == [32767, -32768, 16384]
    assert soundfile.read(tmp_path / "24.wav", dtype="int32")[0].tolist() == [0x7FFFFF00, -(2**31), 1 << 30]
    assert soundfile.read(tmp_path / "32.wav")[0].tolist() == [2.0, -2.0, 0.5]


def test_16_bits_are_dithered_and_silence_stays_silent(tmp_path):
    sound = np.zeros((10_000, 2), np.float32)
    sound[:, 0] = 0.3 / 32768

    write_wav(tmp_path / "a.wav", sound, RATE, 16)

    found = soundfile.read(tmp_path / "a.wav", dtype="int16")[0]
    assert set(found[:, 0].tolist()) == {-1, 0, 1}
    assert found[:, 0].mean() == pytest.approx(0.3, abs=0.03)
    assert not found[:, 1].any()


@pytest.mark.parametrize("bits", [16, 24, 32])
def test_blocks_of_any_size_make_the_same_file(tmp_path, bits):
    sound = some_sound(70_001)
    write_wav(tmp_path / "whole.wav", sound, RATE, bits)

    with WavWriter(tmp_path / "parts.wav", RATE, 2, bits) as writer:
        for part in np.split(sound, [0, 1, 3, 500, 40_000]):
            writer.write(part)

    assert writer.frames == 70_001
    assert (tmp_path / "parts.wav").read_bytes() == (tmp_path / "whole.wav").read_bytes()


def test_a_view_with_strides_is_written_as_it_reads(tmp_path):
    sound = some_sound(500, 4)

    write_wav(tmp_path / "a.wav", sound[::2, ::-2], RATE, 32)

    np.testing.assert_array_equal(soundfile.read(tmp_path / "a.wav", dtype="float32")[0], sound[::2, ::-2])


def test_beyond_the_limit_of_riff_the_file_is_rf64(tmp_path, monkeypatch):
    sound = some_sound(5000)
    monkeypatch.setattr(_wav_head, "_RIFF_LIMIT", 20_000)

    write_wav(tmp_path / "a.wav", sound, RATE, 24, chunks={b"note": b"hi"})

    assert (tmp_path / "a.wav").read_bytes()[:4] == b"RF64"
    assert soundfile.info(tmp_path / "a.wav").format == "RF64"
    found, _ = read_audio(tmp_path / "a.wav")
    assert np.abs(found - sound).max() <= 2.0**-23
    assert read_chunks(tmp_path / "a.wav")["note"] == b"hi"


def test_the_file_appears_only_when_it_is_whole(tmp_path):
    target = tmp_path / "a.wav"
    target.write_bytes(b"older")

    with WavWriter(target, RATE, 2) as writer:
        writer.write(some_sound())
        during = target.read_bytes()

    assert during == b"older"
    assert soundfile.info(target).frames == 1000
    assert names(tmp_path) == ["a.wav"]


def test_a_failure_while_writing_leaves_the_older_file_and_nothing_else(tmp_path):
    target = tmp_path / "a.wav"
    target.write_bytes(b"older")

    with pytest.raises(ValueError, match="not finite"), WavWriter(target, RATE, 2) as writer:
        writer.write(np.array([[0.0, 0.0], [0.0, np.nan]]))

    assert target.read_bytes() == b"older"
    assert names(tmp_path) == ["a.wav"]


def test_samples_that_are_not_finite_are_a_bug_of_the_caller(tmp_path):
    for value in (np.nan, np.inf, -np.inf):
        sound = some_sound()
        sound[500, 1] = value

        with pytest.raises(ValueError, match="not finite"):
            write_wav(tmp_path / "a.wav", sound, RATE)

    assert names(tmp_path) == []


def test_a_missing_folder_a_file_as_folder_and_a_folder_as_file_are_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.wav").mkdir()

    for path, words in [
        (tmp_path / "nowhere" / "a.wav", "does not exist"),
        (tmp_path / "file" / "a.wav", "not a folder"),
        (tmp_path / "folder.wav", "in the way"),
    ]:
        with pytest.raises(CannotWriteError, match=words) as caught:
            write_wav(path, some_sound(), RATE)
        assert str(caught.value).startswith(f"“{path.name}” cannot be written: ")

    assert names(tmp_path) == ["file", "folder.wav"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits a process's file size the POSIX way")
@pytest.mark.parametrize("kind", ["wav", "flac"])
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_left_behind(tmp_path, kind):
    program = f"""
        import resource, numpy as np, soundfile  # what Python compiles is no part of it
        from musicgen_desktop.media import CannotWriteError, write_flac, write_wav
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        noise = np.random.default_rng(1).uniform(-1, 1, (200_000, 2))
        try:
            write_{kind}({str(tmp_path / "a")!r}, noise, 48_000)
        except CannotWriteError as error:
            print(error)
    """

    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], check=True, capture_output=True, text=True
    )

    assert run.stdout.startswith("“a” cannot be written: ")
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""
    assert names(tmp_path) == []


def test_impossible_figures_are_refused(tmp_path):
    for rate, channels, bits in [(0, 2, 24), (RATE, 0, 24), (RATE, 65, 24), (RATE, 2, 8)]:
        with pytest.raises(ValueError, match="No WAV file has"):
            WavWriter(tmp_path / "a.wav", rate, channels, bits)
    with (
        WavWriter(tmp_path / "a.wav", RATE, 2) as writer,
        pytest.raises(ValueError, match="2 channels, the block 1"),
    ):
        writer.write(np.zeros((4, 1), np.float32))
    with pytest.raises(ValueError, match="closed"):
        writer.write(np.zeros((4, 2), np.float32))


def test_a_chunk_of_ours_cannot_be_replaced_by_a_caller(tmp_path):
    for name in (b"data", b"fmt ", b"abc"):
        with pytest.raises(ValueError, match="no name for a chunk"):
            write_wav(tmp_path / "a.wav", some_sound(), RATE, chunks={name: b""})


@pytest.mark.parametrize(("channels", "bits"), [(1, 16), (2, 24), (6, 32)])
@pytest.mark.parametrize("frames", [0, 7, 2**33])
def test_a_head_tells_its_frames_again_and_keeps_its_length(channels, bits, frames):
    head = WavHead(RATE, channels, bits)

    written = head.to_bytes(frames)

    assert len(written) == head.size
    assert head.frames_told_by(written + b"samples") == frames
    assert written[:4] == (b"RF64" if frames > 2**32 else b"RIFF")


def test_a_damaged_head_tells_nothing():
    head = WavHead(RATE, 2, 24)
    written = head.to_bytes(100)

    damaged = [written[:at] + bytes([written[at] ^ 0x55]) + written[at + 1 :] for at in range(head.size - 4)]

    assert {head.frames_told_by(each) for each in [b"", written[:20], *damaged]} == {None}

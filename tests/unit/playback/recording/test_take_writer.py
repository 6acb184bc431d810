import errno
import os

import numpy as np
import pytest
import soundfile

from musicgen_desktop.media import WavHead, _wav_head
from musicgen_desktop.playback.recording import CannotRecordError, DiskFullError, TakeWriter
from musicgen_desktop.playback.recording._recover import mended_frames


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("bits", "subtype"), [(24, "PCM_24"), (32, "FLOAT")])
@pytest.mark.parametrize("frames", [0, 1, 70_001])
def test_another_reader_finds_what_was_recorded(make, tmp_path, channels, bits, subtype, frames):
    sound = make.ramp(frames, channels)
    writer = TakeWriter(tmp_path / "a.wav", make.RATE, channels, bits)

    writer.write(sound)
    writer.close()

    info = soundfile.info(tmp_path / "a.wav")
    assert (info.frames, info.channels, info.samplerate, info.subtype) == (
        frames,
        channels,
        make.RATE,
        subtype,
    )
    assert np.abs(make.sound_of(tmp_path / "a.wav") - sound).max(initial=0.0) <= (2**-24 if bits == 24 else 0)
    assert (tmp_path / "a.wav").stat().st_size <= 110 + frames * channels * bits // 8


def test_the_growing_file_is_valid_at_every_sync(make, tmp_path):
    sound = make.ramp(10_000, 2)
    writer = TakeWriter(tmp_path / "a.wav", make.RATE, 2)
    read = []

    for at in range(0, 10_000, 2_500):
        writer.write(sound[at : at + 2_500])
        writer.sync()
        writer.write(sound[:0])
        read.append(make.sound_of(tmp_path / "a.wav"))
    writer.close()

    assert [len(each) for each in read] == [2_500, 5_000, 7_500, 10_000]
    np.testing.assert_array_equal(read[-1], sound)


def test_samples_that_are_no_numbers_become_silence(make, tmp_path):
    sound = np.array([0.5, np.nan, np.inf, -np.inf, -0.5], np.float32)
    writer = TakeWriter(tmp_path / "a.wav", make.RATE, 1)

    writer.write(sound)
    writer.close()

    assert make.sound_of(tmp_path / "a.wav")[:, 0].tolist() == [0.5, 0.0, 0.0, 0.0, -0.5]


def test_a_long_take_becomes_rf64(make, tmp_path, monkeypatch):
    monkeypatch.setattr(_wav_head, "_RIFF_LIMIT", 20_000)
    sound = make.ramp(20_000)
    writer = TakeWriter(tmp_path / "a.wav", make.RATE, 1)

    writer.write(sound)
    writer.sync()

    assert soundfile.info(tmp_path / "a.wav").format == "RF64"
    writer.close()
    np.testing.assert_array_equal(make.sound_of(tmp_path / "a.wav"), sound)


def test_an_older_file_is_never_written_over(make, tmp_path):
    (tmp_path / "a.wav").write_bytes(b"precious")

    with pytest.raises(CannotRecordError):
        TakeWriter(tmp_path / "a.wav", make.RATE, 1)

    assert (tmp_path / "a.wav").read_bytes() == b"precious"


def test_what_comes_after_refused_frames_is_not_written_in_their_place(make, tmp_path, monkeypatch):
    sound = make.ramp(3_000)
    writer = TakeWriter(tmp_path / "a.wav", make.RATE, 1)
    writer.write(sound[:1_000])

    def refused(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refused)
        with pytest.raises(CannotRecordError):
            writer.write(sound[1_000:2_000])
    writer.write(sound[2_000:])
    writer.close()

    np.testing.assert_array_equal(make.sound_of(tmp_path / "a.wav"), sound[:1_000])


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="the system reserves no room")
def test_when_the_disk_is_full_what_waits_still_fits(make, small_disk):
    disk = small_disk(2)
    sound = make.ramp(24_000)
    writer = TakeWriter(disk / "a.wav", make.RATE, 1, reserve_s=4.0)
    blocks = 0

    with pytest.raises(DiskFullError, match="is full; everything recorded"):  # noqa: PT012 - the loop is the act
        while True:
            writer.write(sound)
            blocks += 1
            writer.reserve()
    writer.write(sound)
    writer.close()

    assert blocks > 5
    np.testing.assert_array_equal(make.sound_of(disk / "a.wav"), np.tile(sound, (blocks + 1, 1)))


def test_a_block_of_which_only_a_part_finds_room_is_kept_as_far_as_it_goes(make, small_disk):
    disk = small_disk(1)
    sound = make.ramp(2_000_000)
    writer = TakeWriter(disk / "a.wav", make.RATE, 1, reserve_s=0.0)

    with pytest.raises(DiskFullError):
        writer.write(sound)
    writer.close()

    kept = make.sound_of(disk / "a.wav")
    assert len(kept) == writer.frames > 250_000
    np.testing.assert_array_equal(kept, sound[: len(kept)])


def test_a_disk_that_cannot_reserve_room_records_all_the_same(make, tmp_path, monkeypatch):
    def unable(*_):
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr("musicgen_desktop.playback.recording._disk._ALLOCATE", unable)
    sound = make.ramp(50_000)
    writer = TakeWriter(tmp_path / "a.wav", make.RATE, 1)

    writer.write(sound)
    writer.reserve()
    writer.close()

    np.testing.assert_array_equal(make.sound_of(tmp_path / "a.wav"), sound)


def test_a_disk_without_room_for_a_beginning_is_told_at_once(make, small_disk):
    disk = small_disk(1)

    with pytest.raises(DiskFullError):
        TakeWriter(disk / "a.wav", make.RATE, 2)

    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("bits", [24, 32])
@pytest.mark.parametrize("told", [0, 100, 333])
@pytest.mark.parametrize("reserved", [0, 1, 2_000_000])
def test_an_unfinished_file_is_mended_from_its_size(make, tmp_path, bits, told, reserved):
    path, sound, head = tmp_path / "a.wav", make.ramp(333) + 0.25, WavHead(make.RATE, 1, bits)
    writer = TakeWriter(path, make.RATE, 1, bits)
    writer.write(sound)
    writer.close()
    whole = path.read_bytes()[: writer.end]
    path.write_bytes(head.to_bytes(told) + whole[head.size :] + bytes(reserved))

    frames = mended_frames(path, head, 0)

    assert frames == 333
    assert path.read_bytes() == whole + b"\0" * (333 * bits // 8 % 2)
    assert mended_frames(path, head, 0) == 333


@pytest.mark.parametrize("torn", range(1, 8))
def test_a_frame_that_was_torn_is_no_frame(make, tmp_path, torn):
    path, sound, head = tmp_path / "a.wav", make.ramp(100, 2), WavHead(make.RATE, 2, 32)
    samples = sound.tobytes()
    path.write_bytes(head.to_bytes(10) + samples[: 99 * 8 + torn] + bytes(50_000))

    frames = mended_frames(path, head, 0)

    assert frames == 99
    np.testing.assert_array_equal(make.sound_of(path), sound[:99])


def test_silence_that_was_recorded_is_kept_as_far_as_the_log_knows_of_it(make, tmp_path):
    path, head = tmp_path / "a.wav", WavHead(make.RATE, 1, 32)
    path.write_bytes(head.to_bytes(0) + bytes(4_000))

    frames = mended_frames(path, head, 500)

    assert frames == soundfile.info(path).frames == 500


def test_a_file_of_another_kind_is_not_mended(make, tmp_path):
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros((1_000, 2)), make.RATE)
    before = path.read_bytes()

    with pytest.raises(OSError, match="not the file"):
        mended_frames(path, WavHead(make.RATE, 1, 32), 0)

    assert path.read_bytes() == before

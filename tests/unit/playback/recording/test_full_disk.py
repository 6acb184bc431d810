"""The disk fails while it is recorded: the recording ends, and nothing of it is lost."""

import errno
import os
import threading

import numpy as np
import pytest

from musicgen_desktop.playback.recording import DiskFullError, Recorder
from musicgen_desktop.playback.transport import Playhead

reserving = pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="the system reserves no room")


@reserving
def test_a_full_disk_ends_the_recording_with_one_sentence_and_keeps_every_frame(make, small_disk):
    disk = small_disk(8)
    setup = make.setup(disk / "takes", inputs=((0,), (0, 1)), notes=1)

    recorder = Recorder(setup, Playhead(), reserve_s=4)
    recorder.hear("notes-0", b"\x90\x3c\x64", 4_000)
    block = 4_800
    fed = 0

    while not recorder.done:  # as a sound card does, no faster than the disk
        make.until(lambda fed=fed: recorder.done or make.written(recorder) > fed - 48_000)
        recorder.feed(make.ramp(block, 2, fed), fed, fed)
        fed += block
    result = recorder.finish(10.0)

    assert "is full; everything recorded so far is kept" in result.failure
    assert len(result.takes) == 2
    assert result.notes[0].spans[0].notes[0].pitch == 60
    for take, columns in zip(result.takes, ([0], [0, 1]), strict=True):
        sound = make.sound_of(take.path)
        assert len(sound) == take.frames == sum(span.frames for span in take.spans)
        np.testing.assert_array_equal(sound, make.ramp(len(sound), 2)[:, columns])
    assert {take.frames for take in result.takes} == {make.written(recorder)}
    assert result.takes[0].frames > 300_000


@reserving
def test_what_waits_in_memory_when_the_disk_fills_is_kept_too(make, small_disk, monkeypatch):
    disk = small_disk(4)
    recorder = Recorder(make.setup(disk), Playhead(), reserve_s=8)
    gate, reached = threading.Event(), threading.Event()
    allocate = os.posix_fallocate

    def hesitating(descriptor, start, size):
        reached.set()
        gate.wait(20.0)
        return allocate(descriptor, start, size)

    monkeypatch.setattr("musicgen_desktop.playback.recording._disk._ALLOCATE", hesitating)
    block, fed = 4_800, 0
    while not reached.is_set():  # until the disk hangs, with more than half of its reserve left
        recorder.feed(make.ramp(block, 1, fed), fed, fed)
        fed += block
        make.until(lambda fed=fed: reached.is_set() or make.written(recorder) == fed)
    (disk / "other").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
    for _ in range(20):  # two seconds more come in meanwhile
        recorder.feed(make.ramp(block, 1, fed), fed, fed)
        fed += block
    gate.set()
    result = recorder.finish(20.0)

    assert "is full" in result.failure
    np.testing.assert_array_equal(make.sound_of(result.takes[0].path), make.ramp(fed))


def test_a_disk_that_is_full_from_the_start_is_told_before_the_first_frame(make, small_disk):
    disk = small_disk(1)

    with pytest.raises(DiskFullError):
        Recorder(make.setup(disk), Playhead())

    assert list(disk.iterdir()) == []


def test_a_disk_that_breaks_leaves_a_valid_file(make, tmp_path, monkeypatch):
    recorder = Recorder(make.setup(tmp_path), Playhead())
    sound = make.ramp(200_000)
    recorder.feed(sound[:96_000], 0, 0)
    recorder.hear("nobody", b"", 0)
    write = os.write

    def broken(descriptor, data):
        if len(data) > 1_000:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return write(descriptor, data)

    make.until(lambda: make.written(recorder) == 96_000)
    monkeypatch.setattr(os, "write", broken)
    recorder.feed(sound[96_000:], 96_000, 96_000)
    result = recorder.finish(10.0)
    monkeypatch.undo()

    assert "Recording into" in result.failure
    assert "Input/output error" in result.failure
    np.testing.assert_array_equal(make.sound_of(result.takes[0].path), sound[:96_000])
    assert make.recovered(tmp_path)[0].takes == result.takes

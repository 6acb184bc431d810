"""Builders for recordings that never saw a sound card."""

import shutil
import subprocess
import time

import numpy as np
import pytest
import soundfile

from musicgen_desktop.playback.recording import (
    ArmedNotes,
    ArmedTrack,
    RecordingSetup,
    find_unfinished,
    recover_recording,
)
from musicgen_desktop.timing import TempoMap

RATE = 48_000


def a_setup(folder, *, inputs=((0,),), notes=0, **figures):
    """A recording of one mono track at 120 BPM, unless told otherwise."""
    rate = figures.pop("rate", RATE)
    return RecordingSetup(
        folder=str(folder),
        rate=rate,
        tempo_map=figures.pop("tempo_map", TempoMap.constant(120)),
        tracks=tuple(ArmedTrack(f"track-{i}", f"Track {i}", each) for i, each in enumerate(inputs)),
        notes=tuple(ArmedNotes(f"notes-{i}", f"Keys {i}") for i in range(notes)),
        **figures,
    )


def ramp(frames, channels=1, start=0):
    """[frames, channels] float32 in which every sample tells its frame: no two are equal, none is 0."""
    frame = np.arange(start + 1, start + frames + 1, dtype=np.float64)[:, np.newaxis]
    return ((frame + 0.25 * np.arange(channels)) / 2**23).astype(np.float32)


def sound_of(path):
    """[frames, channels] float32, read by another program's library."""
    return soundfile.read(path, dtype="float32", always_2d=True)[0]


def until(condition):
    """Wait for it; a recorder's own thread brings it about."""
    give_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < give_up, "waited too long"
        time.sleep(0.001)


def recovered(folder):
    """What a crash left there."""
    found = (recover_recording(log) for log in find_unfinished(folder))
    return tuple(each for each in found if each is not None)


def written(recorder):
    """Frames of each file so far."""
    return recorder._capture._frames


class Make:
    recovered = staticmethod(recovered)
    written = staticmethod(written)
    until = staticmethod(until)
    RATE = RATE
    setup = staticmethod(a_setup)
    ramp = staticmethod(ramp)
    sound_of = staticmethod(sound_of)


@pytest.fixture(scope="session")
def make():
    return Make


@pytest.fixture
def small_disk(tmp_path):
    """Mounts a disk of so many megabytes; only the administrator of a Linux may."""
    mounted = []

    def mount(megabytes):
        folder = tmp_path / "disk"
        folder.mkdir()
        program = shutil.which("mount")
        done = program and subprocess.run(
            [program, "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder],
            capture_output=True,
            check=False,
        )
        if not done or done.returncode:
            pytest.skip("a small disk can only be mounted by root on Linux")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)  # also when a failed test holds a file

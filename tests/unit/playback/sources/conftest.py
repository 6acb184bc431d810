"""Sources that render quickly, and a bank whose process is a real one."""

import sys
import threading
import time

import numpy as np
import pytest

from musicgen_desktop.instruments import ScheduledNote, make_instrument
from musicgen_desktop.media import write_wav
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.plan import ClipsSource, NotesSource, PlannedClip
from musicgen_desktop.playback.sources import SourceBank

RATE = 48000
BLOCK = 1024
PROGRAM = [
    sys.executable,
    "-c",
    "from musicgen_desktop.playback.sources import run_source_process as run; raise SystemExit(run())",
]


def wait_until(condition, limit_s=300.0):
    """Ask again and again until it is so; fail when it never is."""
    pause = threading.Event()
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, "it never came"
        pause.wait(0.002)


def melody(*notes, preset="saw_lead", is_drums=False):
    """(start, end, pitch) in frames → a source on a synthesizer."""
    scheduled = sorted(
        (ScheduledNote(start, end, pitch, 100) for start, end, pitch in notes),
        key=lambda note: (note.start_frame, note.pitch),
    )
    return NotesSource(Patch("synth", preset=preset, is_drums=is_drums), tuple(scheduled))


def a_tune(transposed=0, beats=60):
    """Half a minute of quarter notes at 120 BPM."""
    return melody(
        *((beat * 24000, beat * 24000 + 20000, 50 + transposed + beat * 5 % 17) for beat in range(beats))
    )


def alone(source, place, frames):
    """[2, frames] as the offline renderer plays a source of notes."""
    return make_instrument(source.patch, source.notes, RATE).render(place, frames).T


def a_clip(path, start_frame=0, frames=10000, **settings):
    return PlannedClip(start_frame=start_frame, frames=frames, path=path, key=str(path), **settings)


def listen(bank, strip, clock, frames, *, waits=True):
    """[2, frames] as the render thread would hear it, each block as soon as it is there."""
    blocks = []
    for at in range(clock, clock + frames, BLOCK):
        count = min(BLOCK, clock + frames - at)
        if waits:
            wait_until(lambda at=at, count=count: bank.ready(at, count))
        block = bank.read(strip, at, count)
        blocks.append(np.zeros((2, count), np.float32) if block is None else block)
    return np.concatenate(blocks, axis=1)


def roughness(sound):
    """[frames] how much each frame leaps out of the four around it: what is heard as a click."""
    fourth = np.diff(sound.astype(np.float64), 4, axis=1)
    return np.abs(fourth).max(axis=0)


class Make:
    melody = staticmethod(melody)
    tune = staticmethod(a_tune)
    alone = staticmethod(alone)
    clip = staticmethod(a_clip)
    listen = staticmethod(listen)
    roughness = staticmethod(roughness)
    wait_until = staticmethod(wait_until)


@pytest.fixture(scope="session")
def make():
    return Make


@pytest.fixture
def ramp(tmp_path):
    """(path, [frames, 2]) of a file whose every frame says where it is."""
    left = np.arange(10000, dtype=np.float32) / 10000
    sound = np.stack([left, -left], axis=1)
    write_wav(tmp_path / "ramp.wav", sound, RATE, bits=32)
    return tmp_path / "ramp.wav", sound


@pytest.fixture
def ramp_source(ramp):
    """The ramp, 1000 frames into the song."""
    return ClipsSource((a_clip(ramp[0], start_frame=1000),))


@pytest.fixture
def bank():
    bank = SourceBank(RATE, program=PROGRAM)
    yield bank
    bank.close()

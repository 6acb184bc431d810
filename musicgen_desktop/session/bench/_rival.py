"""The usual way to play from Python, as a rival: the song is mixed inside the sound card's callback.

Everything shares one process and one interpreter lock: callback, mixer and a busy window.
"""

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.mixer import Mixer, Planar, Strip
from musicgen_desktop.playback.offline import render_sources
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.playback.speaker import find_device, list_devices

from ._load import spin_until

_START_S = 120.0


def rival_dropouts(project: Project, buffer_frames: int, seconds: float, *, is_busy: bool) -> int | None:
    """How often PortAudio says that such a player was late; None when it cannot play here."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(
        target=_play, args=(theirs, project, buffer_frames, seconds, is_busy), daemon=True
    )
    process.start()
    theirs.close()
    try:
        if not ours.poll(_START_S + seconds):
            return None
        answer: int | None = ours.recv()
    except EOFError:
        return None
    finally:
        process.terminate()
        process.join()
        ours.close()
    return answer


def _play(answer: Connection, project: Project, buffer_frames: int, seconds: float, is_busy: bool) -> None:  # noqa: FBT001
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123 - no path of ours; libraries complain on the way
        os.dup2(nothing.fileno(), 2)
    try:
        device = find_device(list_devices(), None)
    except MusicgenDesktopError:
        answer.send(None)
        return
    import sounddevice  # noqa: PLC0415 - starts the sound system

    rate = device.default_rate
    plan = compile_plan(project, rate=rate)
    sounds = {each: sound.T.copy() for each, sound in render_sources(plan, workers=1).items()}
    mixer = Mixer(
        [strip.settings for strip in plan.strips[:-1]],
        plan.master.id,
        {each: _Reader(sound).read for each, sound in sounds.items()},
        rate,
        plan.tempo_map,
    )
    master = Strip(plan.master.settings, rate, plan.tempo_map)
    at = late = 0

    def callback(out: Any, frames: int, _time: object, status: Any) -> None:
        nonlocal at, late
        late += bool(status.output_underflow)
        out[:] = master.process(mixer.process(at, frames), at, lambda _target, _block: None).T
        at += frames

    ended = threading.Event()
    busy = threading.Thread(target=spin_until, args=(ended,), daemon=True)
    with sounddevice.OutputStream(
        device=device.index,
        samplerate=rate,
        blocksize=buffer_frames,
        channels=2,
        dtype="float32",
        latency="low",
        callback=callback,
    ):
        if is_busy:
            busy.start()
        ended.wait(seconds)
    ended.set()
    answer.send(late)


class _Reader:
    """A sound that is read round and round."""

    def __init__(self, sound: Planar) -> None:
        self._sound = sound

    def read(self, start: int, frames: int) -> Planar:
        """[2, frames], a new array."""
        return np.take(self._sound, np.arange(start, start + frames), axis=1, mode="wrap")

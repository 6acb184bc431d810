# ruff: noqa: ARG002 - the port has these arguments
"""An engine of another package that goes wrong in the way which the prompt names."""

import ctypes
import os
import threading
from pathlib import Path

import numpy as np

from musicgen_desktop.foundation import MusicgenDesktopError, Stopped, UserInputError
from musicgen_desktop.generation.sound import Sound, SoundTake

TICK_S = 0.01


class OutOfMemoryError(RuntimeError):
    """As torch has one."""


class PanicException(BaseException):
    """As a library in Rust raises when it fails within itself."""


_FAILURES = {
    "input": UserInputError("Ask for less."),
    "world": MusicgenDesktopError("The disk is full."),
    "bug": ValueError("not for the user"),
    "leave": SystemExit(1),
    "panic": PanicException("index out of bounds"),
    "memory": MemoryError(),
    "gpu memory": OutOfMemoryError("CUDA out of memory"),
}


class ClumsyEngine:
    name = "clumsy"

    def __init__(self):
        self._meeting = threading.Barrier(2)

    def generate(self, request, sink, stop):
        sink.progress(np.float32(0.5), "Half", np.float64(2.0))
        sink.chunk(0, 0, Sound.of(np.zeros((4, 1), np.float32), 8_000))
        sink.tokens(0, b"\1\0\2\0")
        if request.prompt in _FAILURES:
            raise _FAILURES[request.prompt]
        match request.prompt:
            case "meet":
                self._meeting.wait()
            case "tick" | "stopped":
                _tick(sink, stop)
                if request.prompt == "stopped":
                    raise Stopped
            case "deaf":
                threading.Event().wait()
            case "die":
                os._exit(3)
            case "segfault":
                ctypes.string_at(0)
            case "nonsense":
                return "a take"
        return SoundTake(
            engine=self.name,
            model=request.model,
            licence="CC0-1.0",
            commercial_use=True,
            path=request.prompt,
            rate=8_000,
            channels=1,
            tokens=(b"\1\0\2\0",),
            frames=(4,),
            stopped=stop.is_set,
        )

    def load(self, model, report, stop):
        names = (
            "OMP_WAIT_POLICY",
            "GOMP_SPINCOUNT",
            "MALLOC_ARENA_MAX",
            "HF_HUB_OFFLINE",
            "TRANSFORMERS_OFFLINE",
        )
        return " ".join([str(os.nice(0)), *(os.environ[name] for name in names)])

    def models(self):
        return ["no model"]

    def loaded(self):
        return {}

    def add_model(self, source: Path, name, report, stop):
        report(0.5, "Reading")
        match source.name:
            case "deaf":
                threading.Event().wait()
            case "willing":
                while not stop.is_set:
                    threading.Event().wait(TICK_S)
                raise Stopped
            case "die":
                os._exit(3)
            case "large":
                raise MemoryError
            case "bug":
                raise ValueError("not for the user")
        return f"{name}-{os.getpid()}"


def _tick(sink, stop):
    ticks = 0
    while not stop.is_set:
        ticks += 1
        sink.progress(0.5, f"Tick {ticks}", None)
        threading.Event().wait(TICK_S)


class BrokenEngine:
    def __init__(self):
        raise ImportError("no libclumsy")

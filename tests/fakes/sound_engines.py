"""Engines of other packages for processes that a test starts, and a sink that keeps what it is told."""

import os
from pathlib import Path

_FAKES = Path(__file__).parent
FOLDERS = [str(_FAKES / "sine_engine"), str(_FAKES / "clumsy_engine")]


def install_engines(monkeypatch):
    """Have child processes find them, as if their packages were installed."""
    others = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(FOLDERS + ([others] if others else [])))


class KeptSound:
    """A sink.

    Args:
        on_progress: called with each stage.
    """

    def __init__(self, on_progress=None):
        self._on_progress = on_progress
        self.told = []
        self.chunks = []
        self.kept_tokens = {}

    def progress(self, done, stage, left_s):
        self.told.append((done, stage, left_s))
        if self._on_progress is not None:
            self._on_progress(stage)

    def chunk(self, variation, start_frame, sound):
        self.chunks.append((variation, start_frame, sound))

    def tokens(self, variation, data):
        self.kept_tokens[variation] = data

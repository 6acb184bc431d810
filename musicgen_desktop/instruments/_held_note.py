"""A note while its key is down: what its layers need to know, and the piece of it that they add up."""

import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._envelope import CONTROL_FRAMES

Mono = NDArray[np.float32]
Turns = NDArray[np.float64]


class HeldNote:
    """What every layer of a note shares.

    Args:
        hz: pitch at rest.
        highest_ratio: how far above `hz` the pitch ever goes (1 = never).
        brightness: velocity as −1..0.3; 0 at velocity 100.
        rate: frames per second.
        seed: names the note, so that its chance phases are always the same.
        frames: for how long the layers prepare.
        is_open: nobody knows yet how long the note will last. It is rendered in pieces, may go on for longer
            than `frames`, and what moves in it is looked over more coarsely beforehand.
    """

    def __init__(
        self,
        hz: float,
        highest_ratio: float,
        brightness: float,
        rate: int,
        seed: str,
        frames: int,
        *,
        is_open: bool = False,
    ) -> None:
        self.hz = hz
        self.highest_ratio = highest_ratio
        self.brightness = brightness
        self.rate = rate
        self.random = np.random.Generator(np.random.PCG64(zlib.crc32(seed.encode())))
        self.frames = frames
        self.is_open = is_open

    @property
    def step(self) -> int:
        """How many frames lie between two looks at what moves, before the note is rendered."""
        return CONTROL_FRAMES if self.is_open else 1


class Piece:
    """A stretch of a held note, and the two sides to add to.

    Args:
        first: its first frame within the note.
        turns: [frames] how often a wave of the note's pitch has turned, with vibrato and glide in it.
        memory: what layers keep from piece to piece of one note, each under a key of its own.
    """

    def __init__(self, first: int, turns: Turns, memory: dict[int, Any]) -> None:
        self.first = first
        self.turns = turns
        self.memory = memory
        self.left = np.zeros(len(turns), np.float32)
        self.right = np.zeros(len(turns), np.float32)
        self.wide = False

    @property
    def frames(self) -> int:
        """Its length."""
        return len(self.turns)

    def add(self, sound: Mono, gain: Mono | float, pan: float) -> None:
        """Add a sound, which may end before the piece, at a place from left −1 to right 1."""
        part = sound * gain
        place = slice(0, len(part))
        if not pan:
            self.left[place] += part
            self.right[place] += part
            return
        self.wide = True
        left, right = sides(pan)
        self.left[place] += part * left
        self.right[place] += part * right


LayerVoice = Callable[[Piece], None]
"""Renders one layer of a note into a piece of it."""


def sides(pan: float) -> tuple[np.float32, np.float32]:
    """Gains of both sides: unity in the middle."""
    angle = (pan + 1) * np.pi / 4
    return np.float32(np.sqrt(2) * np.cos(angle)), np.float32(np.sqrt(2) * np.sin(angle))

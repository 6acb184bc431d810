"""Which pitch lies in which row: every key of a keyboard, or the drums of a kit."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.music import DRUM, Key, pitch_name

_USUAL_DRUMS = (
    "kick", "rim", "snare", "clap", "closed_hat", "pedal_hat", "open_hat", "low_tom", "mid_tom", "high_tom",
    "crash", "ride", "tambourine", "cowbell", "shaker",
)  # fmt: skip


class Rows(msgspec.Struct, frozen=True, dict=True):
    """Pitches from the top row down, and what each is called."""

    pitches: tuple[int, ...]
    names: tuple[str, ...]
    is_drum_map: bool = False

    @cached_property
    def of_pitch(self) -> NDArray[np.int64]:
        """Row of each pitch 0 … 127; −1 for those that have none."""
        rows = np.full(128, -1, np.int64)
        rows[list(self.pitches)] = np.arange(len(self.pitches))
        return rows

    def __len__(self) -> int:
        return len(self.pitches)


def keyboard_rows(key: Key | None = None) -> Rows:
    """All 128 pitches, written with flats where the key is."""
    pitches = tuple(range(127, -1, -1))
    return Rows(pitches, tuple(pitch_name(pitch, key) for pitch in pitches))


def drum_rows(used: Iterable[int], names: Mapping[int, str]) -> Rows:
    """The drums that are played, and the usual ones of every kit, the lowest at the bottom.

    Args:
        used: pitches of the clip's notes.
        names: of the kit's drums; a used pitch without one is called by its pitch.
    """
    shown = sorted({*used, *(DRUM[name] for name in _USUAL_DRUMS)}, reverse=True)
    return Rows(tuple(shown), tuple(names.get(pitch, pitch_name(pitch)) for pitch in shown), is_drum_map=True)

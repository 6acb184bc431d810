"""Several voices of one wave side by side, slightly out of tune."""

import numpy as np

from ._held_note import HeldNote, Mono, Piece, sides
from ._preset import FmLayer, MorphLayer, StringLayer, WaveLayer
from ._tables import Stack, read_voices


class Unison:
    """The voices of a layer: their pitches, phases and places."""

    def __init__(self, note: HeldNote, layer: WaveLayer | FmLayer | MorphLayer | StringLayer) -> None:
        count = layer.unison
        # The outer voices are softer: the note keeps a core, and its beating never swallows it.
        places = np.linspace(-1, 1, count) if count > 1 else np.zeros(1)
        weights = 1 - 0.35 * np.abs(places)
        weights /= np.sqrt(np.sum(weights**2))
        numbers = np.arange(count)
        # Unequal steps, so that the beats of the voices never line up.
        uneven = (numbers * 0.618 % 1 - 0.5) / count if count > 2 else np.zeros(count)
        self._ratios = np.exp2(layer.tune / 12 + (places + uneven) * layer.detune_cents / 1200)
        self._phases = np.array([note.random.uniform() for _ in numbers]) if count > 1 else np.zeros(1)
        # Neighbours in pitch stand on opposite sides.
        across = np.where(numbers % 2, places, -places)
        pans = np.clip(layer.pan + layer.spread * across, -1, 1)
        self._wide = bool(np.any(pans))
        gains = np.array([sides(pan) for pan in pans]).T if self._wide else np.ones((1, count), np.float32)
        self._gains = np.asarray(gains * weights, np.float32)

    def add(
        self,
        piece: Piece,
        stack: Stack,
        row: Mono | float,
        gain: Mono,
        width: Mono | None = None,
        *,
        at: int = 0,
    ) -> None:
        """Add the voices to a piece, from its frame `at` on as long as `gain` lasts.

        With a `width`, [frames] in turns, each is a pulse: a saw minus the same saw later by its width, which
        may move freely, and nothing aliases.
        """
        place = slice(at, at + len(gain))
        turns = piece.turns[place]
        out = np.zeros((len(self._gains), len(gain)), np.float32)
        read_voices(stack, turns, self._ratios, self._phases, row, self._gains, out)
        if width is not None:
            read_voices(stack, turns, self._ratios, self._phases, row, -self._gains, out, width)
        out *= gain
        piece.left[place] += out[0]
        piece.right[place] += out[-1]
        piece.wide = piece.wide or self._wide

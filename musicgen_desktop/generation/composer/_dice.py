"""Chance that falls the same way on every platform and under every Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1
_ROOT_3 = 1.7320508075688772


class Dice:
    """A stream of chance, named by a seed and further labels; other labels give an independent stream.

    SplitMix64 (Steele, Lea, Flood 2014), seeded with BLAKE2b of the seed and labels. Integers, and float
    operations that IEEE 754 fixes exactly; no libm, no hash(), so one seed is the same music everywhere.
    """

    __slots__ = ("_labels", "_state")

    def __init__(self, *labels: str | int) -> None:
        self._labels = labels
        name = "\x1f".join(map(str, labels))
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._state = int.from_bytes(digest, "little")

    def child(self, *labels: str | int) -> "Dice":
        """An independent stream; it does not matter how much of this one was used."""
        return Dice(*self._labels, *labels)

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def uniform(self, lo: float = 0.0, hi: float = 1.0) -> float:
        """A float in [lo, hi)."""
        return lo + (hi - lo) * ((self._next() >> 11) / 9007199254740992.0)

    def integer(self, n: int) -> int:
        """An integer in 0..n-1; n is at least 1."""
        if n < 1:
            raise ValueError(n)
        return (self._next() >> 11) * n >> 53

    def between(self, a: int, b: int) -> int:
        """An integer in a..b, both included."""
        return a + self.integer(b - a + 1)

    def chance(self, p: float) -> bool:
        """True with probability p; always uses one throw."""
        return self.uniform() < p

    def choice(self, seq: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of a non-empty sequence, evenly or by weights (not all zero)."""
        if weights is None:
            return seq[self.integer(len(seq))]
        if len(weights) != len(seq):
            raise ValueError(f"{len(seq)} things, {len(weights)} weights")
        total = 0.0
        for weight in weights:  # not sum(): Python 3.12 adds floats in another way than 3.11
            total += weight
        left = self.uniform(0.0, total)
        for thing, weight in zip(seq, weights, strict=True):
            left -= weight
            if left < 0.0:
                return thing
        return max(zip(weights, range(len(seq)), seq, strict=True), key=lambda entry: (entry[0], -entry[1]))[
            2
        ]

    def shuffled(self, seq: Sequence[T]) -> list[T]:
        """A new list in random order (Fisher–Yates)."""
        out = list(seq)
        for i in range(len(out) - 1, 0, -1):
            j = self.integer(i + 1)
            out[i], out[j] = out[j], out[i]
        return out

    def spread(self, sd: float) -> float:
        """A bell-shaped deviation around 0, never beyond ±2 sd: four throws summed, the rare rest clipped."""
        total = self.uniform() + self.uniform() + self.uniform() + self.uniform() - 2.0
        return max(-2.0, min(2.0, total * _ROOT_3)) * sd

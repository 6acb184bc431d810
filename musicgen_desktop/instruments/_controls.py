"""Controller changes as the built-in synthesizer hears them: volume, expression, pan, pitch bend, sustain
pedal.
"""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ._schedule import Audio, ScheduledControl

_VOLUME, _PAN, _EXPRESSION, _PEDAL = 7, 10, 11, 64
_SMOOTH_S = 0.008


class Controls:
    """Answers what a controller is doing at any frame."""

    def __init__(self, controls: Sequence[ScheduledControl], rate: int) -> None:
        self._smooth = max(1, int(_SMOOTH_S * rate))
        self._curves: dict[int, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
        ordered = sorted(controls, key=lambda control: control.frame)
        for number, scale, middle in ((_VOLUME, 100.0, 0.0), (_PAN, 64.0, 64.0), (_EXPRESSION, 127.0, 0.0)):
            points = [(c.frame, c.value) for c in ordered if c.kind == "cc" and c.number == number]
            if points:
                rest = 64 if number == _PAN else scale
                self._curves[number] = self._steps(points, rest, scale, middle)
        wheel = [(c.frame, c.value) for c in ordered if c.kind == "pitch_bend"]
        self.bends = any(value for _, value in wheel)
        self._wheel = self._steps(wheel, 0, 8192.0, 0.0)
        self._pedal: list[tuple[int, int]] = []
        down: int | None = None
        for control in ordered:
            if control.kind != "cc" or control.number != _PEDAL:
                continue
            if control.value >= 64 and down is None:
                down = control.frame
            elif control.value < 64 and down is not None:
                self._pedal.append((down, control.frame))
                down = None
        self._pedal_starts = [start for start, _ in self._pedal]

    def held_until(self, frame: int) -> int:
        """When a key let go at this frame really ends: later, if the pedal is down."""
        index = bisect_right(self._pedal_starts, frame) - 1
        return max(frame, self._pedal[index][1]) if index >= 0 else frame

    def bend(self, start: int, frames: int) -> NDArray[np.float32]:
        """[frames] −1..1 of the pitch wheel."""
        return self._at(self._wheel, start, frames)

    def levels(self, start: int, frames: int) -> Audio | None:
        """[frames, 1 or 2] gain by volume, expression and pan; None if none of them was ever moved."""
        if not self._curves:
            return None
        gain = np.ones(frames, np.float32)
        for number in (_VOLUME, _EXPRESSION):
            if number in self._curves:
                gain *= self._at(self._curves[number], start, frames) ** 2
        if _PAN not in self._curves:
            return gain[:, np.newaxis]
        pan = np.clip(self._at(self._curves[_PAN], start, frames), -1, 1)
        angle = (pan + 1) * np.float32(np.pi / 4)
        sides = np.stack((np.cos(angle), np.sin(angle)), axis=1) * np.float32(np.sqrt(2))
        return np.asarray(sides * gain[:, np.newaxis], np.float32)

    def _steps(
        self, points: list[tuple[int, int]], rest: float, scale: float, middle: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Corner points of a curve that ramps over a few milliseconds to each new value."""
        frames: list[float] = [0.0]
        values: list[float] = [(rest - middle) / scale]
        for frame, value in points:
            frames += [float(frame), float(frame + self._smooth)]
            values += [values[-1], (value - middle) / scale]
        order = np.maximum.accumulate(np.array(frames))
        return order, np.array(values)

    def _at(
        self, curve: tuple[NDArray[np.float64], NDArray[np.float64]], start: int, frames: int
    ) -> NDArray[np.float32]:
        return np.interp(np.arange(start, start + frames), *curve).astype(np.float32)

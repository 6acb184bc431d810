"""Reverb and delay."""

import math
from typing import Any, ClassVar

import numpy as np

from musicgen_desktop.timing import TempoMap

from ._delay_line import DelayLine
from ._effect import Effect, Planar, crossfade_gains, mix_into
from ._equalizer import high_cut_hz, low_cut_hz
from ._pedal import Pedal

_QUIET_DB = 80.0


def _comb_feedback(room_size: float) -> float:
    """Freeverb's map from room size to the feedback of its combs."""
    return 0.7 + 0.28 * room_size


class Reverb(Effect):
    """A room. With `wet` at 1 its sound is as loud as what goes in, whatever the room."""

    kind: ClassVar[str] = "reverb"

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        import pedalboard  # noqa: PLC0415

        self._cuts = [pedalboard.HighpassFilter() for _ in range(2)]
        self._room = pedalboard.Reverb(dry_level=0.0)
        self._tune()
        self._pedal = Pedal([*self._cuts, self._room], self.rate)
        self._before = DelayLine(round(self.values["pre_delay_ms"] / 1000.0 * self.rate))

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        dry, _wet = crossfade_gains(self.values["wet"])
        level = self.glided("dry", dry, block.shape[1])
        return mix_into(block, self._pedal.process(self._before.process(block)), level, 1.0)

    def changed(self, name: str) -> None:
        if name == "pre_delay_ms":
            return  # the line's length stays as it was made: moving it would click
        self._tune()

    @classmethod
    def fixed(cls, values: dict[str, float], _rate: int, _tempo: TempoMap) -> tuple[object, ...]:
        return (values["pre_delay_ms"],)

    @classmethod
    def rest_frames(cls, _values: dict[str, float], _rate: int, _tempo: TempoMap) -> int | None:
        return None  # the library's room rounds so coarsely that it never quite falls silent

    def _tune(self) -> None:
        for cut in self._cuts:
            cut.cutoff_frequency_hz = low_cut_hz(max(self.values["low_cut_hz"], 1.0))
        self._room.room_size = self.values["room_size"]
        self._room.damping = self.values["damping"]
        self._room.width = self.values["width"]
        _dry, wet = crossfade_gains(self.values["wet"])
        self._room.wet_level = min(wet * self._level(), 1.0)

    def _level(self) -> float:
        """What brings pink noise out as loud as it went in.

        A comb with feedback g has the power gain 1 / (1 − g²); damping d makes g fall with the frequency as a
        one-pole low-pass does. Width w leaves the power ((1 + w)² + (1 − w)²) / 4. The rest was measured, on
        pink noise; sound that is the same left and right comes out up to 3 dB louder.
        """
        damping = 0.4 * self.values["damping"]
        turn = 2.0 * math.pi * np.geomspace(80.0, 10000.0, 48) / self.rate
        low_pass = (1.0 - damping) ** 2 / (1.0 - 2.0 * damping * np.cos(turn) + damping**2)
        power = float(np.mean(1.0 / (1.0 - _comb_feedback(self.values["room_size"]) ** 2 * low_pass)))
        width = self.values["width"]
        power *= ((1.0 + width) ** 2 + (1.0 - width) ** 2) / 4.0
        return 1.03 / math.sqrt(power)

    @classmethod
    def tail_frames(cls, values: dict[str, float], rate: int, _tempo: TempoMap) -> int:
        longest_comb_s = 0.0367
        turns = _QUIET_DB / (-20.0 * math.log10(_comb_feedback(values["room_size"])))
        return round((values["pre_delay_ms"] / 1000.0 + longest_comb_s * turns) * rate)


class Delay(Effect):
    """Echoes, each darker and thinner than the one before it."""

    kind: ClassVar[str] = "delay"

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        import pedalboard  # noqa: PLC0415

        self._low_cut = pedalboard.HighpassFilter()
        self._high_cut = pedalboard.LowpassFilter()
        self._tune()
        self._tone = Pedal([self._low_cut, self._high_cut], self.rate)
        self._ring: Planar = np.zeros((2, _delay_frames(self.values, self.rate, self.tempo)), np.float32)
        self._place = 0

    def process(self, block: Planar, start: int) -> Planar:  # noqa: ARG002
        dry, wet = crossfade_gains(self.values["wet"])
        dry_level = self.glided("dry", dry, block.shape[1])
        wet_level = self.glided("wet", wet, block.shape[1])
        echoes = np.empty_like(block)
        done, frames, length = 0, block.shape[1], self._ring.shape[1]
        while done < frames:
            run = min(frames - done, length - self._place)
            slot = self._ring[:, self._place : self._place + run]
            echo = self._tone.process(slot)
            echoes[:, done : done + run] = echo
            self._feed(slot, block[:, done : done + run], echo)
            self._place = (self._place + run) % length
            done += run
        return mix_into(block, echoes, dry_level, wet_level)

    def _feed(self, slot: Planar, new: Planar, echo: Planar) -> None:
        """What will be heard one delay later. Ping-pong: all goes in left, and echoes change sides."""
        cross = self.values["ping_pong"]
        feedback = np.asarray(self.glided("feedback", self.values["feedback"], new.shape[1]), np.float32)
        if cross == 0.0:
            np.multiply(echo, feedback, out=slot)
            slot += new
            return
        straight, across = np.float32(1.0 - cross), np.float32(cross)
        mono = (new[0] + new[1]) * np.float32(cross * math.sqrt(0.5))
        slot[0] = new[0] * straight + mono + feedback * (straight * echo[0] + across * echo[1])
        slot[1] = new[1] * straight + feedback * (straight * echo[1] + across * echo[0])

    @classmethod
    def fixed(cls, values: dict[str, float], rate: int, tempo: TempoMap) -> tuple[object, ...]:
        return (_delay_frames(values, rate, tempo),)

    def changed(self, name: str) -> None:
        if name.endswith("_cut_hz"):
            self._tune()

    def _tune(self) -> None:
        self._low_cut.cutoff_frequency_hz = max(self.values["low_cut_hz"], 1.0)
        hz = self.values["high_cut_hz"]
        self._high_cut.cutoff_frequency_hz = high_cut_hz(1e9 if hz < 10.0 else hz, self.rate)

    @classmethod
    def tail_frames(cls, values: dict[str, float], rate: int, tempo: TempoMap) -> int:
        feedback = values["feedback"]
        echoes = 1.0 + (_QUIET_DB / (-20.0 * math.log10(feedback)) if feedback > 0.0 else 0.0)
        return math.ceil(echoes * _delay_frames(values, rate, tempo))


def _delay_frames(values: dict[str, float], rate: int, tempo: TempoMap) -> int:
    """One delay, at the tempo of the song's start; at least one frame."""
    ms = values["time_ms"]
    seconds = ms / 1000.0 if ms > 0.0 else values["time_beats"] * 60.0 / tempo.bpm_at(0)
    return max(1, round(seconds * rate))

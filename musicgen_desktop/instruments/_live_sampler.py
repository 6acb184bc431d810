"""A SoundFont's preset, played live."""

from pathlib import Path
from typing import Any

import numpy as np

from musicgen_desktop.music import Patch

from ._live_instrument import LiveInstrument
from ._sampled_preset import SampledPreset, apply_control
from ._sampler import LONGEST_TAIL_S
from ._schedule import Audio

_PITCH_BEND, _EXPRESSION = "pitch_bend", 11


class LiveSampler(LiveInstrument):
    """A General MIDI patch under the fingers, with every key and velocity it has.

    A live note is not early by its attack, as scheduled ones are: nobody knows of it before it is struck.
    """

    most_keys = 48

    def __init__(self, patch: Patch, rate: int, soundfont: Path) -> None:
        super().__init__()
        self._preset = SampledPreset(patch, rate, soundfont, frozenset(range(128)), (1, 127))
        self._player = self._preset.player()
        self._tail = int(rate * (min(self._preset.release_s, LONGEST_TAIL_S) + 0.05))
        self._quiet_at = 0
        self._events: list[tuple[int, Any]] = []

    @property
    def sounding(self) -> bool:
        """Whether anything is heard, or may be."""
        return self.keys_down > 0 or self._now < self._quiet_at

    def _start(self, pitch: int, velocity: int, frame: int) -> int:
        self._events.append((frame, lambda: self._player.channel_note_on(0, pitch, velocity / 127)))
        return pitch

    def _release(self, note: int, frame: int) -> None:
        self._events.append((frame, lambda: self._player.channel_note_off(0, note)))
        self._quiet_at = max(self._quiet_at, frame + self._tail)

    def _control(self, kind: str, number: int, value: int, frame: int) -> None:
        self._events.append((frame, lambda: apply_control(self._player, kind, number, value)))

    def _at_rest(self, frame: int) -> None:
        self._control(_PITCH_BEND, 0, 0, frame)
        self._control("cc", _EXPRESSION, 127, frame)

    def _silence(self) -> None:
        self._events.clear()
        self._player.channel_sounds_off(0)
        self._quiet_at = min(self._quiet_at, self._now + self._tail)

    def _render(self, frames: int) -> Audio:
        block = np.zeros((frames, 2), np.float32)
        start, done = self._now, 0
        self._events.sort(key=lambda event: event[0])
        coming = [event for event in self._events if event[0] >= start + frames]
        for frame, apply in self._events[: len(self._events) - len(coming)]:
            if frame - start > done:
                self._player.render(block[done : frame - start])
                done = frame - start
            apply()
        self._events = coming
        if self.sounding:
            self._player.render(block[done:])
        block *= self._preset.gain
        return block

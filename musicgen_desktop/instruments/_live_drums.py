"""The drum machine, played live."""

import threading
from collections import deque
from collections.abc import Iterable

import numpy as np

from ._drum_kit import CHOKES, KEYS, DrumKit
from ._drum_sound import velocity_gain
from ._drums import CHOKE_S, VARIANTS, Stroke, Strokes
from ._live_instrument import LiveInstrument
from ._schedule import Audio

_CACHE_BYTES = 48 << 20
_FIRST_VELOCITY = 100
# Then, on the side, what most parts are made of, softer and harder: from there the nearest stroke is near.
_COMMON_KEYS = (36, 38, 42, 46, 44, 37, 39, 40, 49, 51, 41, 43, 45, 47, 48, 50)
_OTHER_VELOCITIES = (84, 116, 68, 52, 36)
_MOST_VOICES = 48
_FADE_S = 0.005


class _Ringing:
    """A stroke that was struck at a frame, and may be ended early."""

    def __init__(self, pitch: int, start: int, sound: Audio) -> None:
        self.pitch = pitch
        self.start = start
        self.sound = sound
        self.choked = False

    def end_from(self, frame: int, fade: int) -> None:
        """Fade out on a straight line."""
        kept = max(frame - self.start, 0) + fade
        if kept < len(self.sound):
            self.sound = self.sound[:kept].copy()
            fade = min(fade, kept)
            self.sound[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, np.newaxis]


class LiveDrums(LiveInstrument):
    """A kit under the fingers.

    A stroke takes 1 to 30 ms to render, longer than a block. So every drum is there from the start at one
    velocity. What is struck for the first time sounds as loud as it should with the timbre of the nearest
    stroke that is there; the exact one is rendered on the side, for the next time.
    """

    def __init__(self, kit: DrumKit, rate: int) -> None:
        super().__init__()
        self._kit = kit
        self._rate = rate
        self._strokes = Strokes(kit, rate, _CACHE_BYTES)
        self._ringing: list[_Ringing] = []
        self._struck: dict[int, int] = {}
        self._wanted: deque[Stroke] = deque()
        self._painter: threading.Thread | None = None
        self.warm(KEYS, (_FIRST_VELOCITY,), (0,))

    @property
    def sounding(self) -> bool:
        """Whether anything is heard."""
        return bool(self._ringing)

    @property
    def voices(self) -> int:
        """How many strokes ring."""
        return len(self._ringing)

    def warm(
        self, keys: Iterable[int], velocities: Iterable[int], variants: Iterable[int] = range(VARIANTS)
    ) -> None:
        """Render these strokes now; some milliseconds each."""
        steps = list(velocities)
        for variant in variants:
            for key in keys:
                for velocity in steps:
                    stroke = self._strokes.named(key, velocity, variant)
                    if stroke is not None:
                        self._strokes.sound(stroke)

    def warm_up(self) -> None:
        """Render the most common drums at other velocities, on a thread of its own."""
        named = [
            self._strokes.named(key, velocity, 0) for velocity in _OTHER_VELOCITIES for key in _COMMON_KEYS
        ]
        self._later(stroke for stroke in named if stroke is not None)

    def settle(self) -> None:
        """Wait until all that is rendered on the side is there."""
        while self._painter is not None:
            self._painter.join()
            self._painter = None
            if self._wanted:
                self._later(())

    def _start(self, pitch: int, velocity: int, frame: int) -> int:
        count = self._struck[pitch] = self._struck.get(pitch, -1) + 1
        wanted = self._strokes.named(pitch, velocity, count % VARIANTS)
        for ringing in self._ringing:
            if not ringing.choked and ringing.pitch in CHOKES.get(pitch, ()):
                ringing.choked = True
                ringing.end_from(frame, int(CHOKE_S * self._rate))
        if wanted is not None:
            stroke = self._at_hand(wanted)
            gain = np.float32(velocity_gain(velocity) / velocity_gain(stroke.velocity))
            self._ringing.append(_Ringing(pitch, frame, self._strokes.sound(stroke) * gain))
        if len(self._ringing) > _MOST_VOICES:
            self._ringing[-_MOST_VOICES - 1].end_from(frame, int(_FADE_S * self._rate))
        return pitch

    def _at_hand(self, wanted: Stroke) -> Stroke:
        """The stroke itself if it is there, else the nearest one of its drum."""
        if self._strokes.has(wanted):
            return wanted
        self._later([wanted])
        return self._strokes.nearest(wanted) or wanted

    def _later(self, strokes: Iterable[Stroke]) -> None:
        self._wanted.extend(strokes)
        if self._painter is None or not self._painter.is_alive():
            self._painter = threading.Thread(
                target=_paint, args=(self._strokes, self._wanted), name="drum strokes", daemon=True
            )
            self._painter.start()

    def _release(self, note: int, frame: int) -> None:
        """A drum rings as long as it rings."""

    def _control(self, kind: str, number: int, value: int, frame: int) -> None:
        """A drum knows no controllers."""

    def _at_rest(self, frame: int) -> None:
        """Nothing of it moves."""

    def _silence(self) -> None:
        for ringing in self._ringing:
            ringing.end_from(self._now, int(_FADE_S * self._rate))

    def _render(self, frames: int) -> Audio:
        mix = np.zeros((frames, 2), np.float32)
        start, end = self._now, self._now + frames
        for ringing in self._ringing:
            low, high = max(ringing.start, start), min(ringing.start + len(ringing.sound), end)
            if high > low:
                mix[low - start : high - start] += ringing.sound[low - ringing.start : high - ringing.start]
        self._ringing = [each for each in self._ringing if each.start + len(each.sound) > end]
        return mix


def _paint(strokes: Strokes, wanted: deque[Stroke]) -> None:
    """Render what is asked for, the newest wish first: a hand waits for it."""
    while wanted:
        try:
            stroke = wanted.pop()
        except IndexError:
            return
        if not strokes.has(stroke):
            strokes.sound(stroke)

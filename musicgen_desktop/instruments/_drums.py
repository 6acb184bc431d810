"""The drum machine: every stroke is rendered once per drum, loudness step and variant."""

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ._drum_kit import CHOKES, DrumKit, drum_of
from ._drum_sound import render_stroke, stroke_frames, velocity_gain
from ._effects import EffectChain
from ._note_mixer import NoteMixer, SoundCache
from ._schedule import Audio, Instrument, ScheduledNote

_CACHE_BYTES = 8 << 20
VARIANTS = 3
"""Strokes differ a little, as those of a hand do; so many different ones there are of each."""

CHOKE_S = 0.012
_VELOCITY_STEP = 8


class Stroke(NamedTuple):
    """What makes two strokes sound alike: the drum, its tuning, a velocity 1..127, a variant."""

    drum: str
    tune: float
    velocity: int
    variant: int


class Strokes:
    """Strokes of a kit, rendered when they are first asked for and kept up to a number of bytes.

    Any thread may ask.
    """

    def __init__(self, kit: DrumKit, rate: int, most_bytes: int) -> None:
        self._kit = kit
        self._rate = rate
        self._cache = SoundCache(most_bytes)
        self._lock = threading.Lock()

    def are_of(self, kit: DrumKit, rate: int) -> bool:
        """Whether they are this kit's, at this rate."""
        return (self._kit, self._rate) == (kit, rate)

    def named(self, pitch: int, velocity: int, variant: int) -> Stroke | None:
        """The stroke that plays a key, its velocity the middle of a step; None if the kit lacks it."""
        drum, tune = drum_of(pitch)
        if drum not in self._kit.sounds:
            drum, tune = "woodblock", 0.0
        if drum not in self._kit.sounds:
            return None
        step = min(127, _VELOCITY_STEP * (velocity // _VELOCITY_STEP) + _VELOCITY_STEP // 2)
        return Stroke(drum, tune, step, variant)

    def sound(self, stroke: Stroke) -> Audio:
        """[frames, 1 or 2] of a stroke at its full level for its velocity."""
        with self._lock:
            known = self._cache.known(stroke)
        if known is not None:
            return known
        made = self._rendered(stroke)
        with self._lock:
            return self._cache.get(stroke, lambda: made)

    def has(self, stroke: Stroke) -> bool:
        """Whether it is rendered."""
        with self._lock:
            return self._cache.known(stroke) is not None

    def nearest(self, stroke: Stroke) -> Stroke | None:
        """The rendered stroke of the same drum and tuning whose velocity is the nearest."""
        with self._lock:
            known = self._cache.all_known()
        alike = [key for key in known if isinstance(key, Stroke) and key[:2] == stroke[:2]]
        return min(alike, key=lambda each: abs(each.velocity - stroke.velocity), default=None)

    def _rendered(self, stroke: Stroke) -> Audio:
        drum, tune, velocity, variant = stroke
        audio = render_stroke(self._kit, drum, tune, velocity, variant, self._rate)
        pan = self._kit.sounds[drum].pan + (0.08 * tune if drum == "tom" else 0.0)
        if not pan:
            return audio[:, np.newaxis]
        angle = (min(max(pan, -1), 1) + 1) * np.pi / 4
        sides = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(np.sqrt(2))
        return audio[:, np.newaxis] * sides


class DrumInstrument(NoteMixer):
    """A part played on a synthesized kit. Note lengths do not matter: a drum rings as long as it rings."""

    def __init__(
        self, kit: DrumKit, notes: Sequence[ScheduledNote], rate: int, like: Instrument | None = None
    ) -> None:
        super().__init__(EffectChain((), rate))
        self._kit = kit
        self._rate = rate
        self._notes = sorted(notes, key=lambda note: (note.start_frame, note.pitch, note.velocity))
        self._ends = self._choked_at()
        self.strokes = Strokes(kit, rate, _CACHE_BYTES)
        """Strokes that are rendered."""
        if isinstance(like, DrumInstrument) and like.strokes.are_of(kit, rate):
            self.strokes = like.strokes
        drums = {drum_of(note.pitch)[0] for note in self._notes} | {"woodblock"}
        self.tail_frames = max(
            (stroke_frames(kit.sounds[drum], rate) for drum in drums if drum in kit.sounds), default=0
        )
        self._lay([max(note.start_frame, 0) for note in self._notes], self.tail_frames)

    def _choked_at(self) -> list[int | None]:
        """The frame at which a later stroke silences each note."""
        ends: list[int | None] = [None] * len(self._notes)
        ringing: dict[int, int] = {}
        for number, note in enumerate(self._notes):
            for key in CHOKES.get(note.pitch, ()):
                earlier = ringing.pop(key, None)
                if earlier is not None:
                    ends[earlier] = note.start_frame
            ringing[note.pitch] = number
        return ends

    def _sound(self, number: int) -> Audio:
        note = self._notes[number]
        # By place, not by count: a note added elsewhere must not change this one.
        variant = (note.start_frame * 2654435761 >> 16) % VARIANTS
        named = self.strokes.named(note.pitch, note.velocity, variant)
        if named is None:
            return np.zeros((0, 2), np.float32)
        stroke = self.strokes.sound(named)
        end = self._ends[number]
        if end is not None:
            fade = int(CHOKE_S * self._rate)
            stroke = stroke[: max(end - note.start_frame, 0) + fade].copy()
            fade = min(fade, len(stroke))
            stroke[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, np.newaxis]
        return stroke * np.float32(velocity_gain(note.velocity) / velocity_gain(named.velocity))

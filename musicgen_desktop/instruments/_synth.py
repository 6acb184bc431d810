"""The built-in synthesizer: notes are held, released and laid on the grid."""

import math
from collections.abc import Sequence

import numpy as np

from ._controls import Controls
from ._effects import EffectChain
from ._envelope import SHORTEST_RELEASE_MS, release_curve
from ._held_sound import VELOCITY_STEP, HeldSound, movement
from ._note_mixer import NoteMixer, SoundCache
from ._preset import SynthPreset
from ._schedule import Audio, Instrument, ScheduledControl, ScheduledNote

_CACHE_BYTES = 12 << 20
_MONO_RELEASE_MS = 10.0
_LEGATO_S = 0.03
_LONGEST_NOTE_S = 120.0


class SynthInstrument(NoteMixer):
    """One part on one preset.

    A held key sounds the same each time (for a pitch, a step of velocity and a rounded length), so it is
    rendered once; each note is a copy of its beginning with its own loudness and release.
    """

    def __init__(
        self,
        preset_id: str,
        preset: SynthPreset,
        notes: Sequence[ScheduledNote],
        rate: int,
        controls: Sequence[ScheduledControl] = (),
        like: Instrument | None = None,
    ) -> None:
        effects = EffectChain(preset.effects, rate)
        release_ms = max(preset.release_ms, SHORTEST_RELEASE_MS)
        self._release = int(release_ms * rate / 1000)
        longest = int(_LONGEST_NOTE_S * rate) - self._release
        super().__init__(effects)
        self._id = preset_id
        self._preset = preset
        self._rate = rate
        self._controls = Controls(controls, rate)
        self._notes = [
            _Placed(note, max(note.start_frame, 0), self._end(note, longest))
            for note in sorted(notes, key=lambda note: (note.start_frame, note.pitch, note.velocity))
        ]
        self._quick_release = int(_MONO_RELEASE_MS * rate / 1000)
        if preset.mono:
            self._join()
        self.sounds_of = None if self._controls.bends else (preset_id, preset, rate)
        """What tells whether another part's notes sound alike; a bent note is like no other."""
        self.held = SoundCache(_CACHE_BYTES)
        """Notes that are rendered."""
        if isinstance(like, SynthInstrument) and self.sounds_of and like.sounds_of == self.sounds_of:
            self.held = like.held
        self.tail_frames = self._release + effects.delay_frames
        longest = max((placed.frames for placed in self._notes), default=0)
        self._lay([placed.start for placed in self._notes], longest + self._release)

    def _end(self, note: ScheduledNote, longest: int) -> int:
        """Where the key is let go, or the pedal under it."""
        start = max(note.start_frame, 0)
        return min(self._controls.held_until(max(note.end_frame, start + 1)), start + longest)

    def _join(self) -> None:
        """One voice only: a note ends where the next begins, and one that begins before the last has ended
        slides there.
        """
        for before, placed in zip(self._notes, self._notes[1:], strict=False):
            if placed.start < before.end + _LEGATO_S * self._rate:
                placed.glide_from = before.note.pitch
            if placed.start < before.end + self._release:
                before.end = min(before.end, placed.start)
                before.stop = placed.start

    def _key(self, placed: "_Placed") -> tuple[int, ...]:
        """What makes two held notes sound alike: nothing that depends on any other note."""
        velocity = placed.note.velocity // VELOCITY_STEP
        bend = (placed.start,) if self._controls.bends else ()
        glide = placed.glide_from if self._preset.glide_ms else -1
        return (placed.note.pitch, velocity, self._held_frames(placed), glide, *bend)

    def _held_frames(self, placed: "_Placed") -> int:
        """The note's length rounded up to one of a few (…, 1, 1.5, 2, 3, 4 … s), so that notes of like length
        share.
        """
        seconds = min((placed.frames + self._release) / self._rate, _LONGEST_NOTE_S)
        whole = 2.0 ** math.ceil(math.log2(max(seconds, 0.25)))
        return int((0.75 * whole if seconds <= 0.75 * whole else whole) * self._rate) + 1

    def _sound(self, number: int) -> Audio:
        placed = self._notes[number]
        key = self._key(placed)
        held = self.held.get(key, lambda: self._render_held(key, placed))
        velocity = placed.note.velocity
        release = self._release
        if placed.stop is not None:
            release = min(release, max(placed.stop - placed.end, 0) + self._quick_release)
        # Doubling velocity adds a fixed number of decibels, as a hand expects.
        loudness = (max(velocity, 1) / 100) ** (self._preset.velocity_db / 20)
        sound = held[: placed.frames + release] * np.float32(loudness)
        sound[placed.frames :] *= release_curve(len(sound) - placed.frames)[:, np.newaxis]
        levels = self._controls.levels(placed.start, len(sound))
        if levels is not None:
            sound = sound * levels
        return sound

    def _render_held(self, key: tuple[int, ...], placed: "_Placed") -> Audio:
        preset, rate = self._preset, self._rate
        pitch, step, frames = key[:3]
        away = placed.glide_from - placed.note.pitch if placed.glide_from >= 0 else 0
        bend = (lambda: self._controls.bend(placed.start, frames)) if self._controls.bends else None
        semitones = movement(preset, rate, 0, frames, away=away, bend=bend)
        turns_per_frame = 440.0 * 2.0 ** ((pitch - 69) / 12) / rate
        if semitones is None:
            turns = np.arange(frames, dtype=np.float64) * turns_per_frame
            highest = 1.0
        else:
            ratio = np.exp(semitones * np.float32(np.log(2) / 12))
            turns = np.cumsum(ratio, dtype=np.float64)
            turns *= turns_per_frame
            highest = float(ratio.max())
        sound = HeldSound(self._id, preset, pitch, step, rate, frames, highest_ratio=highest)
        return sound.render(0, turns, {})


class _Placed:
    """A note on its way to the grid; a following note may shorten it."""

    __slots__ = ("end", "glide_from", "note", "start", "stop")

    def __init__(self, note: ScheduledNote, start: int, end: int) -> None:
        self.note = note
        self.start = start
        self.end = end
        self.glide_from = -1
        self.stop: int | None = None

    @property
    def frames(self) -> int:
        """How long the key is down."""
        return max(self.end - self.start, 1)

"""Keys of a preset, made ready before they are struck where that can be foreseen."""

import threading
import weakref
from collections.abc import Iterable

from ._held_sound import VELOCITY_STEP, HeldSound
from ._preset import SynthPreset

_PREPARED_S = 4.0
_MOST = 80
# What is likely to be played first: the keys around the middle, at the velocities of most touches.
_KEYS_AROUND = 10
_LIKELY_VELOCITIES = (100, 88, 76)

Key = tuple[int, int, int]
"""Pitch, step of velocity, semitones away from which it glides."""


class PreparedSounds:
    """Makes keys ready and keeps those that were struck lately: one or two milliseconds each, once."""

    def __init__(self, preset_id: str, preset: SynthPreset, rate: int) -> None:
        self._id = preset_id
        self._preset = preset
        self._rate = rate
        self._sounds: dict[Key, HeldSound] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def get(self, pitch: int, velocity: int, away: int = 0) -> HeldSound:
        """The sound of a key, which glides from `away` semitones above it."""
        key = (pitch, velocity // VELOCITY_STEP, away if self._preset.glide_ms else 0)
        with self._lock:
            sound = self._sounds.pop(key, None)
            if sound is not None:
                self._sounds[key] = sound
        return sound or self._made(key)

    def warm_up(self) -> None:
        """Make ready what is likely to be played, on a thread of its own."""
        middle = self._preset.middle
        pitches = sorted(
            range(max(middle - _KEYS_AROUND, 0), min(middle + _KEYS_AROUND, 127) + 1),
            key=lambda pitch: abs(pitch - middle),
        )
        keys = [(pitch, each // VELOCITY_STEP, 0) for each in _LIKELY_VELOCITIES for pitch in pitches]
        # The thread holds nothing alive: an instrument that is given up ends it.
        self._thread = threading.Thread(
            target=_make_ready, args=(weakref.ref(self), keys), name="warm up keys", daemon=True
        )
        self._thread.start()

    def settle(self) -> None:
        """Wait until the warming up is done."""
        if self._thread is not None:
            self._thread.join()

    def make_ready(self, key: Key) -> None:
        """Make a key ready unless it is."""
        with self._lock:
            known = key in self._sounds
        if not known:
            self._made(key)

    def _made(self, key: Key) -> HeldSound:
        pitch, step, away = key
        moves = max(self._preset.vibrato.cents / 100, self._preset.bend.semitones + max(away, 0), 0.0)
        sound = HeldSound(
            self._id,
            self._preset,
            pitch,
            step,
            self._rate,
            int(_PREPARED_S * self._rate),
            highest_ratio=2.0 ** (moves / 12),
            is_open=True,
        )
        with self._lock:
            self._sounds[key] = sound
            if len(self._sounds) > _MOST:
                del self._sounds[next(iter(self._sounds))]
        return sound


def _make_ready(sounds: "weakref.ref[PreparedSounds]", keys: Iterable[Key]) -> None:
    for key in keys:
        alive = sounds()
        if alive is None:
            return
        alive.make_ready(key)
        del alive

"""The sound of one key while it is down, at full velocity and without its release."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ._envelope import slow_sine
from ._held_note import HeldNote, Mono, Piece, Turns
from ._layers import prepare_layer
from ._preset import SynthPreset
from ._schedule import Audio

VELOCITY_STEP = 12
"""Velocities this near to each other have one timbre."""

BEND_SEMITONES = 2.0


class HeldSound:
    """A key of a preset, made ready.

    Args:
        preset_id: names the sound, so that its chance phases are always the same.
        preset: its recipe.
        pitch: MIDI key.
        velocity_step: velocity // `VELOCITY_STEP`.
        rate: frames per second.
        frames: for how long it is made ready.
        highest_ratio: how far above its pitch it will ever go (1 = never).
        is_open: see `HeldNote`.
    """

    def __init__(
        self,
        preset_id: str,
        preset: SynthPreset,
        pitch: int,
        velocity_step: int,
        rate: int,
        frames: int,
        *,
        highest_ratio: float = 1.0,
        is_open: bool = False,
    ) -> None:
        velocity = velocity_step * VELOCITY_STEP + VELOCITY_STEP / 2
        brightness = (velocity - 100) / 100
        seed = f"{preset_id}/{pitch}"
        hz = 440.0 * 2.0 ** ((pitch - 69) / 12)
        self.turns_per_frame = hz / rate
        self._rate = rate
        self._vibrato = preset.vibrato
        self._gain = np.float32(10 ** (preset.level_db / 20))
        note = HeldNote(hz, highest_ratio, brightness, rate, seed, frames, is_open=is_open)
        self._voices = [prepare_layer(note, layer) for layer in preset.layers]

    def render(self, first: int, turns: Turns, memory: dict[int, object]) -> Audio:
        """[frames, 1 or 2] from this frame of the note on.

        Args:
            first: a piece begins where the last one ended.
            turns: [frames] how often a wave of its pitch has turned.
            memory: an empty one for each note; pieces of one note share it.
        """
        piece = Piece(first, turns, memory)
        for voice in self._voices:
            voice(piece)
        gain: Audio | np.float32 = self._gain
        vibrato = self._vibrato
        if vibrato.level:
            wave = slow_sine(
                piece.frames, self._rate, vibrato.hz, phase=0.2, delay_s=vibrato.delay_s, first=first
            )
            gain = ((1 + np.float32(vibrato.level) * wave) * gain)[:, np.newaxis]
        if piece.wide:
            return np.stack((piece.left, piece.right), axis=1) * gain
        return piece.left[:, np.newaxis] * gain


def movement(
    preset: SynthPreset,
    rate: int,
    first: int,
    frames: int,
    *,
    away: int = 0,
    bend: Callable[[], NDArray[np.float32]] | None = None,
) -> Mono | None:
    """[frames] semitones above the note's pitch, from this frame of it on; None if it never leaves it.

    Args:
        preset: how it moves by itself.
        rate: frames per second.
        first: a frame of the note.
        frames: how many.
        away: how many semitones above its pitch it begins to glide there.
        bend: gives [frames] −1..1 of the pitch wheel; None while nobody touches it.
    """
    parts: list[Mono] = []
    if preset.vibrato.cents:
        vibrato = preset.vibrato
        wave = slow_sine(frames, rate, vibrato.hz, delay_s=vibrato.delay_s, first=first)
        parts.append(wave * np.float32(vibrato.cents / 100))
    t = np.arange(first, first + frames, dtype=np.float32) * np.float32(1000 / rate)
    if preset.bend.semitones:
        parts.append(np.float32(preset.bend.semitones) * np.exp(t * np.float32(-4 / preset.bend.ms)))
    if preset.glide_ms and away:
        parts.append(np.float32(away) * np.exp(t * np.float32(-4 / preset.glide_ms)))
    if bend is not None:
        parts.append(bend() * np.float32(BEND_SEMITONES))
    return np.asarray(sum(parts[1:], parts[0]), np.float32) if parts else None

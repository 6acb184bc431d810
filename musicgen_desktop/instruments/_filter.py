"""Filters, as responses to multiply harmonics with, and how their cutoff moves during a note."""

import numpy as np
from numpy.typing import NDArray

from ._envelope import CONTROL_FRAMES, slow_points, slow_sine
from ._held_note import HeldNote, Mono
from ._preset import Filter

MIDDLE_C_HZ = 261.6256


def resting_octaves(note: HeldNote, shape: Filter, hz: float) -> NDArray[np.float64]:
    """[1] cutoff in octaves above the pitch, without what moves in time."""
    tracked = shape.cutoff_hz * (hz / MIDDLE_C_HZ) ** shape.key_track
    return np.array([np.log2(tracked / hz) + shape.velocity_octaves * note.brightness])


def cutoff_octaves(note: HeldNote, shape: Filter, hz: float, first: int, frames: int) -> Mono:
    """[frames] cutoff in octaves above the pitch, from this frame of the note on."""
    octaves = np.full(frames, resting_octaves(note, shape, hz)[0], np.float32)
    if shape.env_octaves:
        octaves += shape.env.curve(frames, note.rate, first) * np.float32(shape.env_octaves)
    if shape.lfo_octaves:
        octaves += np.float32(shape.lfo_octaves) * slow_sine(frames, note.rate, shape.lfo_hz, first=first)
    return octaves


def coming_octaves(note: HeldNote, shape: Filter, hz: float) -> Mono:
    """[looks] the same over the whole of what the note prepares for, one look every `note.step` frames."""
    if note.step == 1:
        return cutoff_octaves(note, shape, hz, 0, note.frames)
    looks = -(-note.frames // CONTROL_FRAMES) + 1
    octaves = np.full(looks, resting_octaves(note, shape, hz)[0], np.float32)
    if shape.env_octaves:
        octaves += shape.env.curve(looks, note.rate, step=note.step) * np.float32(shape.env_octaves)
    if shape.lfo_octaves:
        octaves += np.float32(shape.lfo_octaves) * slow_points(looks, note.rate, shape.lfo_hz)
    return octaves


def harmonics_response(shape: Filter, octaves: NDArray[np.float64], harmonics: int) -> NDArray[np.complex128]:
    """[rows, harmonics] complex response at each cutoff, given in octaves above the pitch."""
    return filter_response(shape, np.arange(1, harmonics + 1) / np.exp2(octaves)[:, np.newaxis])


def filter_response(shape: Filter, x: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Complex response where `x` is frequency over cutoff.

    Source: the transfer functions of the two-pole state-variable filter and of the four-pole ladder with
        feedback.
    """
    s = 1j * x
    if shape.kind == "lp24":
        feedback = 3.85 * shape.resonance
        # Feedback thins the bass of a ladder; half of that is given back.
        return np.asarray((1 + feedback) ** 0.6 / ((1 + s) ** 4 + feedback))
    damping = 1 / (0.6 * 2.0 ** (4.3 * shape.resonance))
    below = 1 + s * damping + s * s
    if shape.kind == "lp12":
        return np.asarray(1 / below)
    if shape.kind == "hp12":
        return np.asarray(s * s / below)
    return np.asarray(s * damping / below)


def filter_gain(shape: Filter, x: Mono) -> Mono:
    """The size of `filter_response`, in single precision and much faster."""
    square = x * x
    below = 1 - square
    if shape.kind == "lp24":
        feedback = np.float32(3.85 * shape.resonance)
        real = below * below - 4 * square + feedback
        lowpass: Mono = (1 + feedback) ** np.float32(0.6) / np.sqrt(real * real + 16 * square * below * below)
        return lowpass
    damping = np.float32(1 / (0.6 * 2.0 ** (4.3 * shape.resonance)))
    upper = {"lp12": np.float32(1), "hp12": square}.get(shape.kind, x * damping)
    gain: Mono = upper / np.sqrt(below * below + square * (damping * damping))
    return gain

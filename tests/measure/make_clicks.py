"""The metronome's two sounds: knocks on a block of wood, computed.

    python tests/measure/make_clicks.py

Writes resources/metronome/accent.wav and beat.wav anew, 48 kHz mono at 24 bits.

A struck bar rings at its bending modes, whose frequencies go like 1 : 2.76 : 5.40 (free ends); wood damps the
higher ones sooner. The stroke itself is a breath of noise of two milliseconds.
"""

import math
from pathlib import Path

import numpy as np

from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.media import write_wav

RATE = 48_000
LENGTH_S = 0.08
PEAK_DBFS = -7.0
SOUNDS_HZ = {"accent": 1568.0, "beat": 1046.5}  # G6 and C6

_MODES = ((1.0, 1.0, 0.011), (2.76, 0.42, 0.0045), (5.4, 0.1, 0.002))
"""(times the lowest frequency, how strong, seconds to fall by 8.7 dB)."""


def knock(hertz: float) -> np.ndarray:
    """[frames] float32 of one stroke, whose lowest mode has this frequency."""
    at = np.arange(round(LENGTH_S * RATE)) / RATE
    sound = np.zeros_like(at)
    for ratio, strength, fall_s in _MODES:
        # Struck hard, the block sounds a little higher for its first milliseconds.
        turns = hertz * ratio * (at + 0.02 * 0.004 * (1.0 - np.exp(-at / 0.004)))
        sound += strength * np.exp(-at / fall_s) * np.sin(2.0 * np.pi * turns)
    breath = np.random.default_rng(round(hertz)).standard_normal(len(at))
    breath -= np.concatenate([[0.0], breath[:-1]]) * 0.6
    sound += 0.12 * breath * np.exp(-at / 0.0012)
    rise, fall = round(0.0004 * RATE), round(0.02 * RATE)
    sound[:rise] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    sound[-fall:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, fall + 1) / fall)
    return (sound * (math.pow(10.0, PEAK_DBFS / 20.0) / np.abs(sound).max())).astype(np.float32)


def write_clicks(folder: Path) -> None:
    """Both sounds as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, hertz in SOUNDS_HZ.items():
        write_wav(folder / f"{name}.wav", knock(hertz), RATE, 24)


if __name__ == "__main__":
    write_clicks(resources_folder() / "metronome")

"""Filtered noise: made at once where it ends by itself, else as long as the note lasts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._filter import coming_octaves, cutoff_octaves, filter_gain
from ._held_note import HeldNote, LayerVoice, Mono, Piece
from ._preset import Filter, NoiseLayer

_RMS = 0.3
_LOOP_S = 2.5
_LONGEST_AT_ONCE_S = 0.6
_HOP, _WINDOW_FRAMES = 512, 1024
_WINDOW = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW_FRAMES) / _WINDOW_FRAMES)).astype(
    np.float32
)


def prepare_noise(note: HeldNote, layer: NoiseLayer) -> LayerVoice:
    """The voice of a noise layer.

    Of a note that is open, noise that rings on is made window by window: other chance numbers than in a note
    of known length, the same sound.
    """
    frames = layer.amp.heard_frames(note.frames, note.rate)
    octaves = coming_octaves(note, layer.filter, note.hz)
    moving = float(octaves.max() - octaves.min()) > 1e-3
    level = np.float32(10.0 ** (layer.level_db / 20))
    pans = (-1.0, 1.0) if layer.wide else (layer.pan,)
    if note.is_open and frames > _LONGEST_AT_ONCE_S * note.rate:
        return _endless(note, layer, level, pans)
    if moving and note.is_open:
        octaves = cutoff_octaves(note, layer.filter, note.hz, 0, frames)
    noises = [
        _moving_noise(note, layer.filter, octaves[:frames])
        if moving
        else _steady_noise(note, layer.filter, float(octaves[0]), frames)
        for _ in pans
    ]

    def voice(piece: Piece) -> None:
        count = min(piece.frames, frames - piece.first)
        if count <= 0:
            return
        gain = layer.amp.curve(count, note.rate, piece.first) * level
        for noise, pan in zip(noises, pans, strict=True):
            piece.add(noise[piece.first : piece.first + count], gain, pan)

    return voice


def _endless(note: HeldNote, layer: NoiseLayer, level: np.float32, pans: tuple[float, ...]) -> LayerVoice:
    seeds = note.random.integers(0, 1 << 32, len(pans))

    def voice(piece: Piece) -> None:
        streams: Any = piece.memory.get(id(layer))
        if streams is None:
            streams = piece.memory[id(layer)] = [_Stream(note, layer.filter, int(seed)) for seed in seeds]
        octaves = cutoff_octaves(note, layer.filter, note.hz, piece.first, piece.frames)
        gain = layer.amp.curve(piece.frames, note.rate, piece.first) * level
        for stream, pan in zip(streams, pans, strict=True):
            piece.add(stream.take(octaves), gain, pan)

    return voice


class _Stream:
    """Noise through a filter, as much as is asked for."""

    def __init__(self, note: HeldNote, shape: Filter, seed: int) -> None:
        self._random = np.random.Generator(np.random.PCG64(seed))
        self._shape = shape
        self._scale = np.float32(note.rate / _WINDOW_FRAMES / note.hz)
        self._white = _white(self._random, _HOP, _RMS)
        self._half: Mono | None = None
        self._ready = np.zeros(0, np.float32)

    def take(self, octaves: Mono) -> Mono:
        """[frames] more of it, the filter at these octaves above the pitch."""
        missing = len(octaves) - len(self._ready)
        if missing > 0:
            count = -(-missing // _HOP) + (self._half is None)
            places = np.minimum(len(self._ready) + np.arange(count) * _HOP, len(octaves) - 1)
            white = np.concatenate((self._white, _white(self._random, count * _HOP, _RMS)))
            pieces = _filtered_windows(white, self._shape, self._scale * np.exp2(-octaves[places]))
            before = pieces[:0, _HOP:] if self._half is None else self._half[np.newaxis]
            halves = np.concatenate((before, pieces[:, _HOP:]))
            new = halves[:-1] + pieces[len(pieces) - len(halves) + 1 :, :_HOP]
            self._white = white[-_HOP:]
            self._half = halves[-1]
            self._ready = np.concatenate((self._ready, new.reshape(-1)))
        taken, self._ready = self._ready[: len(octaves)], self._ready[len(octaves) :]
        return taken


def _white(random: np.random.Generator, count: int, rms: float) -> Mono:
    """[count] evenly spread chance numbers; after a filter nobody hears that they are not normal ones."""
    noise = random.random(count, np.float32)
    noise -= np.float32(0.5)
    noise *= np.float32(rms * np.sqrt(12))
    return noise


def _steady_noise(note: HeldNote, shape: Filter, octaves: float, frames: int) -> Mono:
    """Noise through a filter at rest, made as a spectrum; one of a few seconds is repeated."""
    size = 1 << int(np.ceil(np.log2(max(64, min(frames, _LOOP_S * note.rate)))))
    bins = _white(note.random, size + 2, _RMS * np.sqrt(size / 2)).view(np.complex64)
    x = np.arange(len(bins), dtype=np.float32) * np.float32(note.rate / size / (note.hz * 2.0**octaves))
    bins *= filter_gain(shape, x)
    bins[0] = 0
    noise = np.fft.irfft(bins, size).astype(np.float32, copy=False)
    return np.resize(noise, frames) if frames > size else noise[:frames]


def _moving_noise(note: HeldNote, shape: Filter, octaves: Mono) -> Mono:
    """Noise through a filter that moves ([frames] octaves above the pitch): overlapping windows, which for
    noise cannot be told from the real thing.
    """
    frames = len(octaves)
    count = -(-frames // _HOP) + 1
    ahead = _white(note.random, (count + 1) * _HOP, _RMS)
    middles = np.clip(np.arange(count) * _HOP, 0, frames - 1)
    step = np.float32(note.rate / _WINDOW_FRAMES / note.hz) * np.exp2(-octaves[middles])
    pieces = _filtered_windows(ahead, shape, step)
    # The second half of each window meets the first half of the next.
    return (pieces[:-1, _HOP:] + pieces[1:, :_HOP]).reshape(-1)[:frames]


def _filtered_windows(white: Mono, shape: Filter, steps: Mono) -> NDArray[np.float32]:
    """[windows, window] of white noise, each through the filter whose cutoff is 1 / step bins."""
    pieces = np.lib.stride_tricks.sliding_window_view(white, _WINDOW_FRAMES)[::_HOP] * _WINDOW
    x = np.arange(_WINDOW_FRAMES // 2 + 1, dtype=np.float32) * steps[:, np.newaxis]
    bins = np.fft.rfft(pieces, axis=1)
    bins *= filter_gain(shape, x)
    filtered: Mono = np.fft.irfft(bins, _WINDOW_FRAMES, axis=1).astype(np.float32, copy=False)
    filtered *= _WINDOW
    return filtered

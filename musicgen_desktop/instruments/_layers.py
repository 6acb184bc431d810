"""Each kind of layer, rendered for one held note."""

import zlib

import numpy as np
from numpy.typing import NDArray

from ._envelope import sine, slow_sine
from ._preset import Filter, FmLayer, Layer, ModalLayer, MorphLayer, NoiseLayer, StringLayer, WaveLayer
from ._tables import (
    Spectrum,
    Stack,
    cycles,
    driven,
    harmonic_count,
    packed,
    read_voices,
    table_length,
    wave_spectrum,
)

Mono = NDArray[np.float32]
Turns = NDArray[np.float64]

_ROWS_PER_OCTAVE = 6
_STRING_ROWS = 24
_MIDDLE_C_HZ = 261.6256
_NOISE_RMS = 0.3
_NOISE_LOOP_S = 2.5


class HeldNote:
    """One note while its key is down: what every layer needs to know, and the two sides to add to."""

    def __init__(
        self, hz: float, turns: Turns, highest_ratio: float, brightness: float, rate: int, seed: str
    ) -> None:
        """A note whose layers are added up in `left` and `right`.

        Args:
            hz: pitch at rest.
            turns: [frames] how often a wave of this pitch has turned, with vibrato and glide in it.
            highest_ratio: how far above `hz` the pitch ever goes (1 = never).
            brightness: velocity as −1..0.3; 0 at velocity 100.
            rate: frames per second.
            seed: names the note, so that its chance phases are always the same.
        """
        self.hz = hz
        self.turns = turns
        self.highest_ratio = highest_ratio
        self.brightness = brightness
        self.rate = rate
        self.random = np.random.Generator(np.random.PCG64(zlib.crc32(seed.encode())))
        self.left = np.zeros(len(turns), np.float32)
        self.right = np.zeros(len(turns), np.float32)
        self.wide = False

    @property
    def frames(self) -> int:
        """Length of the note."""
        return len(self.turns)

    def add(self, sound: Mono, gain: Mono | float, pan: float) -> None:
        """Add a sound, which may end before the note, at a place from left −1 to right 1."""
        part = sound * gain
        place = slice(0, len(part))
        if not pan:
            self.left[place] += part
            self.right[place] += part
            return
        self.wide = True
        left, right = _sides(pan)
        self.left[place] += part * left
        self.right[place] += part * right


def _sides(pan: float) -> tuple[np.float32, np.float32]:
    """Gains of both sides: unity in the middle."""
    angle = (pan + 1) * np.pi / 4
    return np.float32(np.sqrt(2) * np.cos(angle)), np.float32(np.sqrt(2) * np.sin(angle))


def add_layer(note: HeldNote, layer: Layer) -> None:
    """Render one layer into the note."""
    if isinstance(layer, WaveLayer):
        _add_wave(note, layer)
    elif isinstance(layer, FmLayer):
        _add_fm(note, layer)
    elif isinstance(layer, MorphLayer):
        _add_morph(note, layer)
    elif isinstance(layer, StringLayer):
        _add_string(note, layer)
    elif isinstance(layer, ModalLayer):
        _add_modal(note, layer)
    else:
        _add_noise(note, layer)


def _add_wave(note: HeldNote, layer: WaveLayer) -> None:
    hz, harmonics = _reach(note, layer)
    moving = layer.wave == "pulse" and layer.pwm > 0
    spectrum = wave_spectrum("saw" if moving else layer.wave, harmonics, layer.width)
    if layer.formants:
        plain = np.sqrt(np.sum(np.abs(spectrum) ** 2))
        spectrum = spectrum * _formants(layer.formants, hz * np.arange(1, harmonics + 1, dtype=np.float64))
        # A vocal tract takes most of the sound away, and more at some pitches: the loudness of the bare wave
        # is kept.
        spectrum = spectrum * plain / max(float(np.sqrt(np.sum(np.abs(spectrum) ** 2))), 1e-9)
    stack, row = _filtered(note, layer.filter, spectrum, hz, layer.drive)
    gain = layer.amp.curve(note.frames, note.rate) * np.float32(_db(layer.level_db))

    width: Mono | None = None
    if moving:
        slow = slow_sine(note.frames, note.rate, layer.pwm_hz)
        width = np.float32(layer.width) + np.float32(layer.pwm) * slow
    _add_unison(note, layer, stack, row, gain, width)


def _add_fm(note: HeldNote, layer: FmLayer) -> None:
    hz, harmonics = _reach(note, layer)
    # High notes take a smaller index, as on the instruments this imitates; else they turn to noise.
    scale = (_MIDDLE_C_HZ / max(hz, 30.0)) ** (0.5 * layer.key_scale)
    top = layer.index * min(scale, 2.0) * 2.0 ** (2.0 * layer.velocity_index * note.brightness)
    floor = min(layer.index_floor * min(scale, 2.0), top)
    rows = 2 if top - floor < 1e-6 else 16
    index = np.linspace(floor, max(top, floor + 1e-6), rows)
    length = table_length(harmonics)
    x = np.arange(length) / length
    modulator = 2 * np.pi * layer.modulator * x
    bend = np.sin(modulator)
    for _ in range(8 if layer.feedback else 0):
        bend = np.sin(modulator + layer.feedback * bend)
    tables = np.sin(2 * np.pi * layer.carrier * x + index[:, np.newaxis] * bend)
    bins = np.fft.rfft(tables, axis=1)
    bins[:, 0] = 0
    bins[:, harmonics + 1 :] = 0
    stack = packed(np.fft.irfft(bins, length, axis=1).astype(np.float32))
    row = layer.env.curve(note.frames, note.rate) * np.float32(rows - 1)
    gain = layer.amp.curve(note.frames, note.rate) * np.float32(_db(layer.level_db))
    _add_unison(note, layer, stack, row, gain)


def _add_morph(note: HeldNote, layer: MorphLayer) -> None:
    hz, harmonics = _reach(note, layer)
    spectrum = np.concatenate([wave_spectrum(wave, harmonics) for wave in layer.waves])
    if layer.filter:
        spectrum = spectrum * _response(layer.filter, _resting_octaves(note, layer.filter, hz), harmonics)
    stack = packed(cycles(spectrum, table_length(harmonics)))
    place = layer.env.curve(note.frames, note.rate) * np.float32(layer.depth)
    if layer.lfo_depth:
        phase = note.random.uniform()
        slow = slow_sine(note.frames, note.rate, layer.lfo_hz, phase=phase)
        place += np.float32(layer.lfo_depth * 0.5) * slow
    row = np.clip(place, 0, 1) * np.float32(len(layer.waves) - 1)
    gain = layer.amp.curve(note.frames, note.rate) * np.float32(_db(layer.level_db))
    _add_unison(note, layer, stack, row, gain)


def _add_string(note: HeldNote, layer: StringLayer) -> None:
    hz, harmonics = _reach(note, layer)
    k = np.arange(1, harmonics + 1)
    edge = layer.brightness * 2.0 ** (layer.velocity_octaves * note.brightness)
    first = np.abs(np.sin(np.pi * k * layer.pick)) / k**layer.tilt / (1 + (k * hz / edge) ** 2)
    first /= np.sqrt(np.sum(first**2)) * 1.4
    # Short strings die sooner; so do high harmonics.
    fall = 6.9 / (layer.decay_s * (_MIDDLE_C_HZ / hz) ** 0.6) * (1 + layer.damping * 0.25 * (k - 1) ** 1.2)
    seconds = note.frames / note.rate
    # Rows lie densely at first, where the sound changes fast: time = span · (e^(3u) − 1) / (e³ − 1).
    u = np.linspace(0, 1, _STRING_ROWS)
    times = seconds * np.expm1(3 * u) / np.expm1(3)
    spectrum = (first * np.exp(-times[:, np.newaxis] * fall)) * np.exp(-2j * np.pi * 0.13 * k**1.5)
    stack = packed(cycles(spectrum, table_length(harmonics)))
    t = np.arange(note.frames, dtype=np.float32) / np.float32(max(note.frames, 1))
    row = np.log1p(t * np.float32(np.expm1(3))) * np.float32((_STRING_ROWS - 1) / 3)
    np.clip(row, 0, _STRING_ROWS - 1, out=row)
    gain = layer.amp.curve(note.frames, note.rate) * np.float32(_db(layer.level_db))
    _add_unison(note, layer, stack, row, gain)


def _add_modal(note: HeldNote, layer: ModalLayer) -> None:
    hz = note.hz * 2.0 ** (layer.tune / 12)
    gain = layer.amp.curve(note.frames, note.rate) * np.float32(_db(layer.level_db))
    t = np.arange(note.frames, dtype=np.float32) / np.float32(note.rate)
    speed = (_MIDDLE_C_HZ / hz) ** layer.key_decay
    for number, (ratio, level_db, decay_s) in enumerate(layer.partials):
        partial = hz * ratio
        if partial * note.highest_ratio > 0.45 * note.rate:
            continue
        level = _db(level_db) * 2.0 ** (layer.velocity_tilt * note.brightness * min(number, 4) * 0.7)
        turns = note.turns * (ratio * hz / note.hz)
        wave = sine(turns)
        wave *= np.exp(t * np.float32(-6.9 / (decay_s * speed))) * np.float32(level)
        note.add(wave, gain, layer.pan + layer.spread * (0.6 if number % 2 else -0.6) * (number > 0))


def _add_noise(note: HeldNote, layer: NoiseLayer) -> None:
    frames = layer.amp.heard_frames(note.frames, note.rate)
    gain = layer.amp.curve(frames, note.rate) * np.float32(_db(layer.level_db))
    octaves = _cutoff_octaves(note, layer.filter, note.hz)
    moving = float(octaves.max() - octaves.min()) > 1e-3
    for pan in (-1.0, 1.0) if layer.wide else (layer.pan,):
        if moving:
            noise = _moving_noise(note, layer.filter, octaves[:frames])
        else:
            noise = _steady_noise(note, layer.filter, float(octaves[0]), frames)
        note.add(noise, gain, pan)


def _reach(note: HeldNote, layer: WaveLayer | FmLayer | MorphLayer | StringLayer) -> tuple[float, int]:
    """The layer's pitch at rest, and how many harmonics never cross half the sample rate."""
    hz = note.hz * 2.0 ** (layer.tune / 12)
    detune = 2.0 ** (1.2 * layer.detune_cents / 1200)
    return hz, harmonic_count(hz * note.highest_ratio * detune, note.rate)


def _add_unison(
    note: HeldNote,
    layer: WaveLayer | FmLayer | MorphLayer | StringLayer,
    stack: Stack,
    row: Mono | float,
    gain: Mono,
    width: Mono | None = None,
) -> None:
    """Several voices side by side, slightly out of tune.

    With a `width`, [frames] in turns, each is a pulse: a saw minus the same saw later by its width, which may
    move freely, and nothing aliases.
    """
    count = layer.unison
    # The outer voices are softer: the note keeps a core, and its beating never swallows it.
    places = np.linspace(-1, 1, count) if count > 1 else np.zeros(1)
    weights = 1 - 0.35 * np.abs(places)
    weights /= np.sqrt(np.sum(weights**2))
    numbers = np.arange(count)
    # Unequal steps, so that the beats of the voices never line up.
    uneven = (numbers * 0.618 % 1 - 0.5) / count if count > 2 else np.zeros(count)
    ratios = np.exp2(layer.tune / 12 + (places + uneven) * layer.detune_cents / 1200)
    phases = np.array([note.random.uniform() for _ in numbers]) if count > 1 else np.zeros(1)
    # Neighbours in pitch stand on opposite sides.
    sides = np.where(numbers % 2, places, -places)
    pans = np.clip(layer.pan + layer.spread * sides, -1, 1)
    wide = bool(np.any(pans))
    gains = np.array([_sides(pan) for pan in pans]).T if wide else np.ones((1, count), np.float32)
    gains = np.asarray(gains * weights, np.float32)
    out = np.zeros((len(gains), note.frames), np.float32)
    read_voices(stack, note.turns, ratios, phases, row, gains, out)
    if width is not None:
        read_voices(stack, note.turns, ratios, phases, row, -gains, out, width)
    out *= gain
    note.left += out[0]
    note.right += out[-1]
    note.wide = note.wide or wide


def _filtered(
    note: HeldNote, shape: Filter | None, spectrum: Spectrum, hz: float, drive: float
) -> tuple[Stack, Mono | float]:
    """The stack of a wave seen through its filter, and the row of each frame."""
    harmonics = spectrum.shape[1]
    length = table_length(harmonics)
    row: Mono | float = 0.0
    if shape:
        octaves = _cutoff_octaves(note, shape, hz)
        np.clip(octaves, -3.0, np.log2(harmonics) + 3.0, out=octaves)
        lowest, highest = float(octaves.min()), float(octaves.max())
        rows = int((highest - lowest) * _ROWS_PER_OCTAVE) + 1
        if highest - lowest > 1e-3:
            row = (octaves - np.float32(lowest)) * np.float32(_ROWS_PER_OCTAVE)
            rows += 1
        settings = lowest + np.arange(rows) / _ROWS_PER_OCTAVE
        spectrum = spectrum * _response(shape, settings, harmonics)
    if drive:
        tables = driven(cycles(spectrum, max(length, 4096)), drive, harmonics)
    else:
        tables = cycles(spectrum, length)
    return packed(tables), row


def _resting_octaves(note: HeldNote, shape: Filter, hz: float) -> NDArray[np.float64]:
    """[1] cutoff in octaves above the pitch, without what moves in time."""
    tracked = shape.cutoff_hz * (hz / _MIDDLE_C_HZ) ** shape.key_track
    return np.array([np.log2(tracked / hz) + shape.velocity_octaves * note.brightness])


def _cutoff_octaves(note: HeldNote, shape: Filter, hz: float) -> Mono:
    """[frames] cutoff in octaves above the pitch."""
    octaves = np.full(note.frames, _resting_octaves(note, shape, hz)[0], np.float32)
    if shape.env_octaves:
        octaves += shape.env.curve(note.frames, note.rate) * np.float32(shape.env_octaves)
    if shape.lfo_octaves:
        octaves += np.float32(shape.lfo_octaves) * slow_sine(note.frames, note.rate, shape.lfo_hz)
    return octaves


def _response(shape: Filter, octaves: NDArray[np.float64], harmonics: int) -> Spectrum:
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


def _white(note: HeldNote, count: int, rms: float) -> Mono:
    """[count] evenly spread chance numbers; after a filter nobody hears that they are not normal ones."""
    noise = note.random.random(count, np.float32)
    noise -= np.float32(0.5)
    noise *= np.float32(rms * np.sqrt(12))
    return noise


def _steady_noise(note: HeldNote, shape: Filter, octaves: float, frames: int) -> Mono:
    """Noise through a filter at rest, made as a spectrum; one of a few seconds is repeated."""
    size = 1 << int(np.ceil(np.log2(max(64, min(frames, _NOISE_LOOP_S * note.rate)))))
    bins = _white(note, size + 2, _NOISE_RMS * np.sqrt(size / 2)).view(np.complex64)
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
    hop, size = 512, 1024
    count = -(-frames // hop) + 1
    ahead = _white(note, (count + 1) * hop, _NOISE_RMS)
    window = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)).astype(np.float32)
    pieces = np.lib.stride_tricks.sliding_window_view(ahead, size)[::hop] * window
    middles = np.clip(np.arange(count) * hop, 0, frames - 1)
    step = np.float32(note.rate / size / note.hz) * np.exp2(-octaves[middles])
    x = np.arange(size // 2 + 1, dtype=np.float32) * step[:, np.newaxis]
    bins = np.fft.rfft(pieces, axis=1)
    bins *= filter_gain(shape, x)
    pieces = np.fft.irfft(bins, size, axis=1).astype(np.float32, copy=False)
    pieces *= window
    # The second half of each window meets the first half of the next.
    return (pieces[:-1, hop:] + pieces[1:, :hop]).reshape(-1)[:frames]


def _formants(
    formants: tuple[tuple[float, float, float], ...], hz: NDArray[np.float64]
) -> NDArray[np.float64]:
    """[harmonics] gain of a vocal tract: peaks over a quiet floor."""
    gain = np.full(len(hz), 0.03)
    for centre, level_db, width in formants:
        gain += _db(level_db) / (1 + ((hz - centre) / (width / 2)) ** 2)
    return gain


def _db(value: float) -> float:
    return float(10.0 ** (value / 20))

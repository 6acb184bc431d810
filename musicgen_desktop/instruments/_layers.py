"""Each kind of layer, made ready for one held note, then rendered a piece at a time."""

import numpy as np

from ._envelope import sine, slow_sine
from ._filter import MIDDLE_C_HZ, coming_octaves, cutoff_octaves, harmonics_response, resting_octaves
from ._held_note import HeldNote, LayerVoice, Mono, Piece
from ._noise_layer import prepare_noise
from ._preset import Filter, FmLayer, Layer, ModalLayer, MorphLayer, StringLayer, WaveLayer
from ._tables import Spectrum, Stack, cycles, driven, harmonic_count, packed, table_length, wave_spectrum
from ._unison import Unison

_ROWS_PER_OCTAVE = 6
_STRING_ROWS = 24
_STRETCH = 4


def prepare_layer(note: HeldNote, layer: Layer) -> LayerVoice:
    """The voice of one layer: the slow part of a note, for which its pitch and velocity are all it takes."""
    if isinstance(layer, WaveLayer):
        return _prepare_wave(note, layer)
    if isinstance(layer, FmLayer):
        return _prepare_fm(note, layer)
    if isinstance(layer, MorphLayer):
        return _prepare_morph(note, layer)
    if isinstance(layer, StringLayer):
        return _prepare_string(note, layer)
    if isinstance(layer, ModalLayer):
        return _prepare_modal(note, layer)
    return prepare_noise(note, layer)


def _prepare_wave(note: HeldNote, layer: WaveLayer) -> LayerVoice:
    hz, harmonics = _reach(note, layer)
    moving = layer.wave == "pulse" and layer.pwm > 0
    spectrum = wave_spectrum("saw" if moving else layer.wave, harmonics, layer.width)
    if layer.formants:
        plain = np.sqrt(np.sum(np.abs(spectrum) ** 2))
        spectrum = spectrum * _formants(layer.formants, hz * np.arange(1, harmonics + 1, dtype=np.float64))
        # A vocal tract takes most of the sound away, and more at some pitches: the loudness of the bare wave
        # is kept.
        spectrum = spectrum * plain / max(float(np.sqrt(np.sum(np.abs(spectrum) ** 2))), 1e-9)
    table = _Filtered(note, layer.filter, spectrum, hz, layer.drive)
    unison = Unison(note, layer)

    def voice(piece: Piece) -> None:
        gain = _gain(note, layer, piece)
        width: Mono | None = None
        if moving:
            slow = slow_sine(piece.frames, note.rate, layer.pwm_hz, first=piece.first)
            width = np.float32(layer.width) + np.float32(layer.pwm) * slow
        unison.add(piece, table.stack, table.row(piece), gain, width)

    return voice


def _prepare_fm(note: HeldNote, layer: FmLayer) -> LayerVoice:
    hz, harmonics = _reach(note, layer)
    # High notes take a smaller index, as on the instruments this imitates; else they turn to noise.
    scale = (MIDDLE_C_HZ / max(hz, 30.0)) ** (0.5 * layer.key_scale)
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
    unison = Unison(note, layer)

    def voice(piece: Piece) -> None:
        row = layer.env.curve(piece.frames, note.rate, piece.first) * np.float32(rows - 1)
        unison.add(piece, stack, row, _gain(note, layer, piece))

    return voice


def _prepare_morph(note: HeldNote, layer: MorphLayer) -> LayerVoice:
    hz, harmonics = _reach(note, layer)
    spectrum = np.concatenate([wave_spectrum(wave, harmonics) for wave in layer.waves])
    if layer.filter:
        octaves = resting_octaves(note, layer.filter, hz)
        spectrum = spectrum * harmonics_response(layer.filter, octaves, harmonics)
    stack = packed(cycles(spectrum, table_length(harmonics)))
    phase = note.random.uniform() if layer.lfo_depth else 0.0
    unison = Unison(note, layer)

    def voice(piece: Piece) -> None:
        place = layer.env.curve(piece.frames, note.rate, piece.first) * np.float32(layer.depth)
        if layer.lfo_depth:
            slow = slow_sine(piece.frames, note.rate, layer.lfo_hz, phase=phase, first=piece.first)
            place += np.float32(layer.lfo_depth * 0.5) * slow
        row = np.clip(place, 0, 1) * np.float32(len(layer.waves) - 1)
        unison.add(piece, stack, row, _gain(note, layer, piece))

    return voice


def _prepare_string(note: HeldNote, layer: StringLayer) -> LayerVoice:
    hz, harmonics = _reach(note, layer)
    k = np.arange(1, harmonics + 1)
    edge = layer.brightness * 2.0 ** (layer.velocity_octaves * note.brightness)
    first = np.abs(np.sin(np.pi * k * layer.pick)) / k**layer.tilt / (1 + (k * hz / edge) ** 2)
    first /= np.sqrt(np.sum(first**2)) * 1.4
    # Short strings die sooner; so do high harmonics.
    fall = 6.9 / (layer.decay_s * (MIDDLE_C_HZ / hz) ** 0.6) * (1 + layer.damping * 0.25 * (k - 1) ** 1.2)
    # Rows lie densely at first, where the sound changes fast: time = span · (e^(3u) − 1) / (e³ − 1).
    u = np.linspace(0, 1, _STRING_ROWS)

    def stack_between(start: int, end: int) -> Stack:
        seconds = (end - start) / note.rate
        times = start / note.rate + seconds * np.expm1(3 * u) / np.expm1(3)
        spectrum = (first * np.exp(-times[:, np.newaxis] * fall)) * np.exp(-2j * np.pi * 0.13 * k**1.5)
        return packed(cycles(spectrum, table_length(harmonics)))

    stacks = [(0, note.frames, stack_between(0, note.frames))]
    unison = Unison(note, layer)

    def add(piece: Piece, done: int) -> int:
        """Render from this frame of the piece on, as far as one stack reaches; where that is."""
        place = piece.first + done
        while place >= stacks[-1][1]:
            # A note held longer than was prepared for: each further stack reaches four times as far.
            end = stacks[-1][1]
            stacks.append((end, end * _STRETCH, stack_between(end, end * _STRETCH)))
        start, end, stack = next(each for each in stacks if place < each[1])
        count = min(piece.frames - done, end - place)
        t = np.arange(place - start, place - start + count, dtype=np.float32)
        t /= np.float32(max(end - start, 1))
        row = np.log1p(t * np.float32(np.expm1(3))) * np.float32((_STRING_ROWS - 1) / 3)
        np.clip(row, 0, _STRING_ROWS - 1, out=row)
        gain = _gain(note, layer, piece)[done : done + count]
        unison.add(piece, stack, row, gain, at=done)
        return done + count

    def voice(piece: Piece) -> None:
        done = 0
        while done < piece.frames:
            done = add(piece, done)

    return voice


def _prepare_modal(note: HeldNote, layer: ModalLayer) -> LayerVoice:
    hz = note.hz * 2.0 ** (layer.tune / 12)
    speed = (MIDDLE_C_HZ / hz) ** layer.key_decay

    def voice(piece: Piece) -> None:
        gain = _gain(note, layer, piece)
        t = np.arange(piece.first, piece.first + piece.frames, dtype=np.float32) / np.float32(note.rate)
        for number, (ratio, level_db, decay_s) in enumerate(layer.partials):
            partial = hz * ratio
            if partial * note.highest_ratio > 0.45 * note.rate:
                continue
            level = _db(level_db) * 2.0 ** (layer.velocity_tilt * note.brightness * min(number, 4) * 0.7)
            turns = piece.turns * (ratio * hz / note.hz)
            wave = sine(turns)
            wave *= np.exp(t * np.float32(-6.9 / (decay_s * speed))) * np.float32(level)
            piece.add(wave, gain, layer.pan + layer.spread * (0.6 if number % 2 else -0.6) * (number > 0))

    return voice


def _gain(note: HeldNote, layer: Layer, piece: Piece) -> Mono:
    """[frames] the layer's loudness."""
    return layer.amp.curve(piece.frames, note.rate, piece.first) * np.float32(_db(layer.level_db))


def _reach(note: HeldNote, layer: WaveLayer | FmLayer | MorphLayer | StringLayer) -> tuple[float, int]:
    """The layer's pitch at rest, and how many harmonics never cross half the sample rate."""
    hz = note.hz * 2.0 ** (layer.tune / 12)
    detune = 2.0 ** (1.2 * layer.detune_cents / 1200)
    return hz, harmonic_count(hz * note.highest_ratio * detune, note.rate)


class _Filtered:
    """A wave seen through its filter: a stack, and the row of each frame."""

    def __init__(
        self, note: HeldNote, shape: Filter | None, spectrum: Spectrum, hz: float, drive: float
    ) -> None:
        self._note, self._shape, self._hz = note, shape, hz
        harmonics = spectrum.shape[1]
        length = table_length(harmonics)
        self._last = np.float32(0)
        self._moves = False
        if shape:
            self._bounds = -3.0, np.log2(harmonics) + 3.0
            octaves = coming_octaves(note, shape, hz)
            np.clip(octaves, *self._bounds, out=octaves)
            self._lowest, highest = float(octaves.min()), float(octaves.max())
            # What the note needs when it is rendered at once, as most are, need not be worked out again.
            self._octaves = octaves if note.step == 1 else None
            rows = int((highest - self._lowest) * _ROWS_PER_OCTAVE) + 1
            if highest - self._lowest > 1e-3:
                self._moves = True
                rows += 1
            settings = self._lowest + np.arange(rows) / _ROWS_PER_OCTAVE
            self._last = np.float32(rows - 1)
            spectrum = spectrum * harmonics_response(shape, settings, harmonics)
        if drive:
            tables = driven(cycles(spectrum, max(length, 4096)), drive, harmonics)
        else:
            tables = cycles(spectrum, length)
        self.stack = packed(tables)

    def row(self, piece: Piece) -> Mono | float:
        """[frames], or one number where nothing moves."""
        if not self._moves or self._shape is None:
            return 0.0
        if self._octaves is not None:
            octaves = self._octaves[piece.first : piece.first + piece.frames]
        else:
            octaves = cutoff_octaves(self._note, self._shape, self._hz, piece.first, piece.frames)
            np.clip(octaves, *self._bounds, out=octaves)
        row: Mono = (octaves - np.float32(self._lowest)) * np.float32(_ROWS_PER_OCTAVE)
        if self._octaves is None:
            np.clip(row, 0, self._last, out=row)
        return row


def _formants(formants: tuple[tuple[float, float, float], ...], hz: np.ndarray) -> np.ndarray:
    """[harmonics] gain of a vocal tract: peaks over a quiet floor."""
    gain = np.full(len(hz), 0.03)
    for centre, level_db, width in formants:
        gain += _db(level_db) / (1 + ((hz - centre) / (width / 2)) ** 2)
    return gain


def _db(value: float) -> float:
    return float(10.0 ** (value / 20))

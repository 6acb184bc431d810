"""One drum stroke from its recipe."""

import zlib

import numpy as np
from numpy.typing import NDArray

from ._drum_kit import DrumKit, DrumSound
from ._envelope import sine
from ._tables import cycles, harmonic_count, packed, read, table_length, wave_spectrum

_SILENT_DB = -95.0
_END_MS = 6.0
# Ratios of six oscillators that share no simple interval: together they sound like struck metal, not like a
# chord.
_METAL = (1.0, 1.483, 1.8, 2.546, 2.63, 3.9)
_LONGEST_S = 4.0


def render_stroke(
    kit: DrumKit, drum: str, tune: float, velocity: int, variant: int, rate: int
) -> NDArray[np.float32]:
    """[frames] of one stroke at its full level for this velocity.

    Args:
        kit: already joined with its base.
        drum: a name of `kit.sounds`.
        tune: semitones for its body and metal.
        velocity: 1..127; changes brightness and, with `velocity_gain`, loudness.
        variant: strokes of different variants differ a little, as two strokes of a hand do.
        rate: frames per second.
    """
    sound = kit.sounds[drum]
    seed = zlib.crc32(f"{kit.name}/{drum}/{tune:g}/{variant}".encode())
    random = np.random.Generator(np.random.PCG64(seed))
    wobble = random.uniform(-1, 1, 4)
    pitch = 2.0 ** ((tune + kit.tune + 0.12 * wobble[0]) / 12)
    # Softly struck drums are darker: velocity 127 is the recipe as written.
    dark = 2.0 ** (-sound.velocity_bright * (1 - velocity / 127) * 1.6)
    frames = stroke_frames(sound, rate)
    out = np.zeros(frames, np.float32)
    if sound.body:
        out += _body(sound, pitch, dark, frames, rate)
    if sound.noise_db > _SILENT_DB:
        length = 1 + 0.05 * wobble[1]
        out += _noise(sound, length, dark, frames, rate, random)
    if sound.metal_db > _SILENT_DB:
        out += _metal(sound, pitch, dark, frames, rate, random)
    if sound.click_db > _SILENT_DB:
        size = min(frames, int(0.004 * rate))
        click = random.standard_normal(size, np.float32) * np.exp(
            np.arange(size, dtype=np.float32) * np.float32(-6.9 / size)
        )
        click = _band(
            np.pad(click, (0, size)), sound.click_hz / 2, min(sound.click_hz * 2, 20000.0) * dark, rate
        )
        out[: 2 * size] += _db(sound.click_db) * dark * click[: min(2 * size, frames)]
    if sound.drive:
        out = np.tanh(np.float32(sound.drive) * out / max(float(np.max(np.abs(out))), 1e-9))
    out = _old_sampler(kit, out, rate)
    out -= _band_low(out, 18.0, rate) if len(out) > rate // 20 else np.float32(0)
    start, end = min(frames, max(2, int(0.0003 * rate))), min(frames, int(_END_MS * rate / 1000))
    out[:start] *= np.linspace(0, 1, start, dtype=np.float32)
    out[-end:] *= np.linspace(1, 0, end, dtype=np.float32)
    peak = max(float(np.max(np.abs(out))), 1e-9)
    level = _db(sound.peak_db + kit.level_db + 0.35 * wobble[2]) * velocity_gain(velocity)
    return (out * np.float32(level / peak)).astype(np.float32, copy=False)


def velocity_gain(velocity: int) -> float:
    """Linear gain, 1 at velocity 110: about 30 dB from the softest useful stroke to the hardest."""
    return float((max(velocity, 1) / 110) ** 1.7)


def joined(kit_id: str, kits: dict[str, DrumKit]) -> DrumKit:
    """The kit with every drum it takes from its base, its base's base and so on."""
    kit = kits[kit_id]
    sounds = dict(kit.sounds)
    base, seen = kit.base, {kit_id}
    while base in kits and base not in seen:
        seen.add(base)
        for name, sound in kits[base].sounds.items():
            sounds.setdefault(name, sound)
        base = kits[base].base
    return DrumKit(
        kit.name,
        kit.category,
        kit.base,
        kit.level_db,
        kit.lowpass_hz,
        kit.bits,
        kit.sampler_hz,
        kit.tune,
        sounds,
    )


def stroke_frames(sound: DrumSound, rate: int) -> int:
    """How long a stroke rings."""
    longest = max(
        max((partial[2] for partial in sound.body), default=0.0) + sound.body_hold_ms,
        sound.noise_ms + sound.bursts * sound.burst_gap_ms if sound.noise_db > _SILENT_DB else 0,
        sound.metal_ms if sound.metal_db > _SILENT_DB else 0,
        20.0,
    )
    return int(min(longest / 1000, _LONGEST_S) * rate)


def _body(sound: DrumSound, pitch: float, dark: float, frames: int, rate: int) -> NDArray[np.float32]:
    t = np.arange(frames, dtype=np.float64) / rate
    fall = sound.drop_ms / 1000 / 3
    depth = sound.drop_octaves * (0.6 + 0.4 * dark)
    # f(t) = f · 2^(depth·e^(−t/fall)), summed to a phase.
    turns = np.cumsum(np.exp2(depth * np.exp(-t / fall))) / rate
    turns -= turns[0]
    out = np.zeros(frames, np.float32)
    for number, (hz, level_db, decay_ms) in enumerate(sound.body):
        if hz * pitch > 0.45 * rate:
            continue
        hold = sound.body_hold_ms / 1000
        envelope = np.exp((np.maximum(t - hold, 0) * (-6900 / decay_ms)).astype(np.float32))
        softness = dark ** (0.5 * number)
        wave = sine(turns * (hz * pitch))
        out += np.float32(_db(level_db) * softness) * envelope * wave
    attack = min(frames, max(1, int(sound.body_attack_ms * rate / 1000)))
    out[:attack] *= np.linspace(0, 1, attack, dtype=np.float32)
    return out


def _noise(
    sound: DrumSound, length: float, dark: float, frames: int, rate: int, random: np.random.Generator
) -> NDArray[np.float32]:
    noise = random.standard_normal(frames, np.float32)
    low, high = sound.noise_band
    noise = _levelled(_band(noise, low, high, rate), _band(noise, low, max(high * dark, low * 1.5), rate))
    envelope = np.zeros(frames, np.float32)
    attack = max(1, int(sound.noise_attack_ms * rate / 1000))
    for burst in range(sound.bursts):
        start = int(burst * sound.burst_gap_ms * rate / 1000)
        if start >= frames:
            break
        last = burst == sound.bursts - 1
        decay_ms = sound.noise_ms * length if last else sound.burst_gap_ms * 1.3
        t = np.arange(frames - start, dtype=np.float32)
        shape = np.exp(t * np.float32(-6900 / (decay_ms * rate)))
        shape[:attack] *= np.linspace(0, 1, attack, dtype=np.float32)[: len(shape)]
        envelope[start:] = np.maximum(envelope[start:], shape)
    return np.float32(_db(sound.noise_db)) * noise * envelope


def _metal(
    sound: DrumSound, pitch: float, dark: float, frames: int, rate: int, random: np.random.Generator
) -> NDArray[np.float32]:
    t = np.arange(frames, dtype=np.float64) / rate
    out = np.zeros(frames, np.float32)
    for ratio in _METAL:
        hz = sound.metal_hz * ratio * pitch
        harmonics = harmonic_count(hz, rate)
        stack = packed(cycles(wave_spectrum("square", harmonics), table_length(harmonics)))
        read(stack, t * hz + random.uniform(), 0.0, out)
    low, high = sound.metal_band
    out = _levelled(_band(out, low, high, rate), _band(out, low, max(high * dark, low * 1.3), rate))
    out *= np.exp(np.arange(frames, dtype=np.float32) * np.float32(-6900 / (sound.metal_ms * rate)))
    return out * np.float32(_db(sound.metal_db))


def _old_sampler(kit: DrumKit, audio: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The dust of an early sampler: fewer bits, a lower rate, a duller top."""
    if kit.sampler_hz and kit.sampler_hz < rate:
        step = rate / kit.sampler_hz
        held = (np.floor(np.arange(len(audio)) / step) * step).astype(np.int64)
        audio = audio[held]
    if kit.bits:
        peak = max(float(np.max(np.abs(audio))), 1e-9)
        steps = np.float32(2 ** (kit.bits - 1) / peak)
        audio = np.asarray(np.round(audio * steps) / steps, np.float32)
    if kit.lowpass_hz < 20000:
        audio = _band(audio, 5.0, kit.lowpass_hz, rate)
    return audio


def _levelled(bright: NDArray[np.float32], dark: NDArray[np.float32]) -> NDArray[np.float32]:
    """The dark sound, scaled as brings the bright one to −8 dB RMS: about as loud as a body at 0 dB."""
    return dark * np.float32(0.4 / max(float(np.sqrt(np.mean(bright * bright))), 1e-9))


def _band(audio: NDArray[np.float32], low: float, high: float, rate: int) -> NDArray[np.float32]:
    """Third-order band in the frequency domain; the padding takes what rings past the end."""
    size = 1 << int(np.ceil(np.log2(len(audio) + 2048)))
    bins = np.fft.rfft(audio, size)
    hz = np.fft.rfftfreq(size, 1 / rate)
    ratio_low = 1j * hz / low
    ratio_high = 1j * hz / high
    # Complex (minimum-phase) responses, so nothing sounds before the stroke.
    bins *= (ratio_low / (1 + ratio_low)) ** 3 / (1 + ratio_high) ** 3
    return np.fft.irfft(bins, size)[: len(audio)].astype(np.float32, copy=False)


def _band_low(audio: NDArray[np.float32], hz: float, rate: int) -> NDArray[np.float32]:
    """What lies below a frequency: taken away, it leaves no DC."""
    size = 1 << int(np.ceil(np.log2(2 * len(audio))))
    bins = np.fft.rfft(audio, size)
    bins /= 1 + 1j * np.fft.rfftfreq(size, 1 / rate) / hz
    return np.fft.irfft(bins, size)[: len(audio)].astype(np.float32, copy=False)


def _db(value: float) -> float:
    return float(10.0 ** (value / 20))

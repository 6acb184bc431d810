"""Is the sound on the grid it claims? Measured on the finished audio, shown to the user."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.music import Key
from musicgen_desktop.timing import PPQ, Meter, MeterMap, TempoMap

from ._key import estimate_key, keys_agree
from ._onsets import OnsetEnvelope, onset_envelope
from ._spectrum import Samples, mono
from ._tempo import tempo_near

_SEARCH_S = 0.080
_SHARP = 2.0  # an attack at least doubles the energy
_SIDE_HOPS = 8  # 4 ms on each side of an attack
_LOUD_ENOUGH = 0.25
"""A bar line counts when an onset near it is at least this share of a typical strong one."""


class GridMeasure(msgspec.Struct, frozen=True):
    """What the ear says of a rendered song against its grid; None where the sound gives no clear answer.

    Tempo counts quarter notes a minute, and is looked for within 8 % of the wanted one.
    """

    tempo_bpm: float | None
    tempo_error_percent: float | None
    downbeat_error_ms: float | None
    downbeats_heard: int
    key: str | None
    key_agrees: bool | None


def measure_grid(
    mix: Samples,
    harmony: Samples | None,
    rate: int,
    *,
    tempo_map: TempoMap,
    meter_map: MeterMap,
    bars: int,
    key: Key,
) -> GridMeasure:
    """Listen to a song and hold it against its own tempo map, bar lines and key.

    Args:
        mix: the whole song from bar 1, [frames, channels].
        harmony: its pitched stems without drums, same length; None when there are none.
        rate: frames per second.
        tempo_map: the tempo the song claims; a changing tempo has no one error, so it gives None.
        meter_map: its bar lines.
        bars: how many bars the song has.
        key: the key it claims.
    """
    onsets = onset_envelope(mix, rate)
    wanted = felt_tempos(tempo_map.points[0].bpm, meter_map.changes[0].meter)
    tempo = _heard_tempo(onsets, wanted) if len(tempo_map.points) == 1 else None
    lines_s = np.array([tempo_map.seconds_at(meter_map.tick_of_bar(bar)) for bar in range(1, bars + 1)])
    errors = _bar_line_errors(mono(mix), rate, onsets, lines_s)
    heard = estimate_key(harmony, rate) if harmony is not None else None
    return GridMeasure(
        tempo_bpm=None if tempo is None else round(tempo, 2),
        tempo_error_percent=None if tempo is None else round((tempo / wanted[0] - 1.0) * 100.0, 3),
        downbeat_error_ms=round(float(np.median(np.abs(errors))) * 1000.0, 2) if len(errors) else None,
        downbeats_heard=len(errors),
        key=None if heard is None else str(heard.key),
        key_agrees=None if heard is None else keys_agree(heard.key, key),
    )


def _heard_tempo(onsets: OnsetEnvelope, wanted: tuple[float, ...]) -> float | None:
    """Quarter notes a minute as they are heard, by the first of the wanted pulses that is clear."""
    for bpm in wanted:
        heard = tempo_near(onsets, bpm)
        if heard is not None:
            return heard * wanted[0] / bpm
    return None


def felt_tempos(bpm: float, meter: Meter) -> tuple[float, ...]:
    """Quarter notes a minute, and the beat one taps where that is another: a dotted quarter in 6/8."""
    felt = bpm * PPQ / meter.pulse_ticks
    return (bpm,) if felt == bpm else (bpm, felt)


def _bar_line_errors(
    signal: Samples, rate: int, onsets: OnsetEnvelope, lines_s: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Seconds between each bar line and the onset nearest to it, for the lines that have one."""
    strong = float(np.percentile(onsets.strength, 98)) if len(onsets.strength) else 0.0
    if strong <= 0.0:
        return np.zeros(0)
    reach = round(_SEARCH_S * onsets.rate_hz)
    errors: list[float] = []
    for line_s in lines_s:
        centre = round(line_s * onsets.rate_hz)
        first = max(0, centre - reach)
        around = onsets.strength[first : centre + reach + 1]
        if len(around) and around.max() >= _LOUD_ENOUGH * strong:
            coarse_s = (first + int(np.argmax(around))) / onsets.rate_hz
            attack_s = _attack_s(signal, rate, coarse_s)
            if attack_s is not None:
                errors.append(attack_s - line_s)
    return np.array(errors)


def _attack_s(signal: Samples, rate: int, near_s: float) -> float | None:
    """The moment at which the sound after it outweighs the sound before it most, to half a millisecond.

    None when nothing begins sharply there: a string section that swells has no moment to measure.
    """
    hop = max(1, rate // 2000)
    first = max(0, round((near_s - 0.03) * rate))
    piece = signal[first : first + 120 * hop]
    # The slope weighs highs: a bass note that swings on does not hide the stick.
    energy = np.square(np.diff(piece, prepend=piece[:1]))
    count = len(energy) // hop
    if count < 3 * _SIDE_HOPS or not np.any(energy):
        return None
    hops = energy[: count * hop].reshape(count, hop).sum(axis=1, dtype=np.float64)
    side = np.convolve(hops, np.ones(_SIDE_HOPS), mode="valid")
    floor = 1e-4 * side.max()
    rise = (side[_SIDE_HOPS:] + floor) / (side[:-_SIDE_HOPS] + floor)
    sharpest = int(np.argmax(rise))
    return (first + (sharpest + _SIDE_HOPS) * hop) / rate if rise[sharpest] >= _SHARP else None

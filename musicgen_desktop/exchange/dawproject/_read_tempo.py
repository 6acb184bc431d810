"""Transport and automation of tempo and meter → our maps."""

import math
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, TempoMap, TempoPoint

from ._read_values import BadNumberError, Reading, optional_real, real, tick_of, whole
from ._remarks import Remarks
from ._seen import mark_left_out, mark_read

_USUAL_BPM = 120.0
_SLOWEST_BPM, _FASTEST_BPM = 5.0, 999.0
_MOST = 9_000
_STEP = 0.02  # of the tempo
_LAST_BAR = 900_000


def tempo_map_of(root: Element, remarks: Remarks) -> TempoMap:
    """120 BPM where the file says nothing.

    Points of one time are a jump; our map has none, so what leads there ends a tick before.
    """
    first = _bpm(root.find("Transport/Tempo"), remarks)
    points = [TempoPoint(tick, bpm, ramp) for tick, bpm, ramp in _told_tempos(root, remarks)]
    if not points or points[0].tick > 0:
        points.insert(
            0, TempoPoint(0, first if first is not None else points[0].bpm if points else _USUAL_BPM)
        )
    kept: list[TempoPoint] = []
    for point in points:
        if kept and kept[-1].tick == point.tick:
            before = kept.pop()
            if kept and kept[-1].ramp and kept[-1].tick < before.tick - 1:
                kept.append(TempoPoint(before.tick - 1, before.bpm))
        kept.append(point)
    if len(kept) > _MOST:
        remarks.add(f"Of the tempo changes the first {_MOST:,} were kept")
    return TempoMap(tuple(kept[:_MOST]))


def _told_tempos(root: Element, remarks: Remarks) -> list[tuple[int, float, bool]]:
    """(tick, BPM, whether a slope follows) by tick."""
    element = root.find("Arrangement/TempoAutomation")
    if element is None:
        return []
    _mark_conductor(element)
    told: list[tuple[float, float, bool]] = []
    for point in element.iter("RealPoint"):
        try:
            bpm = _in_range(real(point, "value"), remarks)
            told.append((max(0.0, real(point, "time")), bpm, point.get("interpolation") == "linear"))
        except BadNumberError:
            remarks.add("A tempo change cannot be read and was left out")
            mark_left_out(point)
    told.sort(key=lambda each: each[0])
    placed: list[tuple[int, float, bool]] = []
    ticks = _ticks_of_seconds(told) if _unit_of(root, element) == "seconds" else _ticks_of(told)
    for at, bpm, linear in islice(ticks, _MOST + 1):
        try:
            placed.append((tick_of(at), bpm, linear))
        except BadNumberError:
            remarks.add("A tempo change cannot be read and was left out")
    return placed


def _ticks_of(points: list[tuple[float, float, bool]]) -> Iterator[tuple[float, float, bool]]:
    return ((beat * PPQ, bpm, linear) for beat, bpm, linear in points)


def _ticks_of_seconds(points: list[tuple[float, float, bool]]) -> Iterator[tuple[float, float, bool]]:
    """Some programs count the tempo's own time in seconds, and their slopes run straight in those.

    Ours run straight in ticks: with a point at every fiftieth of change the two cannot be told apart.
    """
    tick = 0.0
    for index, (seconds, bpm, linear) in enumerate(points):
        if index == 0:
            tick = seconds * bpm / 60.0 * PPQ
        yield tick, bpm, linear
        if index + 1 == len(points):
            return
        after_s, after_bpm, _ = points[index + 1]
        if not linear:
            tick += (after_s - seconds) * bpm / 60.0 * PPQ
            continue
        steps = max(1, math.ceil(abs(math.log(after_bpm / bpm)) / _STEP))
        for step in range(steps):
            low, high = (bpm + (after_bpm - bpm) * (step + more) / steps for more in (0, 1))
            tick += (after_s - seconds) / steps * (low + high) / 2.0 / 60.0 * PPQ
            if step + 1 < steps:
                yield tick, high, True


def _unit_of(root: Element, element: Element) -> str:
    arrangement = root.find("Arrangement")
    inherited = "beats" if arrangement is None else arrangement.get("timeUnit", "beats")
    return element.get("timeUnit", inherited)


def meter_map_of(root: Element, tempo_map: TempoMap, remarks: Remarks) -> MeterMap:
    """4/4 where the file says nothing. A change inside a bar holds from the next bar line on."""
    meter = _meter(root.find("Transport/TimeSignature"), remarks) or Meter(4, 4)
    changes = [MeterChange(1, meter)]
    bar, start = 1, 0  # from where on the meter holds
    for tick, wanted in sorted(_told_meters(root, tempo_map, remarks).items()):
        if wanted == meter:
            continue
        bars = -(-max(0, tick - start) // meter.bar_ticks)
        bar, start = bar + bars, start + bars * meter.bar_ticks
        if bar > _LAST_BAR or len(changes) >= _MOST:
            remarks.add("Changes of meter late in the song were left out")
            break
        if start != tick:
            remarks.add(f"A change to {wanted} inside a bar was moved to bar {bar}")
        if changes[-1].bar == bar:
            changes.pop()
        changes.append(MeterChange(bar, wanted))
        meter = wanted
    return MeterMap(tuple(changes))


def _told_meters(root: Element, tempo_map: TempoMap, remarks: Remarks) -> dict[int, Meter]:
    told: dict[int, Meter] = {}
    element = root.find("Arrangement/TimeSignatureAutomation")
    if element is None:
        return told
    _mark_conductor(element)
    ruler = Reading(tempo_map, remarks).ruler(_unit_of(root, element))
    for point in element.iter("TimeSignaturePoint"):
        meter = _meter(point, remarks)
        try:
            tick = max(0, tick_of(ruler.tick(real(point, "time"))))
        except BadNumberError:
            remarks.add("A change of meter cannot be read and was left out")
            mark_left_out(point)
            continue
        if meter is not None:
            told[tick] = meter
    return told


def _mark_conductor(element: Element) -> None:
    """What such a lane moves is told by what it is called."""
    mark_read(element, "unit")
    mark_left_out(element.find("Target"))


def _meter(element: Element | None, remarks: Remarks) -> Meter | None:
    if element is None:
        return None
    try:
        return Meter(whole(element, "numerator"), whole(element, "denominator"))
    except ValueError:
        remarks.add("A meter cannot be counted and was left out")
        return None


def _bpm(element: Element | None, remarks: Remarks) -> float | None:
    if element is None:
        return None
    mark_read(element, "unit")
    try:
        value = optional_real(element, "value")
    except BadNumberError:
        remarks.add("The tempo cannot be read")
        return None
    return None if value is None else _in_range(value, remarks)


def _in_range(bpm: float, remarks: Remarks) -> float:
    if not _SLOWEST_BPM <= bpm <= _FASTEST_BPM:
        remarks.add(f"A tempo outside {_SLOWEST_BPM:g} to {_FASTEST_BPM:g} BPM was moved into that range")
    return min(_FASTEST_BPM, max(_SLOWEST_BPM, bpm))

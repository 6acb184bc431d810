"""Transport and automation of tempo and meter → our maps."""

from xml.etree.ElementTree import Element

from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

from ._read_values import BadNumberError, Reading, optional_real, real, tick_of, whole
from ._remarks import Remarks

_USUAL_BPM = 120.0
_SLOWEST_BPM, _FASTEST_BPM = 5.0, 999.0
_MOST = 9_000
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
        remarks.add(f"Of {len(kept):,} tempo changes the first {_MOST:,} were kept")
    return TempoMap(tuple(kept[:_MOST]))


def _told_tempos(root: Element, remarks: Remarks) -> list[tuple[int, float, bool]]:
    """(tick, BPM, whether a slope follows) by tick."""
    element = root.find("Arrangement/TempoAutomation")
    if element is None:
        return []
    if element.get("timeUnit") == "seconds":
        remarks.add("A tempo that changes by seconds, not by beats, was left out")
        return []
    told: list[tuple[int, float, bool]] = []
    reading = Reading(TempoMap.constant(_USUAL_BPM), remarks)
    ruler = reading.ruler("beats")
    for point in element.iter("RealPoint"):
        try:
            tick = max(0, tick_of(ruler.tick(real(point, "time"))))
            told.append(
                (tick, _in_range(real(point, "value"), remarks), point.get("interpolation") == "linear")
            )
        except BadNumberError:
            remarks.add("A tempo change cannot be read and was left out")
    told.sort(key=lambda each: each[0])
    return told


def meter_map_of(root: Element, remarks: Remarks) -> MeterMap:
    """4/4 where the file says nothing. A change inside a bar holds from the next bar line on."""
    meter = _meter(root.find("Transport/TimeSignature"), remarks) or Meter(4, 4)
    changes = [MeterChange(1, meter)]
    bar, start = 1, 0  # from where on the meter holds
    for tick, wanted in sorted(_told_meters(root, remarks).items()):
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


def _told_meters(root: Element, remarks: Remarks) -> dict[int, Meter]:
    told: dict[int, Meter] = {}
    element = root.find("Arrangement/TimeSignatureAutomation")
    if element is None:
        return told
    if element.get("timeUnit") == "seconds":
        remarks.add("Meters that change by seconds, not by beats, were left out")
        return told
    ruler = Reading(TempoMap.constant(_USUAL_BPM), remarks).ruler("beats")
    for point in element.iter("TimeSignaturePoint"):
        meter = _meter(point, remarks)
        try:
            tick = max(0, tick_of(ruler.tick(real(point, "time"))))
        except BadNumberError:
            remarks.add("A change of meter cannot be read and was left out")
            continue
        if meter is not None:
            told[tick] = meter
    return told


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

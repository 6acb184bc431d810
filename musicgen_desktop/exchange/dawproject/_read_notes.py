"""What notes and controllers in a clip's content become."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from musicgen_desktop.music import Control
from musicgen_desktop.timing import Tick

from ._read_values import BadNumberError, Reading, Ruler, clean, real, tick_of, whole
from ._seen import mark_left_out, mark_read

_USUAL_VELOCITY = 100 / 127
_BEND_RANGE = 16_383
_CONTROLS = ("channelController", "pitchBend", "channelPressure")


def is_control(points: Element) -> bool:
    """Whether a line of points moves a controller that a clip of ours can hold."""
    target = points.find("Target")
    return target is not None and target.get("expression") in _CONTROLS


def notes_of(
    element: Element, ruler: Ruler, reading: Reading, name: str
) -> Iterator[tuple[Tick, Tick, int, int]]:
    """(start, length, pitch, velocity) of each; the start may lie before 0.

    Args:
        element: Notes.
        ruler: that gives ticks of the content.
        reading: told what cannot be read.
        name: of the clip, in remarks.
    """
    channels: set[str] = set()
    for note in element.iterfind("Note"):
        channels.add(note.get("channel", "0"))
        try:
            time = real(note, "time")
            start, end = tick_of(ruler.tick(time)), tick_of(ruler.tick(time + real(note, "duration")))
            pitch = whole(note, "key")
            velocity = round(real(note, "vel", _USUAL_VELOCITY) * 127.0)
        except BadNumberError:
            reading.remarks.add("A note that cannot be read was left out", name)
            mark_left_out(note)
            continue
        if not 0 <= pitch <= 127:
            reading.remarks.add("A note beyond the keyboard was left out", name)
            mark_left_out(note)
            continue
        if len(note):
            _tell_expressions(note, reading, name)
        yield start, max(1, end - start), pitch, min(127, max(1, velocity))
    if len(channels) > 1:
        reading.remarks.add("Notes on several MIDI channels play on one", name)


def _tell_expressions(note: Element, reading: Reading, name: str) -> None:
    for lane in note:
        mark_left_out(lane)
        kinds = dict.fromkeys(expression_of(target) for target in lane.iter("Target"))
        for kind in kinds or {clean(lane.tag)[:40]: None}:
            reading.remarks.add("Expression of single notes was left out", f"{kind} in {name}")


def expression_of(target: Element | None) -> str:
    """What a target without a parameter moves, in words: “timbre”, “controller 74”."""
    if target is None:
        return ""
    kind = clean(target.attrib.get("expression", ""))
    number = clean(target.attrib.get("controller", ""))
    return f"controller {number}" if kind == _CONTROLS[0] and number else kind


def controls_of(
    element: Element, ruler: Ruler, reading: Reading, name: str
) -> Iterator[tuple[Tick, Control]]:
    """The moves of one controller, each at a tick of the content that may lie before 0.

    Args:
        element: Points for which `is_control` holds.
        ruler: that gives ticks of the content.
        reading: told what cannot be read.
        name: of the clip, in remarks.
    """
    target = element.find("Target")
    if target is not None:
        mark_read(target, "channel")  # a clip plays on one
    expression = "" if target is None else target.get("expression", "")
    try:
        number = whole(target, "controller") if target is not None and expression == _CONTROLS[0] else 0
    except BadNumberError:
        number = -1
    if not 0 <= number <= 127:
        reading.remarks.add("A controller without a number was left out", name)
        mark_left_out(element)
        return
    percent = element.get("unit") == "percent"
    for point in element:
        if point.tag not in ("RealPoint", "IntegerPoint"):
            continue
        try:
            tick = tick_of(ruler.tick(real(point, "time")))
            value = real(point, "value") / (100.0 if percent else 1.0)
        except BadNumberError:
            reading.remarks.add("A controller move that cannot be read was left out", name)
            mark_left_out(point)
            continue
        if point.get("interpolation") == "linear":
            reading.remarks.add("Slopes of controllers became steps", name)
        value = min(1.0, max(0.0, value))
        match expression:
            case "pitchBend":
                yield tick, Control(0, "pitch_bend", 0, round(value * _BEND_RANGE) - 8_192)
            case "channelPressure":
                yield tick, Control(0, "pressure", 0, round(value * 127))
            case _:
                yield tick, Control(0, "cc", number, round(value * 127))

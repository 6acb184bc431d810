"""Drags over the lanes: each says, for a place of the mouse, what would become of the song."""

from collections.abc import Callable

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.session.commands import (
    Edit,
    duplicate_section,
    move_chord,
    move_marker,
    move_section,
    resize_section,
    set_end,
    set_loop,
)
from musicgen_desktop.timing import MAX_BPM, MIN_BPM
from musicgen_desktop.ui.bridges import text_of_place

from ._edits import chord_at, move_key, move_meter, move_tempo_point, resize_chord
from ._hit import Hit

_FINE = 0.1


class Grip(msgspec.Struct, frozen=True):
    """Where the mouse is, and which modifiers are held.

    Attributes:
        tick: under the mouse, not snapped.
        y: in the view.
        bypass: Ctrl, no snapping.
        fine: Shift.
        copies: Alt.
    """

    tick: float
    y: float
    bypass: bool = False
    fine: bool = False
    copies: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What letting go here would do.

    Attributes:
        edit: None when nothing would change.
        tick: where the guide stands.
        text: what it says.
        span: the span of time that would be selected.
        place: where the play head would be.
    """

    edit: Edit | None
    tick: int
    text: str
    span: tuple[int, int] | None = None
    place: int | None = None


Snapped = Callable[[float, bool], int]
"""The place on the grid nearest to a tick; True bypasses the grid."""
Drag = Callable[[Grip], Outcome]
"""May raise UserInputError: then the last outcome holds."""


def drag_of(project: Project, hit: Hit, grip: Grip, snapped: Snapped, bpm_per_px: float) -> Drag | None:
    """The drag that begins on a part of the lanes; None where nothing can be dragged.

    Args:
        project: as it is; every outcome starts from it.
        hit: what was grabbed.
        grip: where.
        snapped: the grid.
        bpm_per_px: of the tempo lane.
    """
    match hit.lane:
        case "ruler":
            return _ruler_drag(project, hit, grip, snapped)
        case "tempo":
            return _tempo_drag(project, hit, grip, snapped, bpm_per_px) if hit.key else None
        case _:
            return _box_drag(project, hit, grip, snapped) if hit.key else None


def _ruler_drag(project: Project, hit: Hit, grip: Grip, snapped: Snapped) -> Drag:
    match hit.part:
        case "locate":
            return _span_drag(project, grip, snapped) if grip.fine else _locate_drag(project, snapped)
        case "flag":
            start = next(each.tick for each in project.markers if each.id == hit.key)
            return _moving(project, start, grip, snapped, lambda to: move_marker(project, hit.key, to))
        case "song_end":
            end = project.length_ticks
            return _moving(project, end, grip, snapped, lambda to: set_end(project, max(1, to)))
        case _:
            return _loop_drag(project, hit, grip, snapped)


def _box_drag(project: Project, hit: Hit, grip: Grip, snapped: Snapped) -> Drag:
    match hit.lane:
        case "sections":
            return _section_drag(project, hit, grip, snapped)
        case "chords":
            return _chord_drag(project, hit, grip, snapped)
        case "key":
            return _bar_drag(project, lambda bar: move_key(project, hit.tick, bar))
        case _:
            return _bar_drag(project, lambda bar: move_meter(project, hit.tick, bar))


def _moving(
    project: Project, start: int, grip: Grip, snapped: Snapped, command: Callable[[int], Edit]
) -> Drag:
    def drag(now: Grip) -> Outcome:
        to = snapped(start + now.tick - grip.tick, now.bypass)
        return Outcome(command(to), to, text_of_place(to, project.meter_map))

    return drag


def _section_drag(project: Project, hit: Hit, grip: Grip, snapped: Snapped) -> Drag:
    section = next(each for each in project.sections if each.id == hit.key)

    def drag(now: Grip) -> Outcome:
        if hit.part == "body" and now.copies:
            # A copy always follows the section itself, and what lies behind moves on.
            edit, _ = duplicate_section(project, hit.key)
            place = text_of_place(section.end_ticks, project.meter_map)
            return Outcome(edit, section.end_ticks, f"+ {section.name}  {place}")
        origin = section.end_ticks if hit.part == "end" else section.start_ticks
        to = snapped(origin + now.tick - grip.tick, now.bypass)
        if hit.part == "body":
            edit = move_section(project, hit.key, to)
        elif hit.part == "start":
            edit = resize_section(project, hit.key, start_ticks=to)
        else:
            edit = resize_section(project, hit.key, end_ticks=to)
        return Outcome(edit, to, text_of_place(to, project.meter_map))

    return drag


def _chord_drag(project: Project, hit: Hit, grip: Grip, snapped: Snapped) -> Drag:
    chord = chord_at(project, hit.tick)
    end = chord.tick + chord.length_ticks

    def drag(now: Grip) -> Outcome:
        to = snapped((end if hit.part == "end" else chord.tick) + now.tick - grip.tick, now.bypass)
        if hit.part == "body":
            edit = move_chord(project, chord.tick, to)
        elif hit.part == "start":
            edit = resize_chord(project, chord.tick, to, end)
        else:
            edit = resize_chord(project, chord.tick, chord.tick, to)
        return Outcome(edit, to, f"{chord.symbol}  {text_of_place(to, project.meter_map)}")

    return drag


def _bar_drag(project: Project, command: Callable[[int], Edit]) -> Drag:
    meters = project.meter_map

    def drag(now: Grip) -> Outcome:
        tick = max(0, round(now.tick))
        bar = meters.bar_of(tick)
        if tick - meters.tick_of_bar(bar) > meters.tick_of_bar(bar + 1) - tick:
            bar += 1
        edit = command(bar)
        return Outcome(edit, meters.tick_of_bar(bar), str(bar))

    return drag


def _tempo_drag(project: Project, hit: Hit, grip: Grip, snapped: Snapped, bpm_per_px: float) -> Drag:
    point = next(each for each in project.tempo_map.points if each.tick == hit.tick)
    others = sorted(each.tick for each in project.tempo_map.points if each.tick != point.tick)
    before = max((each for each in others if each < point.tick), default=0)
    after = min((each for each in others if each > point.tick), default=None)

    def drag(now: Grip) -> Outcome:
        to = snapped(point.tick + now.tick - grip.tick, now.bypass)
        # A point never jumps over its neighbours, so that none is lost on the way.
        to = max(before + 1, to) if after is None else min(after - 1, max(before + 1, to))
        if now.fine or point.tick == 0:
            to = point.tick
        way = (grip.y - now.y) * bpm_per_px * (_FINE if now.fine else 1.0)
        bpm = round(min(MAX_BPM, max(MIN_BPM, point.bpm + way)), 2 if now.fine or now.bypass else 0)
        if abs(now.y - grip.y) < 2.0:
            bpm = point.bpm
        edit = move_tempo_point(project, point.tick, to, bpm)
        return Outcome(edit, to, f"{bpm:.2f} BPM  {text_of_place(to, project.meter_map)}")

    return drag


def _loop_drag(project: Project, hit: Hit, grip: Grip, snapped: Snapped) -> Drag:
    loop = project.loop

    def drag(now: Grip) -> Outcome:
        here = snapped(now.tick, now.bypass)
        if hit.part == "loop":
            start, end = sorted((snapped(grip.tick, now.bypass), here))
            return Outcome(set_loop(project, start, end, enabled=True), here, _span_text(project, start, end))
        start, end = loop.start_ticks, loop.end_ticks
        if hit.part == "brace":
            start = snapped(loop.start_ticks + now.tick - grip.tick, now.bypass)
            end = start + loop.end_ticks - loop.start_ticks
            here = start
        elif hit.part == "start":
            start, end = sorted((here, loop.end_ticks))
        else:
            start, end = sorted((loop.start_ticks, here))
        return Outcome(set_loop(project, start, end), here, _span_text(project, start, end))

    return drag


def _span_drag(project: Project, grip: Grip, snapped: Snapped) -> Drag:
    def drag(now: Grip) -> Outcome:
        here = snapped(now.tick, now.bypass)
        start, end = sorted((snapped(grip.tick, now.bypass), here))
        return Outcome(None, here, _span_text(project, start, end), span=(start, end))

    return drag


def _locate_drag(project: Project, snapped: Snapped) -> Drag:
    def drag(now: Grip) -> Outcome:
        here = snapped(now.tick, now.bypass)
        return Outcome(None, here, text_of_place(here, project.meter_map), place=here)

    return drag


def _span_text(project: Project, start: int, end: int) -> str:
    meters = project.meter_map
    return f"{text_of_place(start, meters)} – {text_of_place(end, meters)}"

"""What lies under the mouse in the lanes."""

from itertools import zip_longest
from typing import Literal

import msgspec
from PySide6.QtCore import QRectF

from musicgen_desktop.document import Project
from musicgen_desktop.ui.timeline._view_state import SongLane

from ._geometry import BRACE_PX, EDGE_PX, POINT_PX, Lane, LanesGeometry, spans

Part = Literal["body", "start", "end", "point", "flag", "brace", "loop", "locate", "song_end", "empty"]


class Hit(msgspec.Struct, frozen=True):
    """A part of a lane.

    Attributes:
        lane: which one.
        part: “body”, “start” and “end” of a box; “point” of the tempo; “flag” of a marker; “brace” of the
            loop with its “start” and “end”; “loop” and “locate” are the ruler's empty halves; “song_end”.
        key: the id of a section or marker, the tick of a chord, key, meter or tempo; empty for the others.
    """

    lane: SongLane
    part: Part
    key: str = ""

    @property
    def tick(self) -> int:
        """The key as a tick."""
        return int(self.key)


def hit_at(project: Project, geometry: LanesGeometry, x: float, y: float) -> Hit | None:
    """What lies under a place; None outside the lanes."""
    lane = geometry.lane_at(y)
    if lane is None:
        return None
    match lane.name:
        case "ruler":
            return _in_ruler(project, geometry, lane, x, y)
        case "tempo":
            return _in_tempo(project, geometry, x, y)
        case _:
            boxes = boxes_of(project, geometry, lane)
            return _in_boxes(geometry, lane, boxes, x)


def boxes_of(project: Project, geometry: LanesGeometry, lane: Lane) -> list[tuple[str, float, float, str]]:
    """Key, start, end and text of each box of a lane."""
    end = max(float(project.length_ticks), geometry.timeline.tick_at(geometry.width))
    meters = project.meter_map
    match lane.name:
        case "sections":
            return [(each.id, each.start_ticks, each.end_ticks, each.name) for each in project.sections]
        case "chords":
            return [
                (str(each.tick), each.tick, each.tick + each.length_ticks, each.symbol)
                for each in project.chords
            ]
        case "key":
            ticks = [each.tick for each in project.keys]
            names = [each.key for each in project.keys]
        case "meter":
            ticks = [meters.tick_of_bar(each.bar) for each in meters.changes]
            names = [str(each.meter) for each in meters.changes]
        case _:
            return []
    return [
        (str(start), start, after, name)
        for (start, after), name in zip(spans(ticks, end), names, strict=True)
    ]


def _in_boxes(
    geometry: LanesGeometry, lane: Lane, boxes: list[tuple[str, float, float, str]], x: float
) -> Hit:
    """The last box under the mouse: what lies above is painted last. Its edges reach a little inside."""
    timeline = geometry.timeline
    for key, start, end, _ in reversed(boxes):
        left, right = timeline.x_of(start), timeline.x_of(end)
        if left <= x < right:
            edge = min(EDGE_PX, (right - left) / 4.0)
            if lane.name in ("sections", "chords"):
                if x < left + edge:
                    return Hit(lane.name, "start", key)
                if x >= right - edge:
                    return Hit(lane.name, "end", key)
            return Hit(lane.name, "body", key)
    return Hit(lane.name, "empty")


def _in_tempo(project: Project, geometry: LanesGeometry, x: float, y: float) -> Hit:
    near = [
        (abs(place.x() - x) + abs(place.y() - y), point.tick)
        for point in project.tempo_map.points
        if abs((place := geometry.point_at(point.tick, point.bpm)).x() - x) <= POINT_PX
        and abs(place.y() - y) <= POINT_PX
    ]
    return Hit("tempo", "point", str(min(near)[1])) if near else Hit("tempo", "empty")


def _in_ruler(project: Project, geometry: LanesGeometry, lane: Lane, x: float, y: float) -> Hit:
    if y >= lane.top + BRACE_PX:
        is_end = project.length_ticks and geometry.end_rect(project).contains(x, y)
        return Hit("ruler", "song_end" if is_end else "locate")
    for marker, after in reversed(tuple(zip_longest(project.markers, project.markers[1:]))):
        if geometry.flag_rect(marker, after).contains(x, y):
            return Hit("ruler", "flag", marker.id)
    return Hit("ruler", _loop_part(project, geometry, x))


def _loop_part(project: Project, geometry: LanesGeometry, x: float) -> Part:
    loop = project.loop
    part: Part = "loop"
    if loop.end_ticks > loop.start_ticks:
        left, right = geometry.timeline.x_of(loop.start_ticks), geometry.timeline.x_of(loop.end_ticks)
        edge = min(EDGE_PX, (right - left) / 4.0)
        if left - EDGE_PX / 2.0 <= x < left + edge:
            part = "start"
        elif right - edge <= x <= right + EDGE_PX / 2.0:
            part = "end"
        elif left <= x < right:
            part = "brace"
    return part


def rect_of(project: Project, geometry: LanesGeometry, hit: Hit) -> QRectF:
    """Where a thing lies, by its lane and key; empty when it is not there."""
    if hit.lane == "tempo":
        place = geometry.point_at(hit.tick, project.tempo_map.bpm_at(hit.tick))
        return QRectF(place.x() - POINT_PX, place.y() - POINT_PX, 2.0 * POINT_PX, 2.0 * POINT_PX)
    if hit.lane == "ruler":
        return _rect_in_ruler(project, geometry, hit)
    lane = geometry.lane(hit.lane)
    if lane is not None:
        for key, start, end, _ in boxes_of(project, geometry, lane):
            if key == hit.key:
                return geometry.span_rect(lane, start, end)
    return QRectF()


def _rect_in_ruler(project: Project, geometry: LanesGeometry, hit: Hit) -> QRectF:
    if hit.part == "song_end":
        return geometry.end_rect(project)
    if hit.part in ("brace", "start", "end"):
        return geometry.brace_rect(project.loop.start_ticks, project.loop.end_ticks)
    for marker, after in zip_longest(project.markers, project.markers[1:]):
        if marker.id == hit.key:
            return geometry.flag_rect(marker, after)
    return QRectF()


def neighbour(
    project: Project, geometry: LanesGeometry, hit: Hit | None, lane: Lane, step: int
) -> Hit | None:
    """The thing before or behind another one in its lane, for the arrow keys; the first one to begin with."""
    match lane.name:
        case "ruler":
            every = [Hit("ruler", "flag", marker.id) for marker in project.markers]
        case "tempo":
            every = [Hit("tempo", "point", str(point.tick)) for point in project.tempo_map.points]
        case _:
            every = [Hit(lane.name, "body", key) for key, *_ in boxes_of(project, geometry, lane)]
    if not every:
        return None
    keys = [each.key for each in every]
    if hit is None or hit.lane != lane.name or hit.key not in keys:
        return every[0] if step >= 0 else every[-1]
    return every[min(len(every) - 1, max(0, keys.index(hit.key) + step))]

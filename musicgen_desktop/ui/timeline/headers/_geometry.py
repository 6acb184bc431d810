"""Where the parts of a track's header lie. Numbers in, numbers out."""

from typing import Literal

import msgspec
from PySide6.QtCore import QRect

from musicgen_desktop.document import TrackKind
from musicgen_desktop.ui.timeline._geometry import Row, TimelineGeometry

Part = Literal[
    "colour", "name", "kind", "mute", "solo", "arm", "gain", "value", "automation", "grip",
    "meter", "resize", "body", "target", "lane_value", "enable", "close", "add",
]  # fmt: skip

LARGE_PX, MIDDLE_PX = 54, 38
"""From these heights on a header has three lines, or two."""
ACCENT_PX, COLOUR_PX = 3, 7
ADD_PX = 30
_LEFT, _METER = 18, 10
_BUTTON_W, _BUTTON_H, _GAP = 20, 18, 3
_RESIZE_PX = 4


class Hit(msgspec.Struct, frozen=True):
    """A part of a header.

    Attributes:
        track_id: of the track; empty for the button below the last one.
        target: of the lane; empty for the track itself.
        part: which one.
    """

    track_id: str
    target: str
    part: Part


_MOVED = {"gain": "gain_db", "value": "gain_db", "mute": "muted", "solo": "soloed", "arm": "armed"}


def learnable_of(part: str) -> str:
    """What a controller can move of a part, as `MidiBinding.target` has it; empty for nothing."""
    return _MOVED.get(part, "")


def parts_of(kind: TrackKind, row: Row, width: int) -> dict[Part, QRect]:
    """The parts of a row's header, from its upper left corner, in the order in which they are hit."""
    if row.target:
        return _lane_parts(row.height, width)
    parts: dict[Part, QRect] = {"resize": QRect(0, row.height - _RESIZE_PX, width, _RESIZE_PX)}
    parts["colour"] = QRect(ACCENT_PX, 0, COLOUR_PX, row.height - 1)
    right = width - _METER - 6
    parts["meter"] = QRect(width - _METER - 2, 2, _METER - 2, row.height - 5)
    top = 5 if row.height >= MIDDLE_PX else max(1, (row.height - 1 - _BUTTON_H) // 2)
    x = right
    for part in _buttons(kind, row.height):
        x -= _BUTTON_W
        parts[part] = QRect(x, top, _BUTTON_W, _BUTTON_H)
        x -= _GAP
    if kind == "master" and row.height < MIDDLE_PX:
        x -= _BUTTON_W  # the mix is carried away from its low row too
        parts["grip"] = QRect(x, top, _BUTTON_W, _BUTTON_H)
        x -= _GAP
    parts["name"] = QRect(_LEFT, top - 1, x - _LEFT - 2, _BUTTON_H + 2)
    if row.height >= LARGE_PX:
        parts["grip"] = QRect(right - _BUTTON_W, 25, _BUTTON_W, _BUTTON_H)
        parts["automation"] = QRect(right - 2 * _BUTTON_W - _GAP, 25, _BUTTON_W, _BUTTON_H)
        parts["kind"] = QRect(_LEFT, 26, parts["automation"].left() - _LEFT - 4, 16)
        line = 44
    else:
        line = row.height - 18
    if row.height >= MIDDLE_PX:
        if row.height < LARGE_PX:
            parts["grip"] = QRect(right - _BUTTON_W, line - 4, _BUTTON_W, _BUTTON_H)
            parts["automation"] = QRect(right - 2 * _BUTTON_W - _GAP, line - 4, _BUTTON_W, _BUTTON_H)
            right = parts["automation"].left() - 2
        parts["value"] = QRect(right - 50, line - 1, 50, 16)
        parts["gain"] = QRect(_LEFT, line, right - 54 - _LEFT, 14)
    parts["body"] = QRect(0, 0, width, row.height)
    return parts


def _buttons(kind: TrackKind, height: int) -> tuple[Part, ...]:
    """From right to left."""
    if kind == "master":
        return ("mute",)
    if kind == "bus" or height < MIDDLE_PX:
        return ("solo", "mute")
    return ("arm", "solo", "mute")


def _lane_parts(height: int, width: int) -> dict[Part, QRect]:
    right = width - _METER - 6
    parts: dict[Part, QRect] = {"resize": QRect(0, height - _RESIZE_PX, width, _RESIZE_PX)}
    top = 4 if height >= MIDDLE_PX else max(0, (height - 1 - _BUTTON_H) // 2)
    parts["close"] = QRect(right - _BUTTON_W, top, _BUTTON_W, _BUTTON_H)
    parts["enable"] = QRect(right - 2 * _BUTTON_W - _GAP, top, _BUTTON_W, _BUTTON_H)
    left = _LEFT + 8
    if height >= MIDDLE_PX:
        parts["target"] = QRect(left, top, parts["enable"].left() - left - 4, _BUTTON_H)
        parts["lane_value"] = QRect(left, top + _BUTTON_H + 1, right - left, 16)
    else:
        parts["target"] = QRect(left, top, parts["enable"].left() - left - 4, _BUTTON_H)
    parts["body"] = QRect(0, 0, width, height)
    return parts


def part_rect(geometry: TimelineGeometry, kind: TrackKind, row: Row, width: int, part: Part) -> QRect:
    """Where a part lies in the view; empty when the row is too low for it."""
    rect = parts_of(kind, row, width).get(part, QRect())
    return rect.translated(0, geometry.top_of(row)) if not rect.isEmpty() else QRect()


def part_at(kind: TrackKind, row: Row, width: int, x: int, y: int) -> Part:
    """The part under a place, counted from the row's upper left corner."""
    for part, rect in parts_of(kind, row, width).items():
        if rect.contains(x, y):
            return part
    return "body"


def add_rect(geometry: TimelineGeometry, width: int) -> QRect:
    """The button below the last row."""
    return QRect(10, geometry.height - geometry.scroll_y + 8, width - 20, ADD_PX)


def drop_position(
    geometry: TimelineGeometry, track_ids: list[str], dragged: str, y: float
) -> tuple[int, int]:
    """Where a dragged header would go: its position among the tracks afterwards, and the line between them.

    Args:
        geometry: of the timeline.
        track_ids: in order, the master not among them.
        dragged: the one that is held.
        y: of the mouse.

    Returns:
        The position counted from 0, and the y of the line in the view.
    """
    gap, line = 0, -geometry.scroll_y
    for index, track_id in enumerate(track_ids):
        rows = [row for row in geometry.rows if row.track_id == track_id]
        top, bottom = geometry.top_of(rows[0]), geometry.top_of(rows[-1]) + rows[-1].height
        if y < (top + bottom) / 2.0:
            break
        gap, line = index + 1, bottom
    before = track_ids.index(dragged)
    return (gap - 1 if gap > before else gap), line

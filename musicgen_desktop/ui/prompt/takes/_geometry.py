"""Where the parts of a take's row lie. Numbers in, numbers out."""

from typing import Literal

from PySide6.QtCore import QPoint, QRect

ROW_HEIGHT = 44

_KEY, _STAR, _PLAY, _GRIP, _PICTURE, _SMALL_PICTURE = 17, 18, 22, 18, 76, 44
_NARROW = 330

Part = Literal["key", "star", "play", "name", "in_song", "licence", "line", "picture", "grip"]


def parts_of(row: QRect, *, has_grip: bool = True) -> dict[Part, QRect]:
    """The parts of a row, from left to right; a narrow one has a smaller picture."""
    x, y, height = row.x() + 2, row.y(), row.height()
    picture = _PICTURE if row.width() >= _NARROW else _SMALL_PICTURE
    wide = _GRIP if has_grip else 0
    grip = QRect(row.right() - wide - 1, y, wide, height)
    shown = QRect(grip.x() - picture - 2, y + 7, picture, height - 14)
    name_x = x + _KEY + _STAR + _PLAY + 4
    width = shown.x() - 6 - name_x
    return {
        "key": QRect(x, y, _KEY, height),
        "star": QRect(x + _KEY, y, _STAR, height),
        "play": QRect(x + _KEY + _STAR, y, _PLAY, height),
        "name": QRect(name_x, y + 4, width - 16, 18),
        "in_song": QRect(name_x + width - 32, y + 5, 16, 16),
        "licence": QRect(name_x + width - 14, y + 5, 14, 16),
        "line": QRect(name_x, y + 23, width, 16),
        "picture": shown,
        "grip": grip,
    }


def part_at(row: QRect, place: QPoint, *, has_grip: bool = True, in_song: bool = False) -> Part | None:
    """The part under the mouse that does or says something by itself; None where a click only selects."""
    parts = parts_of(row, has_grip=has_grip)
    marks: tuple[Part, ...] = ("in_song", "licence") if in_song else ("licence",)
    for part in ("star", "play", "grip", *marks):
        if parts[part].contains(place):
            return part
    return None

"""Where the parts of a strip lie. Numbers in, rectangles out; y 0 is the strip's top."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QPoint, QRect

from musicgen_desktop.ui.widgets.fader_law import gain_at, position_of

from ._parts import (
    ADD_INSERT,
    ADD_SEND,
    ARM,
    FADER,
    FOLD,
    MORE_INSERTS,
    MORE_SENDS,
    MUTE,
    NAME,
    OUTPUT,
    PAN,
    PEAK,
    SOLO,
    VALUE,
    Part,
)
from ._pictures import StripPicture

WIDE, NARROW = 92, 60
LOUDNESS_WIDTH = 84
"""How much wider the master is: its loudness stands beside its fader."""
HANDLE_HEIGHT = 28
ROW_HEIGHT = 18

_ROW_STEP = ROW_HEIGHT + 1
_MARGIN = 4
_HEADER = 38
_GAP = 4
_APART = 7
_LEAST_FADER = 78
_PEAK_HEIGHT = 14
_VALUE_HEIGHT = 18
_MOST_INSERTS, _MOST_SENDS = 12, 8
_ROOMY = 420
"""From this height on the pan has a row of its own, with its value beside it."""


class Rack(msgspec.Struct, frozen=True):
    """What all strips of a row show, so that their parts stand side by side.

    Attributes:
        insert_rows, send_rows: how many rows there are.
        has_output: whether the output has a row.
        has_pan_row: whether pan and buttons have a row each.
    """

    insert_rows: int
    send_rows: int
    has_output: bool
    has_pan_row: bool


class Layout(msgspec.Struct, frozen=True):
    """The rectangles of one strip; an empty one is not shown."""

    width: int
    height: int
    header: QRect
    inserts: tuple[QRect, ...]
    sends: tuple[QRect, ...]
    output: QRect
    pan: QRect
    mute: QRect
    solo: QRect
    arm: QRect
    peak: QRect
    scale: QRect
    fader: QRect
    meters: tuple[QRect, QRect]
    value: QRect
    loudness: QRect


def plan_rack(
    height: int,
    inserts: int,
    sends: int,
    *,
    narrow: bool = False,
    show_inserts: bool = True,
    show_sends: bool = True,
) -> Rack:
    """How the height is shared out: the fader has its least, then rows come by turns, the fader has the rest.

    Args:
        height: of the strips.
        inserts: the most that a strip has.
        sends: the most that a strip has.
        narrow: the strips are: pan and buttons need a row each.
        show_inserts: whether the user wants to see them.
        show_sends: the same.
    """
    roomy = narrow or height >= _ROOMY
    fixed = _HEADER + 20 + _PEAK_HEIGHT + _VALUE_HEIGHT + 4 * _GAP + (26 if roomy else 0) + _LEAST_FADER
    free = height - fixed
    has_output = free >= _ROW_STEP + _GAP
    free -= _ROW_STEP + _GAP if has_output else 0
    # One more than there are, to add to, and some empty ones where there is room: a rack, not a list.
    want_inserts = min(_MOST_INSERTS, max(inserts + 1, 4)) if show_inserts else 0
    want_sends = min(_MOST_SENDS, max(sends + 1, 2)) if show_sends else 0
    got_inserts = got_sends = 0
    while free >= _ROW_STEP and (got_inserts < want_inserts or got_sends < want_sends):
        if got_inserts < want_inserts and (got_inserts <= 2 * got_sends or got_sends >= want_sends):
            free -= _ROW_STEP + (_GAP if got_inserts == 0 else 0)
            got_inserts += 1
        else:
            free -= _ROW_STEP + (_GAP if got_sends == 0 else 0)
            got_sends += 1
    return Rack(got_inserts, got_sends, has_output, roomy)


def lay_out(width: int, height: int, rack: Rack, kind: str) -> Layout:
    """The rectangles of a strip of a kind: “audio”, “notes”, “bus” or “master”."""
    left, inner = _MARGIN, width - 2 * _MARGIN
    y = _HEADER
    inserts, y = _rows(left, y, inner, rack.insert_rows)
    sends, y = _rows(left, y, inner, rack.send_rows)
    if kind == "master":
        sends = ()
    output = QRect()
    if rack.has_output:
        output = QRect() if kind == "master" else QRect(left, y, inner, ROW_HEIGHT)
        y += _ROW_STEP + _GAP
    # The controls below stand in a column as wide as any other strip's, the master's too.
    column = inner - LOUDNESS_WIDTH if kind == "master" else inner
    pan, mute, solo, arm, y = _buttons(left, y, column, kind, has_pan_row=rack.has_pan_row)
    value = QRect(left, height - _MARGIN - _VALUE_HEIGHT, column, _VALUE_HEIGHT)
    top, bottom = y + _PEAK_HEIGHT + 2, value.top() - _GAP
    scale_width = 17 if column >= 70 else 0
    bar = 8 if column >= 70 else 6
    free = column - scale_width - 2 * bar - 1
    fader = QRect(left + scale_width, top, free - 4, max(8, bottom - top))
    meter_x = left + scale_width + free
    meters = (
        QRect(meter_x, top, bar, fader.height()),
        QRect(meter_x + bar + 1, top, bar, fader.height()),
    )
    loudness = QRect()
    if kind == "master":
        loudness = QRect(left + column + 8, y, LOUDNESS_WIDTH - 8, height - _MARGIN - y)
    return Layout(
        width,
        height,
        QRect(0, 0, width, _HEADER - 2),
        inserts,
        sends,
        output,
        pan,
        mute,
        solo,
        arm,
        QRect(left, y, column, _PEAK_HEIGHT),
        QRect(left, top, scale_width, fader.height()),
        fader,
        meters,
        value,
        loudness,
    )


def columns(strips: Sequence[StripPicture], width: int) -> tuple[dict[str, int], int]:
    """Strip id → its left edge, before scrolling, and the width of all but the master, which comes last.

    The buses stand a little apart from the tracks.
    """
    left, kept, found = 0, "", {}
    for strip in strips:
        if strip.kind == "bus" and kept not in ("", "bus"):
            left += _APART
        found[strip.id] = left
        if strip.kind != "master":
            left += width + 1
        kept = strip.kind
    return found, left


def rects_of_parts(layout: Layout, strip: StripPicture) -> tuple[tuple[Part, QRect], ...]:
    """The parts of a strip and where they lie, from top to bottom, smaller ones before those around them."""
    parts: list[tuple[Part, QRect]] = []
    if strip.folded is not None:
        parts.append((FOLD, QRect(layout.width - 20, 4, 18, 18)))
    parts.append((NAME, layout.header))
    shown = _shown(len(strip.inserts), len(layout.inserts))
    for row, insert in zip(layout.inserts, strip.inserts[:shown], strict=False):
        parts.append((Part("power", insert.id), QRect(row.left(), row.top(), 17, row.height())))
        parts.append((Part("insert", insert.id), row))
    parts += _last_rows(layout.inserts, len(strip.inserts), shown, ADD_INSERT, MORE_INSERTS)
    shown = _shown(len(strip.sends), len(layout.sends))
    for row, send in zip(layout.sends, strip.sends[:shown], strict=False):
        parts.append((Part("tap", send.id), QRect(row.right() - 15, row.top(), 16, row.height())))
        parts.append((Part("send", send.id), row))
    if strip.can_send:
        parts += _last_rows(layout.sends, len(strip.sends), shown, ADD_SEND, MORE_SENDS)
    parts += [
        (OUTPUT, layout.output),
        (PAN, layout.pan),
        (MUTE, layout.mute),
        (SOLO, layout.solo),
        (ARM, layout.arm if strip.can_arm else QRect()),
        (PEAK, layout.peak),
        (PEAK, layout.meters[0].united(layout.meters[1])),
        (FADER, layout.fader.united(layout.scale)),
        (VALUE, layout.value),
    ]
    return tuple((part, rect) for part, rect in parts if not rect.isEmpty())


def shown_rows(strip: StripPicture, layout: Layout) -> tuple[int, int]:
    """How many inserts and sends of a strip have a row; with more, the last row says how many are left."""
    return _shown(len(strip.inserts), len(layout.inserts)), _shown(len(strip.sends), len(layout.sends))


def part_at(layout: Layout, strip: StripPicture, place: QPoint) -> Part | None:
    """The part under a place of the strip."""
    return next((part for part, rect in rects_of_parts(layout, strip) if rect.contains(place)), None)


def handle_rect(layout: Layout, gain_db: float) -> QRect:
    """The fader's handle at a level. At the lowest ones it rests on the end: the value says what it is."""
    fader = layout.fader
    top = min(round(y_of(fader, gain_db) - HANDLE_HEIGHT / 2), fader.bottom() + 4 - HANDLE_HEIGHT)
    width = min(26, fader.width())
    return QRect(fader.center().x() - width // 2 + 1, top, width, HANDLE_HEIGHT)


def y_of(fader: QRect, gain_db: float) -> float:
    """The height of a level beside a fader or in a meter."""
    return fader.top() + (1.0 - position_of(gain_db)) * fader.height()


def gain_of_way(fader: QRect, start_db: float, up_px: float) -> float:
    """The level after a hand has moved a fader that stood at `start_db` up by so many pixels, in tenths."""
    position = position_of(start_db) + up_px / max(1, fader.height())
    return round(gain_at(min(1.0, max(0.0, position))), 1)


def insert_row_at(layout: Layout, strip: StripPicture, y: float) -> int:
    """Before which insert one would land that is dropped at a height: 0 is before the first."""
    if not layout.inserts:
        return len(strip.inserts)
    row = round((y - layout.inserts[0].top()) / _ROW_STEP)
    return min(len(strip.inserts), max(0, row))


def _shown(there: int, rows: int) -> int:
    return there if there <= rows else max(0, rows - 1)


def _last_rows(
    rows: tuple[QRect, ...], there: int, shown: int, add: Part, more: Part
) -> list[tuple[Part, QRect]]:
    if not rows:
        return []
    if shown < there:
        return [(more, rows[-1])]
    free = rows[shown:]
    # All empty rows together take a click: there is nothing else in them.
    return [(add, free[0].united(free[-1]))] if free else []


def _rows(left: int, y: int, width: int, rows: int) -> tuple[tuple[QRect, ...], int]:
    made = tuple(QRect(left, y + row * _ROW_STEP, width, ROW_HEIGHT) for row in range(rows))
    return made, y + rows * _ROW_STEP + (_GAP if rows else 0)


def _buttons(
    left: int, y: int, width: int, kind: str, *, has_pan_row: bool
) -> tuple[QRect, QRect, QRect, QRect, int]:
    """Pan, mute, solo, arm, and the y below them."""
    if has_pan_row:
        pan = QRect(left, y, width, 24)
        y += 26
        room, x = width, left
    else:
        pan = QRect(left, y, 20, 20)
        room, x = width - 22, left + 22
    step = (room + 2) // 3
    mute, solo, arm = (QRect(x + at * step, y, step - 2, 20) for at in range(3))
    if kind == "master":
        solo = arm = QRect()
    return pan, mute, solo, arm, y + 20 + _GAP

"""What the wheel does over keyboard, grid, ruler and lane alike."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent

from ._view_model import RollModel


def turn_wheel(model: RollModel, event: QWheelEvent) -> None:
    """Scroll; with Ctrl zoom time, with Ctrl and Shift zoom pitch, with Shift scroll in time."""
    geometry = model.geometry
    turn = event.angleDelta().y() or event.angleDelta().x()
    modifiers = event.modifiers()
    ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    x, y = event.position().x(), event.position().y()
    if ctrl and shift:
        model.show(geometry.zoomed_rows(geometry.row_px + (2 if turn > 0 else -2), y))
    elif ctrl:
        model.show(geometry.zoomed_time(1.2 ** (turn / 120.0), x))
    elif shift or abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
        model.show(geometry.scrolled(geometry.left_tick - turn * 0.6 / geometry.px_per_tick, geometry.top_px))
    else:
        model.show(geometry.scrolled(geometry.left_tick, geometry.top_px - turn * 0.4))
    event.accept()

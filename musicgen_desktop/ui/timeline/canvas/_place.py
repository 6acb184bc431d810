"""Where the mouse is, in the words of the song."""

import msgspec
from PySide6.QtCore import QPointF, Qt

from musicgen_desktop.ui.timeline._geometry import Row


class Place(msgspec.Struct, frozen=True):
    """A moment of a gesture.

    Attributes:
        at: in the viewport.
        tick: under the mouse, not snapped; negative left of the song.
        row: under the mouse; None above and below the tracks.
        modifiers: the keys that are held.
    """

    at: QPointF
    tick: float
    row: Row | None
    modifiers: Qt.KeyboardModifier

    @property
    def bypasses_snap(self) -> bool:
        """Ctrl is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)

    @property
    def is_fine(self) -> bool:
        """Shift is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def copies(self) -> bool:
        """Alt is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)

    @property
    def adds(self) -> bool:
        """Ctrl or Shift is held: the selection grows."""
        return self.bypasses_snap or self.is_fine

"""The keyboard in the mixer."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ._parts import ADD_INSERT, FADER, VALUE, Part, Spot
from ._view_model import MixerViewModel

_PAGE = 6.0
_NEVER_TYPED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Touched(Protocol):
    """What the keys act on: the strips as they are shown."""

    @property
    def focused(self) -> Part:
        """The part of the current strip that the keyboard acts on."""

    def focus_part(self, part: Part) -> None:
        """Let it act on another part."""

    def parts(self, track_id: str) -> tuple[Part, ...]:
        """The parts of a strip that it can act on."""

    def show_strip(self, track_id: str) -> None:
        """Scroll to a strip."""

    def activate(self, spot: Spot) -> None:
        """Do what a click does."""

    def step(self, spot: Spot, notches: float, *, fine: bool = False) -> bool:
        """Turn a value."""

    def reset(self, spot: Spot) -> bool:
        """Put a value back."""

    def write(self, track_id: str, part: Part, text: str | None = None) -> None:
        """Open the field of a part."""

    def pick_effect(self, track_id: str, part: Part) -> None:
        """Open the list of effects."""


class MixerKeys:
    """Left and Right walk strips, Up and Down turn the focused part, Return opens it, digits type a level.

    Delete takes an effect or a send away, and puts any other value back.
    """

    def __init__(self, model: MixerViewModel, view: Touched) -> None:
        self._model = model
        self._view = view

    def types(self, event: QKeyEvent) -> bool:
        """Whether the key begins a typed level, whatever it means to the window."""
        held, text = event.modifiers(), event.text()
        return not held & _NEVER_TYPED and len(text) == 1 and (text.isdigit() or text in "-−+")

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & _NEVER_TYPED and key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False  # it is the window's
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        spot = Spot(self._model.current_id, self._view.focused)
        match key:
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._walk(-1 if key == Qt.Key.Key_Left else 1, extend=shift)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                up = 1.0 if key == Qt.Key.Key_Up else -1.0
                return self._turn(spot, up, alt=bool(modifiers & Qt.KeyboardModifier.AltModifier), fine=shift)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                return self._turn(spot, _PAGE if key == Qt.Key.Key_PageUp else -_PAGE)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter(spot)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                return self._remove(spot) or self._view.reset(spot)
            case _:
                if not self.types(event):
                    return False
                self._type(spot, event.text())
        return True

    def _walk(self, steps: int, *, extend: bool) -> None:
        self._model.walk(steps, extend=extend)
        track_id = self._model.current_id
        self._view.show_strip(track_id)
        part = self._view.focused
        self._view.focus_part(part if part in self._view.parts(track_id) else FADER)

    def _turn(self, spot: Spot, notches: float, *, alt: bool = False, fine: bool = False) -> bool:
        part = spot.part
        if alt and part is not None and part.name == "insert":
            self._model.shift_insert(spot.track_id, part.id, -1 if notches > 0.0 else 1)
            return True
        if alt:
            return False
        return self._view.step(spot, notches, fine=fine) or self._view.step(
            Spot(spot.track_id, FADER), notches, fine=fine
        )

    def _enter(self, spot: Spot) -> None:
        """On the fader the strip's effects open, elsewhere the part does what a click does."""
        if spot.part not in (FADER, None):
            self._view.activate(spot)
            return
        strip = self._model.strip(spot.track_id)
        if strip is not None and strip.inserts:
            self._model.effect_requested.emit(spot.track_id, strip.inserts[0].id)
        else:
            self._view.pick_effect(spot.track_id, ADD_INSERT)

    def _remove(self, spot: Spot) -> bool:
        part = spot.part
        if part is None or part.name not in ("insert", "send"):
            return False
        if part.name == "insert":
            self._model.remove_insert(spot.track_id, part.id)
        else:
            self._model.remove_send(spot.track_id, part.id)
        self._view.focus_part(FADER)
        return True

    def _type(self, spot: Spot, text: str) -> None:
        typed = spot.part if spot.part is not None and spot.part.name in ("pan", "send") else VALUE
        self._view.write(spot.track_id, typed, text)

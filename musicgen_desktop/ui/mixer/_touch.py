"""What touching a part of a strip does, by mouse or by keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.ui.bridges import Bridges, LearnTarget, tip_with_mark
from musicgen_desktop.ui.widgets import InstrumentPicker, pan_text, typed_pan
from musicgen_desktop.ui.widgets.fader_law import read_db, stepped, text_of_db

from ._canvas import MixerCanvas
from ._field import InlineField
from ._geometry import rects_of_parts
from ._menus import StripMenus
from ._parts import FADER, NAME, PAN, VALUE, Part, Spot, learnable_of
from ._view_model import MixerViewModel
from ._words import words_of

_WHEEL_DB, _FINE_DB = 0.5, 0.1
_WHEEL_PAN, _FINE_PAN = 0.05, 0.01


class MixerTouch(MixerCanvas):
    """The strips, and all that can be done to their parts; `MixerView` says when."""

    def __init__(self, model: MixerViewModel, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._bridges = bridges
        self.field = InlineField(self.viewport())
        self._menus = StripMenus(model, bridges.actions, bridges.learning, self.write, self)
        model.changed.connect(self._tell)

    # What the keyboard acts on

    @property
    def focused(self) -> Part:
        """The part of the current strip that the keyboard acts on."""
        return self._focus

    def focus_part(self, part: Part) -> None:
        """Let the keyboard act on another part."""
        self._focus = part
        self._tell()
        self.viewport().update()

    def parts(self, track_id: str) -> tuple[Part, ...]:
        """The parts of a strip in the order that Tab walks them."""
        strip = self._model.strip(track_id)
        if strip is None:
            return ()
        skipped = ("peak", "power", "tap")
        return tuple(
            part for part, _ in rects_of_parts(self.layout_of(track_id), strip) if part.name not in skipped
        )

    # Wishes that both mouse and keyboard have

    def activate(self, spot: Spot, place: QPoint | None = None, *, exclusive: bool = False) -> None:
        """Do what a click on a part does."""
        model, track_id, part = self._model, spot.track_id, spot.part
        if part is None:
            return
        doings: dict[str, Callable[[], object]] = {
            "mute": lambda: model.toggle_mute(track_id),
            "solo": lambda: model.toggle_solo(track_id, exclusive=exclusive),
            "arm": lambda: model.toggle_arm(track_id),
            "power": lambda: model.bypass_insert(track_id, part.id),
            "insert": lambda: model.effect_requested.emit(track_id, part.id),
            "tap": lambda: model.toggle_tap(track_id, part.id),
            "fold": lambda: model.fold(track_id),
            "peak": lambda: self.forget_peak(track_id),
            "add_insert": lambda: self.pick_effect(track_id, part),
        }
        doings |= dict.fromkeys(
            ("add_send", "more_inserts", "more_sends", "output"), lambda: self.open_menu(spot, place)
        )
        doings |= dict.fromkeys(("value", "name", "pan", "send"), lambda: self.write(track_id, part))
        if part.name in doings:
            doings[part.name]()

    def step(self, spot: Spot, notches: float, *, fine: bool = False) -> bool:
        """Turn what has a value by some notches up; False for a part that has none."""
        part, track_id = spot.part, spot.track_id
        if part is None:
            return False
        by_db = notches * (_FINE_DB if fine else _WHEEL_DB)
        if part in (FADER, VALUE):
            gain_db = stepped(self._model.track(track_id).gain_db, by_db)
            self._model.set_gain(track_id, gain_db, f"step:{track_id}")
        elif part == PAN:
            pan = self._model.track(track_id).pan + notches * (_FINE_PAN if fine else _WHEEL_PAN)
            self._model.set_pan(track_id, min(1.0, max(-1.0, pan)), f"pan:{track_id}")
        elif part.name in ("send", "tap"):
            gain_db = stepped(self._send_db(track_id, part.id), 2.0 * by_db)
            self._model.set_send_gain(track_id, part.id, gain_db, f"send:{part.id}")
        else:
            return False
        return True

    def reset(self, spot: Spot) -> bool:
        """Put a value back to where it is by itself; False for a part that has none."""
        if spot.part in (FADER, VALUE):
            self._model.reset_gain(spot.track_id)
        elif spot.part == PAN:
            self._model.set_pan(spot.track_id, 0.0)
        elif spot.part is not None and spot.part.name == "send":
            self._model.set_send_gain(spot.track_id, spot.part.id, 0.0)
        else:
            return False
        return True

    def write(self, track_id: str, part: Part, text: str | None = None) -> None:
        """Open the field of a part: its name or its value.

        Args:
            track_id: of the strip.
            part: its name, or what has a value; also “trim” and “instrument”.
            text: what stands there already; None is the present value.
        """
        model, track = self._model, self._model.track(track_id)
        self.show_strip(track_id)
        if part.name == "instrument":
            self.pick_instrument(track_id)
            return
        name, value = words_of(track, part), ""
        rect = self.rect_of(track_id, part)
        if part == NAME:
            value = track.name
            rect = QRect(rect.left() + 2, rect.top() + 3, rect.width() - 4, 20)
            self.field.open(rect, name, value, lambda typed: model.rename(track_id, typed))
            return
        if part == PAN:
            value, rect = pan_text(track.pan), self._room(rect)
        elif part.name == "send":
            value, rect = text_of_db(self._send_db(track_id, part.id), unit=False), self._room(rect)
        elif part.name == "trim":
            value, rect = text_of_db(track.trim_db, unit=False), self.rect_of(track_id, VALUE)
        else:
            value, rect = text_of_db(track.gain_db, unit=False), self.rect_of(track_id, VALUE)
        self.field.open(
            rect, name, value if text is None else text, lambda typed: self._typed(track_id, part, typed)
        )
        if text is not None:
            self.field.end(False)  # noqa: FBT003 - Qt's signature: nothing is selected

    def pick_effect(self, track_id: str, part: Part) -> None:
        """The list of effects, below a part."""
        rect = self.rect_of(track_id, part)
        self._menus.effect_picker(track_id).open_at(self.viewport().mapToGlobal(rect.topLeft()))

    def pick_instrument(self, track_id: str) -> None:
        """The list of instruments, below the strip's name."""
        try:
            picker = InstrumentPicker(self._model.track(track_id).patch, self)
        except UserInputError as error:
            self._bridges.project.refused.emit(str(error))
            return
        picker.patch_chosen.connect(lambda patch: self._model.set_patch(track_id, patch))
        picker.open_at(self.viewport().mapToGlobal(self.rect_of(track_id, NAME).bottomLeft()))

    def open_menu(self, spot: Spot, place: QPoint | None = None) -> None:
        """The menu of a part, at a place of the viewport or below the part."""
        if place is None:
            rect = self.rect_of(spot.track_id, spot.part or NAME)
            place = rect.bottomLeft()
        menu = self._menus.at(spot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def _typed(self, track_id: str, part: Part, text: str) -> None:
        try:
            value = typed_pan(text) if part == PAN else read_db(text)
        except ValueError:
            sentence = self.tr("“{text}” is no level: type a number such as −6, or −inf.")
            self._bridges.project.refused.emit(sentence.format(text=text))
            return
        if part == PAN:
            self._model.set_pan(track_id, min(1.0, max(-1.0, value)))
        elif part.name == "send":
            self._model.set_send_gain(track_id, part.id, value)
        elif part.name == "trim":
            self._model.set_trim(track_id, value)
        else:
            self._model.set_gain(track_id, value)

    def _room(self, rect: QRect) -> QRect:
        """Room for some figures around a small part."""
        return QRect(rect.left(), rect.top(), max(rect.width(), 52), max(rect.height(), 20))

    def _send_db(self, track_id: str, send_id: str) -> float:
        return next(send.gain_db for send in self._model.track(track_id).sends if send.id == send_id)

    def _tell(self) -> None:
        """Say to a screen reader where the keyboard is."""
        track = self._model.track(self._model.current_id)
        said = words_of(track, self._focus)
        if learnable_of(self._focus):
            target = LearnTarget(track.id, learnable_of(self._focus))
            said = tip_with_mark(said, self._bridges.learning, target)
        self.setAccessibleDescription(f"{track.name}: {said}")

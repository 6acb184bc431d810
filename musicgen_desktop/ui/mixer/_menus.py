"""The menu of what is under the mouse."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.catalogue import effect_presets, effects
from musicgen_desktop.ui.bridges import Actions, LearnBridge, LearnTarget, add_learn_lines
from musicgen_desktop.ui.theme import TRACK_COLOURS, icon
from musicgen_desktop.ui.widgets import Picker, PickerEntry

from ._parts import ARM, FADER, MUTE, PAN, SOLO, Part, Spot, learnable_of
from ._view_model import MixerViewModel

_FAMILIES = (
    ("equalizer", "filter"),
    ("compressor", "gate", "limiter"),
    ("reverb", "delay", "width"),
    ("chorus", "phaser", "pump"),
    ("distortion", "saturation", "bitcrush"),
)


class StripMenus(QObject):
    """Builds the menus of strips. `write` opens the field of a part."""

    def __init__(
        self,
        model: MixerViewModel,
        actions: Actions,
        learning: LearnBridge,
        write: Callable[[str, Part], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._learning = learning
        self._actions = actions
        self._write = write
        self._window = parent

    def at(self, spot: Spot) -> QMenu:
        """The menu of a spot."""
        part = spot.part or Part("")
        menu = QMenu(self._window)
        match part.name:
            case "insert" | "power":
                self._fill_insert(menu, spot.track_id, part.id)
            case "send" | "tap":
                self._fill_send(menu, spot.track_id, part.id)
            case "add_send":
                self.fill_targets(menu, spot.track_id)
            case "more_inserts":
                self._fill_more_inserts(menu, spot.track_id)
            case "more_sends":
                self._fill_more_sends(menu, spot.track_id)
            case "output":
                self.fill_outputs(menu, spot.track_id)
            case _:
                self._fill_strip(menu, spot.track_id, part)
        return menu

    def effect_picker(self, track_id: str, position: int | None = None) -> Picker:
        """The searchable list of effects; the chosen one is added."""
        picker = Picker(
            self.tr("Effect"),
            [PickerEntry(key, name, family, sentence) for family, key, name, sentence in _effects()],
            parent=self._window,
        )
        picker.chosen.connect(lambda effect: self._model.add_insert(track_id, effect, position))
        return picker

    def fill_targets(self, menu: QMenu, track_id: str) -> None:
        """The buses that a new send can lead to."""
        taken = {send.target for send in self._model.track(track_id).sends}
        free = [bus for bus in self._model.targets if bus.id not in taken and bus.id != track_id]
        for bus in free:
            _add(menu, bus.name, partial(self._model.add_send, track_id, bus.id), bus.color)
        if not free:
            menu.addAction(self.tr("No bus to send to")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(self._actions["mixer.add_bus"])

    def fill_outputs(self, menu: QMenu, track_id: str) -> None:
        """Where a track can play to."""
        track = self._model.track(track_id)
        master = self._model.strips[-1]
        choices: list[tuple[str | None, str, str]] = [(None, master.name, "")]
        choices += [(bus.id, bus.name, bus.color) for bus in self._model.targets if bus.id != track_id]
        for output, name, color in choices:
            action = _add(menu, name, partial(self._model.route, track_id, output), color)
            action.setCheckable(True)
            action.setChecked(output == track.output)

    def _fill_insert(self, menu: QMenu, track_id: str, insert_id: str) -> None:
        insert = next(each for each in self._model.track(track_id).inserts if each.id == insert_id)
        model = self._model
        _add(menu, self.tr("Open\tReturn"), lambda: model.effect_requested.emit(track_id, insert_id))
        bypass = _add(menu, self.tr("Bypass"), lambda: model.bypass_insert(track_id, insert_id))
        bypass.setCheckable(True)
        bypass.setChecked(insert.bypassed)
        presets = menu.addMenu(icon("preset"), self.tr("Preset"))
        try:
            for preset in effect_presets(insert.effect).presets:
                _add(
                    presets,
                    preset.name,
                    partial(model.load_preset, track_id, insert_id, preset.parameters),
                )
        except UserInputError:
            presets.setEnabled(False)
        _add(presets, self.tr("Defaults"), lambda: model.load_preset(track_id, insert_id, {}))
        menu.addSeparator()
        _add(menu, self.tr("Move up\tAlt+Up"), lambda: model.shift_insert(track_id, insert_id, -1))
        _add(menu, self.tr("Move down\tAlt+Down"), lambda: model.shift_insert(track_id, insert_id, 1))
        at = [each.id for each in model.track(track_id).inserts].index(insert_id)
        _add(menu, self.tr("Insert effect below…"), lambda: self._pick_effect(track_id, at + 1))
        menu.addSeparator()
        self._add_learning(menu, track_id, Part("insert", insert_id), self.tr("bypass"))
        menu.addSeparator()
        _add(menu, self.tr("Remove\tDel"), lambda: model.remove_insert(track_id, insert_id))

    def _fill_send(self, menu: QMenu, track_id: str, send_id: str) -> None:
        send = next(each for each in self._model.track(track_id).sends if each.id == send_id)
        model = self._model
        _add(menu, self.tr("Type a level…\tReturn"), lambda: self._write(track_id, Part("send", send_id)))
        on = _add(menu, self.tr("On"), lambda: model.toggle_send(track_id, send_id))
        pre = _add(menu, self.tr("Before the fader"), lambda: model.toggle_tap(track_id, send_id))
        for action, checked in ((on, send.enabled), (pre, send.pre_fader)):
            action.setCheckable(True)
            action.setChecked(checked)
        menu.addSeparator()
        self._add_learning(menu, track_id, Part("send", send_id))
        menu.addSeparator()
        self.fill_targets(menu.addMenu(self.tr("Add send to")), track_id)
        _add(menu, self.tr("Remove\tDel"), lambda: model.remove_send(track_id, send_id))

    def _fill_more_inserts(self, menu: QMenu, track_id: str) -> None:
        model = self._model
        strip = model.strip(track_id)
        for insert in strip.inserts if strip is not None else ():
            _add(menu, insert.name, partial(model.effect_requested.emit, track_id, insert.id))
        menu.addSeparator()
        _add(menu, self.tr("Add effect…"), lambda: self._pick_effect(track_id))

    def _fill_more_sends(self, menu: QMenu, track_id: str) -> None:
        strip = self._model.strip(track_id)
        for send in strip.sends if strip is not None else ():
            self._fill_send(menu.addMenu(send.name), track_id, send.id)
        menu.addSeparator()
        self.fill_targets(menu.addMenu(self.tr("Add send to")), track_id)

    def _fill_strip(self, menu: QMenu, track_id: str, part: Part) -> None:
        model, track = self._model, self._model.track(track_id)
        if learnable_of(part):
            self._add_learning(menu, track_id, part)
            menu.addSeparator()
        menu.addAction(self._actions["mixer.rename"])
        colours = menu.addMenu(self.tr("Colour"))
        for number, color in enumerate(TRACK_COLOURS, 1):
            name = self.tr("Colour {number}").format(number=number)
            _add(colours, name, partial(model.recolour, track_id, color), color)
        if track.kind == "notes":
            _add(menu, self.tr("Instrument…"), lambda: self._write(track_id, Part("instrument")))
        menu.addSeparator()
        for each in ("mixer.mute", "mixer.solo", "mixer.arm"):
            menu.addAction(self._actions[each])
        menu.addSeparator()
        _add(menu, self.tr("Add effect…"), lambda: self._pick_effect(track_id))
        if track.kind != "master":
            self.fill_targets(menu.addMenu(self.tr("Add send to")), track_id)
            self.fill_outputs(menu.addMenu(self.tr("Output")), track_id)
        menu.addSeparator()
        _add(menu, self.tr("Trim before the effects…"), lambda: self._write(track_id, Part("trim")))
        invert = _add(menu, self.tr("Invert polarity"), lambda: model.invert_polarity(track_id))
        invert.setCheckable(True)
        invert.setChecked(track.polarity_inverted)
        if not learnable_of(part):
            self._fill_learning(menu.addMenu(self.tr("Learn MIDI")), track_id)
        menu.addSeparator()
        menu.addAction(self._actions["mixer.group"])
        menu.addAction(self._actions["mixer.add_bus"])

    def _add_learning(self, menu: QMenu, track_id: str, part: Part, what: str = "") -> None:
        add_learn_lines(menu, self._learning, LearnTarget(track_id, learnable_of(part)), what)

    def _fill_learning(self, menu: QMenu, track_id: str) -> None:
        """All of a strip that a controller can move, where the menu is of the whole strip."""
        strip = self._model.strip(track_id)
        self._add_learning(menu, track_id, FADER, self.tr("fader"))
        self._add_learning(menu, track_id, PAN, self.tr("pan"))
        self._add_learning(menu, track_id, MUTE, self.tr("mute"))
        if strip is not None and strip.kind != "master":
            self._add_learning(menu, track_id, SOLO, self.tr("solo"))
        if strip is not None and strip.can_arm:
            self._add_learning(menu, track_id, ARM, self.tr("arm"))

    def _pick_effect(self, track_id: str, position: int | None = None) -> None:
        corner = self._window.mapToGlobal(QPoint(0, 0))
        cursor = self._window.cursor().pos()
        self.effect_picker(track_id, position).open_at(
            cursor if self._window.rect().contains(cursor - corner) else corner
        )


def _effects() -> list[tuple[str, str, str, str]]:
    """Family, id, name and sentence of each effect, families together."""
    translate = QCoreApplication.translate
    titles = (
        translate("Mixer", "Tone"),
        translate("Mixer", "Dynamics"),
        translate("Mixer", "Space"),
        translate("Mixer", "Motion"),
        translate("Mixer", "Drive"),
    )
    rest = translate("Mixer", "Level and more")
    found: list[tuple[int, str, str, str, str]] = []
    for entry in effects():
        row = next((row for row, family in enumerate(_FAMILIES) if entry.id in family), len(_FAMILIES))
        title = titles[row] if row < len(titles) else rest
        found.append((row, title, entry.id, entry.name, entry.description))
    found.sort(key=lambda each: each[0])
    return [each[1:] for each in found]


def _add(menu: QMenu, text: str, slot: Callable[[], object], color: str = "") -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked=False: slot())
    if color:
        dot = QPixmap(12, 12)
        dot.fill(QColor(color))
        action.setIcon(QIcon(dot))
    return action

"""The button that tells whom the song runs with, and its menu."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.live_midi import MidiPorts, list_midi_ports
from musicgen_desktop.session.controllers.sync import FollowKind, SyncSettings
from musicgen_desktop.ui.bridges import SyncBridge
from musicgen_desktop.ui.theme import tokens

_WIDTH, _COMPACT_WIDTH = 96, 36


class SyncButton(QToolButton):
    """Shows the followed machine's state, or what is sent; a click or the keyboard opens the menu."""

    def __init__(self, sync: SyncBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sync = sync
        self._is_compact = False
        self._list_ports: Callable[[], MidiPorts] = list_midi_ports
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(_WIDTH)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Sync with other machines"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        sync.changed.connect(self._show)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Down open the menu: Space plays, wherever the focus is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def set_compact(self, *, compact: bool) -> None:
        """Show the sign alone, where there is little room; the tip says the rest."""
        if compact != self._is_compact:
            self._is_compact = compact
            self.setFixedWidth(_COMPACT_WIDTH if compact else _WIDTH)
            self._show()

    def _show(self) -> None:
        text, tip, mood = self._state()
        self.setText(text.partition(" ")[0].rstrip(":")[:4] if self._is_compact else text)
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        worn = tokens()
        tint = {"good": worn.good, "bad": worn.bad, "calm": worn.text_soft}[mood]
        self.setStyleSheet(
            f"QToolButton {{ color: {tint}; background: {worn.hover}; border-color: {worn.line_strong}; }}"
            f"QToolButton:focus {{ border-color: {worn.accent}; }}"
            "QToolButton::menu-indicator { image: none; }"
        )

    def _state(self) -> tuple[str, str, str]:
        """(on the button, said in full, mood)."""
        settings = self._sync.settings
        if settings.follow is not None:
            return self._followed(self._name_of(settings.follow))
        if settings.sends:
            tip = self.tr("Other machines run with this song: its clock is sent. Click to change that.")
            return self.tr("Sync: sending"), tip, "good"
        return self.tr("Sync: off"), self.tr("The song runs on its own. Click to run with others."), "calm"

    def _followed(self, name: str) -> tuple[str, str, str]:
        master = self._sync.master
        match master.state:
            case "rolling" if master.bpm is not None:
                tip = self.tr("Following {name} at {bpm:.1f} BPM").format(name=name, bpm=master.bpm)
                return self.tr("▶ {bpm:.1f} BPM").format(bpm=master.bpm), tip, "good"
            case "rolling":
                tip = self.tr("Following {name}").format(name=name)
                return self.tr("▶ {name}").format(name=name), tip, "good"
            case "lost":
                return self.tr("! Clock lost"), master.problem, "bad"
            case "stopped":
                tip = self.tr("{name} stands; the song starts when it does.").format(name=name)
                return self.tr("■ {name}").format(name=name), tip, "calm"
        tip = self.tr("Nothing is heard of {name} yet; start its sender.").format(name=name)
        return self.tr("… {name}").format(name=name), tip, "calm"

    def _name_of(self, kind: FollowKind) -> str:
        names = {
            "clock": self.tr("MIDI clock"),
            "timecode": self.tr("MIDI time code"),
            "jack": self.tr("JACK transport"),
            "link": self.tr("Ableton Link"),
        }
        return names[kind]

    # ---- the menu ------------------------------------------------------------------------------

    def _fill(self) -> None:
        menu, settings = self._menu, self._sync.settings
        menu.clear()
        try:
            ports = self._list_ports()
        except MusicgenDesktopError:
            ports = MidiPorts((), (), can_offer=False)
        off = menu.addAction(self.tr("Off"))
        off.setCheckable(True)
        off.setChecked(settings.follow is None and not settings.sends)
        off.triggered.connect(lambda: self._wish(clock=(), timecode=(), jack=False, follow=None))
        menu.addSeparator()
        outputs = [port.name for port in ports.outputs]
        self._add_outputs(self.tr("Send MIDI clock to"), "clock", settings.clock, outputs, ports)
        self._add_outputs(self.tr("Send MIDI time code to"), "timecode", settings.timecode, outputs, ports)
        jack = menu.addAction(self.tr("Move the JACK transport"))
        jack.setCheckable(True)
        jack.setChecked(settings.jack)
        jack.triggered.connect(lambda on: self._wish(jack=on, follow=None))
        menu.addSeparator()
        group = QActionGroup(menu)
        inputs = [port.name for port in ports.inputs]
        self._add_inputs(self.tr("Follow MIDI clock from"), "clock", inputs, ports, group)
        self._add_inputs(self.tr("Follow MIDI time code from"), "timecode", inputs, ports, group)
        self._add_follow(menu, self.tr("Follow the JACK transport"), "jack", "", group)
        self._add_follow(menu, self.tr("Follow Ableton Link"), "link", "", group)
        if ports.hint:
            menu.addSeparator()
            menu.addAction(ports.hint).setEnabled(False)

    def _add_outputs(
        self, title: str, field: str, chosen: tuple[str, ...], names: list[str], ports: MidiPorts
    ) -> None:
        menu = self._menu.addMenu(title)
        for name in _offered(names, chosen, own=ports.can_offer):
            action = self._action(menu, name)
            action.setChecked(name in chosen)
            action.triggered.connect(
                lambda on, name=name: self._wish(
                    **{field: tuple(each for each in (*chosen, name) if on or each != name), "follow": None}
                )
            )
        self._tell_empty(menu, self.tr("No MIDI output is there"))

    def _add_inputs(
        self, title: str, kind: FollowKind, names: list[str], ports: MidiPorts, group: QActionGroup
    ) -> None:
        menu = self._menu.addMenu(title)
        settings = self._sync.settings
        chosen = (settings.follow_port,) if settings.follow == kind else ()
        for name in _offered(names, chosen, own=ports.can_offer):
            self._add_follow(menu, "", kind, name, group)
        self._tell_empty(menu, self.tr("No MIDI input is there"))

    def _add_follow(self, menu: QMenu, text: str, kind: FollowKind, port: str, group: QActionGroup) -> None:
        settings = self._sync.settings
        action = menu.addAction(text) if text else self._action(menu, port)
        action.setCheckable(True)
        action.setChecked(settings.follow == kind and settings.follow_port == port)
        group.addAction(action)
        action.triggered.connect(
            lambda: self._wish(clock=(), timecode=(), jack=False, follow=kind, follow_port=port)
        )

    def _action(self, menu: QMenu, port: str) -> QAction:
        action = menu.addAction(port or self.tr("A port of this program (“Sync”)"))
        action.setCheckable(True)
        return action

    def _tell_empty(self, menu: QMenu, text: str) -> None:
        if menu.isEmpty():
            menu.addAction(text).setEnabled(False)

    def _wish(self, **changes: object) -> None:
        settings: SyncSettings = msgspec.structs.replace(self._sync.settings, **changes)
        self._sync.choose(settings)


def _offered(names: list[str], chosen: tuple[str, ...], *, own: bool) -> list[str]:
    """What a menu lists: one of our own first, and what was chosen and is away just now."""
    return list(dict.fromkeys([*([""] if own else []), *names, *chosen]))

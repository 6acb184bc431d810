"""The button that tells whom the song runs with, and its menu."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from musicgen_desktop.session.controllers.live_midi import MidiPorts, list_midi_ports
from musicgen_desktop.session.controllers.sync import FollowKind, SyncSettings
from musicgen_desktop.ui.bridges import Finder, SyncBridge
from musicgen_desktop.ui.theme import tokens

_WIDTH, _COMPACT_WIDTH = 96, 36


class SyncButton(QToolButton):
    """Shows the followed machine's state, or what is sent; a click or the keyboard opens the menu."""

    def __init__(self, sync: SyncBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sync = sync
        self._is_compact = False
        self._finder = Finder(list_midi_ports, self)
        self._finder.found.connect(self._take_ports)
        self._finder.failed.connect(self._take_none)
        self._ports: MidiPorts | None = None
        """Those of the last time; None before anybody looked."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(_WIDTH)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Sync with other machines"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._group = QActionGroup(self._menu)
        self._to = {
            "clock": QMenu(self.tr("Send MIDI clock to"), self._menu),
            "timecode": QMenu(self.tr("Send MIDI time code to"), self._menu),
        }
        self._from: dict[FollowKind, QMenu] = {
            "clock": QMenu(self.tr("Follow MIDI clock from"), self._menu),
            "timecode": QMenu(self.tr("Follow MIDI time code from"), self._menu),
        }
        self._hint = QAction(self._menu)
        self._hint.setEnabled(False)
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
        """Show the ports of the last time at once, and look for those of now: a system may take a while."""
        menu, settings = self._menu, self._sync.settings
        menu.clear()
        off = menu.addAction(self.tr("Off"))
        off.setCheckable(True)
        off.setChecked(settings.follow is None and not settings.sends)
        off.triggered.connect(lambda: self._wish(clock=(), timecode=(), jack=False, follow=None))
        menu.addSeparator()
        for outputs in self._to.values():
            menu.addMenu(outputs)
        jack = menu.addAction(self.tr("Move the JACK transport"))
        jack.setCheckable(True)
        jack.setChecked(settings.jack)
        jack.triggered.connect(lambda on: self._wish(jack=on, follow=None))
        menu.addSeparator()
        for inputs in self._from.values():
            menu.addMenu(inputs)
        self._add_follow(menu, self.tr("Follow the JACK transport"), "jack", "")
        self._add_follow(menu, self.tr("Follow Ableton Link"), "link", "")
        menu.addSeparator()
        menu.addAction(self._hint)
        self._fill_ports()
        self._finder.look()

    def _take_ports(self, ports: MidiPorts) -> None:
        is_news, self._ports = ports != self._ports, ports
        if is_news and self._menu.isVisible():
            self._fill_ports()

    def _take_none(self, _sentence: str) -> None:
        self._take_ports(MidiPorts((), (), can_offer=False))

    def _fill_ports(self) -> None:
        """List the ports in their menus, which may be open."""
        settings, ports = self._sync.settings, self._ports
        chosen = {"clock": settings.clock, "timecode": settings.timecode}
        names = [] if ports is None else [port.name for port in ports.outputs]
        for field, menu in self._to.items():
            menu.clear()
            self._add_outputs(menu, field, chosen[field], names)
        names = [] if ports is None else [port.name for port in ports.inputs]
        for kind, menu in self._from.items():
            menu.clear()
            self._add_inputs(menu, kind, names)
        self._hint.setText("" if ports is None else ports.hint)
        self._hint.setVisible(bool(self._hint.text()))

    def _add_outputs(self, menu: QMenu, field: str, chosen: tuple[str, ...], names: list[str]) -> None:
        for name in self._offered(names, chosen):
            action = self._action(menu, name)
            action.setChecked(name in chosen)
            action.triggered.connect(
                lambda on, name=name: self._wish(
                    **{field: tuple(each for each in (*chosen, name) if on or each != name), "follow": None}
                )
            )
        self._tell_empty(menu, self.tr("No MIDI output is there"))

    def _add_inputs(self, menu: QMenu, kind: FollowKind, names: list[str]) -> None:
        settings = self._sync.settings
        chosen = (settings.follow_port,) if settings.follow == kind else ()
        for name in self._offered(names, chosen):
            self._add_follow(menu, "", kind, name)
        self._tell_empty(menu, self.tr("No MIDI input is there"))

    def _offered(self, names: list[str], chosen: tuple[str, ...]) -> list[str]:
        """What a menu lists: one of our own first, and what was chosen and is away just now."""
        own = [""] if self._ports is not None and self._ports.can_offer else []
        return list(dict.fromkeys([*own, *names, *chosen]))

    def _add_follow(self, menu: QMenu, text: str, kind: FollowKind, port: str) -> None:
        settings = self._sync.settings
        action = menu.addAction(text) if text else self._action(menu, port)
        action.setCheckable(True)
        action.setChecked(settings.follow == kind and settings.follow_port == port)
        self._group.addAction(action)
        action.triggered.connect(
            lambda: self._wish(clock=(), timecode=(), jack=False, follow=kind, follow_port=port)
        )

    def _action(self, menu: QMenu, port: str) -> QAction:
        action = menu.addAction(port or self.tr("A port of this program (“Sync”)"))
        action.setCheckable(True)
        return action

    def _tell_empty(self, menu: QMenu, text: str) -> None:
        if self._ports is None:
            menu.addAction(self.tr("Looking for MIDI ports…")).setEnabled(False)
        elif menu.isEmpty():
            menu.addAction(text).setEnabled(False)

    def _wish(self, **changes: object) -> None:
        settings: SyncSettings = msgspec.structs.replace(self._sync.settings, **changes)
        self._sync.choose(settings)

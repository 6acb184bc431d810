"""Actions that show a panel, and the help."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from musicgen_desktop.ui.bridges import Bridges

from ._focus import walk
from ._layout import forget_layout
from ._panels import Panels

translate = QCoreApplication.translate


class HelpDialogs(Protocol):
    """What help shows."""

    def palette(self) -> object:
        """The command palette."""

    def shortcuts(self) -> object:
        """The shortcut sheet."""

    def settings(self) -> object:
        """The settings."""

    def midi_settings(self) -> object:
        """The settings, opened at MIDI."""

    def exchange_settings(self) -> object:
        """The settings, opened at the exchange folder."""

    def about(self) -> object:
        """Version and licences."""


def add_view_actions(bridges: Bridges, panels: Panels, window: QMainWindow, transport: QWidget) -> None:
    """One action for each panel, ways from panel to panel, and the layout as at the first start."""
    group = translate("View", "View")
    shown = (
        ("compose", translate("View", "Go to the prompt"), "Ctrl+1", panels.prompt.focus_prompt),
        ("timeline", translate("View", "Go to the timeline"), "Ctrl+2", panels.timeline.canvas.setFocus),
        ("mixer", translate("View", "Mixer"), "Ctrl+3", None),
        ("piano_roll", translate("View", "Piano roll"), "Ctrl+4", panels.piano_roll.take_focus),
        ("inspector", translate("View", "Inspector"), "Ctrl+5", None),
        ("effect", translate("View", "Effect"), "Ctrl+6", None),
        ("browser", translate("View", "Browser"), "Ctrl+7", None),
        ("plots", translate("View", "Plots"), "Ctrl+8", None),
        ("history", translate("View", "History"), "Ctrl+9", None),
        ("library", translate("View", "Library"), "", None),
        ("bridge", translate("View", "To your DAW"), "", None),
    )
    for name, text, keys, focus in shown:
        bridges.actions.add(
            f"view.{name}", group, text, _shower(panels, name, focus), shortcuts=[keys] if keys else ()
        )

    for name, text, keys, step in (
        ("next_panel", translate("View", "Next panel"), "F6", 1),
        ("previous_panel", translate("View", "Previous panel"), "Shift+F6", -1),
    ):
        bridges.actions.add(
            f"view.{name}",
            group,
            text,
            _walker(panels, transport, step),
            shortcuts=[keys],
        )

    bridges.actions.add(
        "view.maximise",
        group,
        translate("View", "Maximise the panel below"),
        panels.below.toggle,
        shortcuts=["Ctrl+Shift+M"],
        tip=translate("View", "Give mixer, piano roll or browser most of the window, and back"),
    )

    def lay_out() -> None:
        forget_layout()
        panels.lay_out()

    bridges.actions.add("view.reset", group, translate("View", "Reset layout"), lay_out)
    bridges.actions.add(
        "view.full",
        group,
        translate("View", "Full screen"),
        lambda: window.showNormal() if window.isFullScreen() else window.showFullScreen(),
        shortcuts=["F11"],
    )


def add_help_actions(bridges: Bridges, dialogs: HelpDialogs) -> None:
    """Palette, shortcut sheet, settings, about."""
    group = translate("View", "Help")
    add = bridges.actions.add
    add(
        "help.palette",
        group,
        translate("View", "Commands…"),
        dialogs.palette,
        shortcuts=["Ctrl+K"],
        icon="search",
    )
    add(
        "help.shortcuts",
        group,
        translate("View", "Keyboard shortcuts"),
        dialogs.shortcuts,
        shortcuts=["?", "F1"],
        icon="keyboard",
    )
    add(
        "file.settings",
        group,
        translate("View", "Settings…"),
        dialogs.settings,
        shortcuts=["Ctrl+,"],
        icon="settings",
    )
    add("file.midi_settings", group, translate("View", "MIDI and controllers…"), dialogs.midi_settings)
    add("file.exchange", group, translate("View", "Exchange folder…"), dialogs.exchange_settings)
    add("help.about", group, translate("View", "About MusicGen Desktop"), dialogs.about)


def _shower(panels: Panels, name: str, focus: Callable[[], object] | None) -> Callable[[], None]:
    def show() -> None:
        if name != "timeline":
            panels.show(name, focus=focus is None)
        if focus is not None:
            focus()

    return show


def _walker(panels: Panels, transport: QWidget, step: int) -> Callable[[], None]:
    return lambda: walk((transport, *panels.in_order), step)

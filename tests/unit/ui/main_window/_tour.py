"""Every panel and dialog of the window, with something in it."""

from pathlib import Path

from PySide6.QtWidgets import QDialog

from musicgen_desktop.session.controllers.live_midi import MidiPorts
from musicgen_desktop.session.controllers.playing import DeviceList
from musicgen_desktop.session.workspace import LeftBehind, MissingMedia
from musicgen_desktop.ui.handover import SendDialog
from musicgen_desktop.ui.main_window._about import AboutDialog
from musicgen_desktop.ui.main_window._missing_media import MissingMediaDialog
from musicgen_desktop.ui.main_window._palette import CommandPalette
from musicgen_desktop.ui.main_window._recovery import RecoveryDialog
from musicgen_desktop.ui.main_window._shortcuts import ShortcutSheet
from musicgen_desktop.ui.settings import SettingsDialog
from tests.unit.ui.main_window.conftest import settle

PANELS = ("timeline", "compose", "inspector", "effect", "history", "mixer", "piano_roll", "plots", "browser")
PANELS += ("library", "bridge")
DIALOGS = ("about", "missing_media", "palette", "recovery", "send", "settings", "shortcuts")


def show_panel(opened, name):
    """Bring a panel to the front with something in it. Returns it."""
    panels, selection = opened.panels, opened.bridges.selection
    if name == "timeline":
        return panels.timeline
    bass = opened.project.track_of("bass")
    if name == "piano_roll":
        selection.edit_clip(bass.clips[0].id)
    if name in ("inspector", "plots"):
        selection.select_clips([bass.clips[0].id])
    if name == "effect":
        panels.effect.panel.show_insert(bass.id, bass.inserts[0].id)
    if name == "compose":
        opened.compose()
    panels.show(name)
    settle()
    return panels.dock(name).widget()


def dialog_of(opened, name) -> QDialog:
    """One of `DIALOGS`, open over the window."""
    window, services = opened.window, opened.services
    folder = Path("/tmp/Lost.mgproj")  # noqa: S108 - only named
    made = {
        "about": lambda: AboutDialog(services.jobs, window),
        "missing_media": lambda: MissingMediaDialog(
            opened.bridges,
            services.jobs,
            (MissingMedia("source-1", "Voice", folder / "voice.wav", 2),),
            window,
        ),
        "palette": lambda: CommandPalette(opened.actions, window),
        "recovery": lambda: RecoveryDialog(
            (LeftBehind(folder, "2026-01-02T03:04:05Z", "open", 1, 3, "", None, folder / "mark"),), window
        ),
        "send": lambda: SendDialog(opened.bridges, services.jobs, window),
        "settings": lambda: SettingsDialog(
            services.preferences,
            lambda: DeviceList((), ()),
            lambda: MidiPorts((), (), can_offer=True),
            services.bridges.learning,
            window,
            languages=("en", "de"),
        ),
        "shortcuts": lambda: ShortcutSheet(opened.actions, window),
    }[name]()
    made.open()
    settle()
    return made

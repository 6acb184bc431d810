"""The menu bar, made of the same actions as the shortcuts and the palette."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDockWidget, QMenu, QMenuBar

from musicgen_desktop.ui.bridges import Actions

from ._desk import Desk

translate = QCoreApplication.translate

_MENUS = ("file", "edit", "song", "track", "clip", "note", "mixer", "take", "transport", "view", "help")
"""By the part of an action's id before the dot; what is not named here goes under Edit."""


def fill_menus(
    bar: QMenuBar,
    actions: Actions,
    docks: Iterable[QDockWidget],
    desk: Desk,
    open_folder: Callable[[Path], object],
) -> None:
    """Every action under the menu that its id names."""
    titles = {
        "file": translate("Menus", "&File"),
        "edit": translate("Menus", "&Edit"),
        "song": translate("Menus", "&Song"),
        "track": translate("Menus", "&Track"),
        "clip": translate("Menus", "&Clip"),
        "note": translate("Menus", "&Notes"),
        "mixer": translate("Menus", "&Mixer"),
        "take": translate("Menus", "T&akes"),
        "transport": translate("Menus", "T&ransport"),
        "view": translate("Menus", "&View"),
        "help": translate("Menus", "&Help"),
    }
    menus: dict[str, QMenu] = {name: bar.addMenu(titles[name]) for name in _MENUS}
    for listed in actions.listed():
        menus.get(menu_of(listed.id), menus["edit"]).addAction(listed.action)
        if listed.id == "file.open":
            _add_recent(menus["file"], desk, open_folder)
    menus["view"].addSeparator()
    for dock in docks:
        menus["view"].addAction(dock.toggleViewAction())
    for menu in menus.values():
        menu.menuAction().setVisible(not menu.isEmpty())


def menu_of(action_id: str) -> str:
    """The menu that an action belongs to."""
    room = action_id.partition(".")[0]
    others = {"piano_roll": "note", "prompt": "take", "timeline": "view", "tool": "edit"}
    others |= {"time": "song", "marker": "song", "lanes": "song"}
    return others.get(room, room)


def _add_recent(menu: QMenu, desk: Desk, open_folder: Callable[[Path], object]) -> None:
    recent = menu.addMenu(translate("Menus", "Open recent"))

    def fill() -> None:
        recent.clear()
        for project in desk.recent.projects()[:10]:
            action = recent.addAction(project.name)
            action.setToolTip(project.path)
            action.setEnabled(not project.is_missing)
            action.triggered.connect(lambda _checked=False, path=project.path: open_folder(Path(path)))
        if recent.isEmpty():
            recent.addAction(translate("Menus", "No recent projects")).setEnabled(False)

    recent.aboutToShow.connect(fill)

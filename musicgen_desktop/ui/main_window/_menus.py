"""The menu bar, made of the same actions as the shortcuts and the palette."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMenu, QMenuBar

from musicgen_desktop.ui.bridges import Actions, Listed

from ._desk import Desk
from ._edit_menu import EditMenu

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
    for name, menu in menus.items():
        _fill(menu, [each for each in actions.listed() if _menu_of(each.id) == name])
    _add_recent(menus["file"], actions["file.open"], desk, open_folder)
    EditMenu(menus["edit"], actions, behind=actions["edit.redo"])
    menus["view"].addSeparator()
    for dock in docks:
        menus["view"].addAction(dock.toggleViewAction())
    for menu in menus.values():
        menu.menuAction().setVisible(not menu.isEmpty())


def _fill(menu: QMenu, listed: Sequence[Listed]) -> None:
    """Group by group, with a line between them."""
    for group in dict.fromkeys(each.group for each in listed):
        if not menu.isEmpty():
            menu.addSeparator()
        for each in listed:
            if each.group == group:
                menu.addAction(each.action)


def _menu_of(action_id: str) -> str:
    """The menu that an action belongs to; what is not known goes under Edit."""
    room = action_id.partition(".")[0]
    others = {"piano_roll": "note", "prompt": "take", "timeline": "view", "tool": "edit"}
    others |= {"time": "song", "marker": "song", "lanes": "song"}
    name = others.get(room, room)
    return name if name in _MENUS else "edit"


def _add_recent(menu: QMenu, after: QAction, desk: Desk, open_folder: Callable[[Path], object]) -> None:
    recent = QMenu(translate("Menus", "Open recent"), menu)
    listed = menu.actions()
    menu.insertMenu(listed[listed.index(after) + 1], recent)

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

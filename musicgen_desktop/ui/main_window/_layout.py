"""Where docks lie, and that they lie there again the next time."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from musicgen_desktop.foundation import user_config_folder

from ._dock_title import DockTitle

_VERSION = 1
"""Counts up when docks change so much that an old layout no longer fits."""


def add_dock(
    window: QMainWindow, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea
) -> QDockWidget:
    """A panel that can be moved, floated and hidden; `name` is what its place is remembered by."""
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setWidget(widget)
    dock.setAccessibleName(title)
    dock.setTitleBarWidget(DockTitle(dock, window))
    window.addDockWidget(area, dock)
    return dock


def save_layout(window: QMainWindow) -> None:
    """Remember size, place and docks."""
    settings = _file()
    settings.setValue("geometry", window.saveGeometry())
    settings.setValue("docks", window.saveState(_VERSION))
    settings.sync()


def restore_layout(window: QMainWindow) -> bool:
    """Put everything where it was; False when nothing was remembered, or it no longer fits."""
    settings = _file()
    geometry, docks = settings.value("geometry"), settings.value("docks")
    if geometry is None or docks is None:
        return False
    return window.restoreGeometry(geometry) and window.restoreState(docks, _VERSION)


def forget_layout() -> None:
    """The next window lies as at the first start."""
    _file().clear()


def _file() -> QSettings:
    folder = user_config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

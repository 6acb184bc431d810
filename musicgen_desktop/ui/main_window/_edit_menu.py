"""Cut, copy, paste, delete and select all in the menu: they act on the view or text that has the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import createdByPython, isValid

from musicgen_desktop.ui.bridges import Actions

translate = QCoreApplication.translate
_Keys = QKeySequence.StandardKey

_WORKS = ("cut", "copy", "paste", "delete", "select_all")
_Text = QLineEdit | QTextEdit | QPlainTextEdit


class EditMenu(QObject):
    """Adds the five to a menu. Each view has actions of its own for them, and text fields know them anyway:
    here they are found by whoever looks for them in a menu.

    Args:
        menu: of the menu bar.
        actions: of the window.
        behind: the one of the menu that they come behind, with a line between.
    """

    def __init__(self, menu: QMenu, actions: Actions, behind: QAction) -> None:
        super().__init__(menu)
        self._actions = actions
        self._focused: QWidget | None = None
        texts = {
            "cut": (translate("Menus", "Cut"), _Keys.Cut),
            "copy": (translate("Menus", "Copy"), _Keys.Copy),
            "paste": (translate("Menus", "Paste"), _Keys.Paste),
            "delete": (translate("Menus", "Delete"), _Keys.Delete),
            "select_all": (translate("Menus", "Select all"), _Keys.SelectAll),
        }
        self._shown: dict[str, QAction] = {}
        listed = menu.actions()
        place = listed.index(behind) + 1
        before = listed[place] if place < len(listed) else None
        menu.insertSeparator(before)  # type: ignore[arg-type]  # None is the end
        for work in _WORKS:
            text, key = texts[work]
            action = QAction(text, self)
            action.setShortcut(QKeySequence(key))
            # The key is told, not taken: the view that has the focus has it already.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, work=work: self._do(work))
            menu.insertAction(before, action)  # type: ignore[arg-type]  # None is the end
            self._shown[work] = action
        menu.aboutToShow.connect(self._show)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Menus borrow the keyboard; what had it before is meant. Nobody hears when what Qt has made goes."""
        if now is None or isinstance(now, QMenu | QMenuBar):
            return
        while now is not None and _goes_unseen(now):
            now = now.parentWidget()
        self._focused = now

    def _show(self) -> None:
        for work, action in self._shown.items():
            action.setEnabled(self._meant(work) is not None)

    def _do(self, work: str) -> None:
        act = self._meant(work)
        if act is not None:
            act()

    def _meant(self, work: str) -> Callable[[], object] | None:
        widget = self._focused
        if widget is None or not isValid(widget):
            return None
        if isinstance(widget, _Text):
            return _in_text(widget, work)
        own = {each.action for each in self._actions.listed() if each.id.partition(".")[2] == work}
        while widget is not None:
            for action in widget.actions():
                if action in own and action.isEnabled():
                    return action.trigger
            widget = None if widget.isWindow() else widget.parentWidget()
        return None


def _goes_unseen(widget: QWidget) -> bool:
    """Whether it may go while it is kept. A name that is edited in a list hands the focus back."""
    is_name = isinstance(widget, _Text) and isinstance(widget.window(), QMainWindow | QDockWidget)
    return not createdByPython(widget) and not is_name


def _in_text(field: _Text, work: str) -> Callable[[], object] | None:
    if field.isReadOnly() and work not in ("copy", "select_all"):
        return None
    if work == "delete":
        return field.del_ if isinstance(field, QLineEdit) else field.textCursor().removeSelectedText
    works: dict[str, Callable[[], object]] = {
        "cut": field.cut,
        "copy": field.copy,
        "paste": field.paste,
        "select_all": field.selectAll,
    }
    return works[work]

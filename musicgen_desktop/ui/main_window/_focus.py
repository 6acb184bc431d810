"""Where the keyboard is: into a panel, on to the next one, and from control to control as the eye goes."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QWidget,
)

_BY_KEY = Qt.FocusReason.ShortcutFocusReason
_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)
"""What has children, but is one thing to the keyboard."""


@runtime_checkable
class TakesFocus(Protocol):
    """A panel that knows best where work begins in it."""

    def take_focus(self) -> None:
        """Put the focus there."""


def enter(panel: QWidget) -> None:
    """Put the focus where it was in a panel last, else where the panel wants it, else on the first in it."""
    last, first = panel.focusWidget(), next(tab_stops(panel), None)
    if last is not None and last is not panel and _takes_focus(last):
        last.setFocus(_BY_KEY)
    elif isinstance(panel, TakesFocus):
        panel.take_focus()
    else:
        (panel.focusProxy() or first or panel).setFocus(_BY_KEY)


def walk(panels: Sequence[QWidget], step: int) -> None:
    """From the panel that has the focus to the one `step` further; those out of sight are skipped."""
    seen = [panel for panel in panels if panel.isVisible() and not panel.visibleRegion().isEmpty()]
    if not seen:
        return
    focused = QApplication.focusWidget()
    here = next((at for at, panel in enumerate(seen) if _holds(panel, focused)), -1 if step > 0 else 0)
    enter(seen[(here + step) % len(seen)])


def tab(parts: Sequence[QWidget], *, forward: bool) -> bool:
    """From one control to the next one in these parts of the window; False when there is none."""
    stops = [stop for part in parts for stop in tab_stops(part)]
    if not stops:
        return False
    focused = QApplication.focusWidget()
    here = next((at for at, stop in enumerate(stops) if stop is focused), None)
    if here is None:  # inside a control, or in a panel that has the focus itself
        here = next((at for at, stop in enumerate(stops) if _holds(stop, focused)), -1 if forward else 0)
    target = stops[(here + (1 if forward else -1)) % len(stops)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_sight(target)
    return True


def tab_stops(root: QWidget) -> Iterator[QWidget]:
    """Every control in sight, in the order of the layouts: rows from above, in a row from the left.

    Of buttons of which one is always pressed, that one is the stop: arrow keys lead to the others.
    """
    if _takes_focus(root) and not _is_passed_over(root):
        yield root
    if not isinstance(root, _WHOLE):
        for child in _children(root):
            if child.isVisible():
                yield from tab_stops(child)


def _children(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    inside = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    placed = list(_in_layout(layout, inside)) if layout is not None else []
    if isinstance(widget, QSplitter):
        placed = [part for at in range(widget.count()) if (part := widget.widget(at)) is not None]
    yield from placed
    yield from (child for child in inside if child not in placed)


def _in_layout(layout: QLayout, inside: Sequence[QWidget]) -> Iterator[QWidget]:
    """Found by widget, never by `itemAt`: PySide keeps each item that it was asked for until the layout goes.

    It may go long before, with its widget; a widget of ours in its place crashes the program when it goes.
    """
    inner = (child for child in layout.children() if isinstance(child, QLayout))
    widgets = {layout.indexOf(widget): widget for widget in inside}
    layouts = {layout.indexOf(child): child for child in inner}
    for at in _order(layout):
        if at in widgets:
            yield widgets[at]
        elif at in layouts:
            yield from _in_layout(layouts[at], inside)


def _order(layout: QLayout) -> Sequence[int]:
    if not isinstance(layout, QGridLayout):
        return range(layout.count())
    places = {at: layout.getItemPosition(at) for at in range(layout.count())}
    return sorted(places, key=lambda at: tuple(places[at])[:2])  # type: ignore[arg-type]


def _takes_focus(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return widget.isVisible() and widget.isEnabled() and bool(by_tab) and widget.focusProxy() is None


def _is_passed_over(widget: QWidget) -> bool:
    if not isinstance(widget, QAbstractButton) or widget.isChecked() or widget.hasFocus():
        return False
    group = widget.group()
    return group is not None and group.exclusive() and group.checkedButton() is not None


def _holds(panel: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (panel is widget or panel.isAncestorOf(widget))


def _bring_into_sight(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()

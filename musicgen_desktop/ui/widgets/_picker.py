"""A list to choose from by typing: instruments, effects, anything with a name and a heading."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

from ._screen_room import screen_room

_KEY = Qt.ItemDataRole.UserRole


class PickerEntry(msgspec.Struct, frozen=True):
    """One line.

    Attributes:
        key: what `chosen` tells.
        text: what is read.
        heading: entries with one heading stand together under it.
        detail: a sentence, shown as a tooltip.
        words: more text that a search finds.
    """

    key: str
    text: str
    heading: str = ""
    detail: str = ""
    words: str = ""


class Picker(QFrame):
    """A small window below a control. Typing narrows the list, arrows walk it, Return chooses, Esc closes.

    Args:
        title: what is chosen: “Instrument”.
        entries: all there is, those of one heading in a row.
        current: the key of the one that is in use.
        find: which entries a typed text means, the best first; without it every word must be found.
    """

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        entries: Sequence[PickerEntry],
        *,
        current: str = "",
        find: Callable[[str], Sequence[PickerEntry]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self._entries = tuple(entries)
        self._current = current
        self._find = find or self._found
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("Search: {title}").format(title=title))
        self._field.setAccessibleName(self.tr("Search: {title}").format(title=title))
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._rows = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setModel(self._rows)
        self._list.setAccessibleName(title)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(self._choose)
        self._none = QLabel(self.tr("Nothing is called so. Try another word."), self)
        self._none.setProperty("kind", "soft")
        self._none.setWordWrap(True)
        self._none.setContentsMargins(6, 6, 6, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        column.addWidget(self._field)
        column.addWidget(self._none)
        column.addWidget(self._list, 1)
        self._fill("")

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys of what is listed now."""
        rows = (self._rows.item(row) for row in range(self._rows.rowCount()))
        return tuple(row.data(_KEY) for row in rows if row.data(_KEY))

    def open_at(self, place: QPoint, width: int = 260, height: int = 340) -> None:
        """Open with the upper left corner at a place of the screen, moved so that all of it is seen."""
        room = screen_room(place)
        height = min(height, room.height() - 8)
        x = min(max(place.x(), room.left()), room.right() - width)
        y = min(max(place.y(), room.top()), room.bottom() - height)
        self.setGeometry(x, y, width, height)
        self.show()
        self._reveal()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Return typed into the field belong to the list."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_PageUp: -8,
            }
            if event.key() in steps:
                self._walk(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _found(self, text: str) -> Sequence[PickerEntry]:
        words = text.casefold().split()
        return [
            each
            for each in self._entries
            if all(word in f"{each.text} {each.heading} {each.words}".casefold() for word in words)
        ]

    def _fill(self, text: str) -> None:
        self._rows.clear()
        entries = self._find(text) if text.strip() else self._entries
        heading = None
        for entry in entries:
            # What was searched for stands best first, so that headings would only repeat.
            if entry.heading != heading and not text.strip():
                heading = entry.heading
                if heading:
                    self._rows.appendRow(_heading_row(heading))
            row = QStandardItem(entry.text)
            row.setData(entry.key, _KEY)
            row.setToolTip(entry.detail)
            if text.strip() and entry.heading:
                row.setText(f"{entry.text}  ·  {entry.heading}")
            if entry.key == self._current:
                row.setFont(font(Sizes.BODY, 600))
                row.setForeground(colour(tokens().accent))
            self._rows.appendRow(row)
        self._none.setVisible(not entries)
        self._list.setVisible(bool(entries))
        keys = [self._rows.item(row).data(_KEY) for row in range(self._rows.rowCount())]
        first = next((row for row, key in enumerate(keys) if key), -1)
        at = keys.index(self._current) if self._current in keys and not text.strip() else first
        self._list.setCurrentIndex(self._rows.index(at, 0))
        self._reveal()

    def _reveal(self) -> None:
        """Scroll to the current line; to the top when it is the first one: its heading is seen."""
        index = self._list.currentIndex()
        if index.row() <= 1:
            self._list.scrollToTop()
        else:
            self._list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _walk(self, steps: int) -> None:
        choices = [row for row in range(self._rows.rowCount()) if self._rows.item(row).data(_KEY)]
        if choices:
            now = self._list.currentIndex().row()
            at = choices.index(now) if now in choices else 0
            to = choices[min(len(choices) - 1, max(0, at + steps))]
            self._list.setCurrentIndex(self._rows.index(to, 0))

    def _choose(self, index: QModelIndex) -> None:
        key = index.data(_KEY)
        if key:
            self.close()
            self.chosen.emit(key)


def _heading_row(heading: str) -> QStandardItem:
    row = QStandardItem(heading.upper())
    row.setFlags(Qt.ItemFlag.NoItemFlags)
    row.setFont(font(Sizes.TINY, 600))
    row.setForeground(colour(tokens().text_faint))
    return row

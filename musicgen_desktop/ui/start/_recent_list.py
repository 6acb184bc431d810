"""The projects that were open last."""

from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from musicgen_desktop.session.workspace import Recent, RecentProject
from musicgen_desktop.ui.theme import Sizes, blend, colour, font, icon, tokens
from musicgen_desktop.ui.widgets import TextButton, copy_paths, reveal

from ._when import when_words

_ROW = 50
_PAD = 12
_ENTRY = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex


class RecentList(QListWidget):
    """A click or Return opens; Delete takes the row off the list, and a missing one has a button for it."""

    open_requested = Signal(object)
    """A `Path`."""
    emptied = Signal()

    def __init__(self, recent: Recent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self.setAccessibleName(self.tr("Recent projects"))
        self.setItemDelegate(_Row(self))
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget, QListWidget:focus { background: transparent; border: none; }")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemClicked.connect(self._open)
        self.fill()

    def fill(self) -> None:
        """Read the list anew; the page scrolls, not the list."""
        row = self.currentRow()
        self.clear()
        for entry in self._recent.projects():
            item = QListWidgetItem()
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(entry))
            item.setToolTip(entry.path)
            item.setSizeHint(QSize(0, _ROW))
            self.addItem(item)
            if entry.is_missing:
                self.setItemWidget(item, self._remover(entry))
        self.setFixedHeight(self.count() * _ROW + 2)
        if self.count():
            self.setCurrentRow(min(max(0, row), self.count() - 1))
        else:
            self.emptied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens, Delete removes from the list."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(item)
        elif item is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(item.data(_ENTRY))
        else:
            super().keyPressEvent(event)

    def _open(self, item: QListWidgetItem) -> None:
        entry: RecentProject = item.data(_ENTRY)
        if not entry.is_missing:
            self.open_requested.emit(Path(entry.path))

    def _remove(self, entry: RecentProject) -> None:
        self._recent.remove(entry.path)
        self.fill()

    def _remover(self, entry: RecentProject) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, _PAD, 0)
        row.addStretch(1)
        button = TextButton(self.tr("Remove from list"), holder)
        button.setAccessibleName(self.tr("Remove {name} from the list").format(name=entry.name))
        # Queued: the row with the button goes while it is still handling the click.
        button.clicked.connect(lambda: self._remove(entry), Qt.ConnectionType.QueuedConnection)
        row.addWidget(button)
        return holder

    def _show_menu(self, place: QPoint) -> None:
        item = self.itemAt(place)
        if item is None:
            return
        entry: RecentProject = item.data(_ENTRY)
        self.menu_of(entry).popup(self.viewport().mapToGlobal(place))

    def menu_of(self, entry: RecentProject) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        path = Path(entry.path)
        opened = menu.addAction(self.tr("Open"), lambda: self.open_requested.emit(path))
        shown = menu.addAction(self.tr("Show in folder"), lambda: reveal(path.parent))
        for action in (opened, shown):
            action.setEnabled(not entry.is_missing)
        menu.addAction(self.tr("Copy path"), lambda: copy_paths([path]))
        menu.addSeparator()
        removed = menu.addAction(self.tr("Remove from list"), lambda: self._remove(entry))
        removed.setShortcut(Qt.Key.Key_Delete)
        return menu

    def _spoken(self, entry: RecentProject) -> str:
        if entry.is_missing:
            return self.tr("{name}, missing: {path}").format(name=entry.name, path=entry.path)
        return f"{entry.name}, {length_words(entry)}, {when_words(entry.opened)}, {entry.path}"


class _Row(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Name and folder at the left, length and time at the right."""
        worn = tokens()
        entry: RecentProject = index.data(_ENTRY)
        view: QWidget = option.widget
        state, box = option.state, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_current = bool(state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        if state & QStyle.StateFlag.State_MouseOver or is_current:
            painter.setPen(QPen(colour(worn.accent), Sizes.FOCUS) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(blend(worn.hover, worn.ground, 0.7))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), Sizes.RADIUS, Sizes.RADIUS)
        inner = box.adjusted(_PAD, 7, -_PAD, -7)
        sign = icon("warning", worn.warn) if entry.is_missing else icon("timeline", worn.text_faint)
        sign.paint(painter, QRect(inner.left(), inner.center().y() - 8, 18, 18))
        inner.setLeft(inner.left() + 18 + _PAD)
        right = (length_words(entry), when_words(entry.opened))
        small = QFontMetrics(font(Sizes.SMALL))
        room = 190 if entry.is_missing else max(small.horizontalAdvance(each) for each in right) + 24
        words = inner.adjusted(0, 0, -room, 0)
        _write_name(painter, words, entry)
        if entry.is_missing:
            painter.setFont(font(Sizes.SMALL, 500))
            painter.setPen(colour(worn.warn))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(inner.adjusted(inner.width() - room + 8, 0, 0, 0), middle, self.tr("Missing"))
        else:
            painter.setFont(font(Sizes.SMALL, tabular=True))
            painter.setPen(colour(worn.text_soft))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, right[0])
            painter.setPen(colour(worn.text_faint))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, right[1])
        painter.restore()


def _write_name(painter: QPainter, box: QRect, entry: RecentProject) -> None:
    worn = tokens()
    left = Qt.AlignmentFlag.AlignLeft
    name_font, small = font(Sizes.BODY, 500), font(Sizes.SMALL)
    painter.setFont(name_font)
    painter.setPen(colour(worn.text_soft if entry.is_missing else worn.text))
    name = QFontMetrics(name_font).elidedText(entry.name, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, left | Qt.AlignmentFlag.AlignTop, name)
    painter.setFont(small)
    painter.setPen(colour(worn.text_faint))
    folder = QFontMetrics(small).elidedText(_folder(entry), Qt.TextElideMode.ElideMiddle, box.width())
    painter.drawText(box, left | Qt.AlignmentFlag.AlignBottom, folder)


def length_words(entry: RecentProject) -> str:
    """“16 bars · 82 BPM”, and “Empty” for none."""
    tempo = f"{entry.tempo_bpm:.2f}".rstrip("0").rstrip(".")
    if not entry.bars:
        return QCoreApplication.translate("RecentList", "Empty · {tempo} BPM").format(tempo=tempo)
    words = QCoreApplication.translate("RecentList", "%n bar(s) · {tempo} BPM", "", entry.bars)
    return words.format(tempo=tempo)


def _folder(entry: RecentProject) -> str:
    folder = Path(entry.path).parent
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)

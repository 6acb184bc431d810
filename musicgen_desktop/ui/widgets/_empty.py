"""What a panel shows while there is nothing in it: what will be here, and how it comes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.ui.theme import icon, tokens


class EmptyState(QWidget):
    """An icon, a title, a sentence, and what `add` puts below them."""

    def __init__(self, icon_name: str, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.addStretch(1)
        picture = QLabel(self)
        picture.setPixmap(icon(icon_name, tokens().text_faint).pixmap(36, 36))
        self._add_label(picture)
        heading = QLabel(title, self)
        heading.setProperty("kind", "title")
        self._add_label(heading)
        text = QLabel(sentence, self)
        text.setProperty("kind", "soft")
        text.setWordWrap(True)
        text.setMaximumWidth(420)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Between two stretches, not aligned: an aligned label gets no height for its wrapped lines.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(text, 100)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """One more thing below the sentence."""
        self._column.insertWidget(self._column.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def _add_label(self, label: QLabel) -> None:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)

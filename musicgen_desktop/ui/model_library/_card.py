"""A card with a heading."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import text_label


class Card(QFrame):
    """An icon and a title; what `column` gets stands below."""

    def __init__(self, icon_name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        sign = QLabel(self)
        sign.setPixmap(icon(icon_name, tokens().text_soft).pixmap(18, 18))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(sign)
        head.addWidget(text_label(title, self, kind="title"), 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(8)
        self.column.addLayout(head)

"""A bar in the panel where something went wrong: what, why, and one button that mends it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from musicgen_desktop.ui.theme import icon

from ._buttons import IconButton, TextButton


class NoticeBar(QFrame):
    """Hidden until there is something to say."""

    dismissed = Signal()
    """It was closed by hand, and nothing was mended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._mend: Callable[[], object] | None = None
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = TextButton("", self)
        self._button.clicked.connect(self._on_mend)
        self._close = IconButton("close", self.tr("Close this notice"), self)
        self._close.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self, sentence: str, *, mood: str = "bad", mend: str = "", on_mend: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence; mood “info”, “warn” or “bad”, and what the button says and does."""
        from musicgen_desktop.ui.theme import tokens  # noqa: PLC0415 - the theme may change while we live

        worn = tokens()
        names = {"bad": ("error", worn.bad), "warn": ("warning", worn.warn), "info": ("info", worn.accent)}
        name, tint = names[mood]
        self._icon.setPixmap(icon(name, tint).pixmap(16, 16))
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._mend = on_mend
        self._button.setText(mend)
        self._button.setAccessibleName(mend)
        self._button.setVisible(bool(mend))
        self.show()

    def _on_close(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _on_mend(self) -> None:
        self.hide()
        if self._mend is not None:
            self._mend()

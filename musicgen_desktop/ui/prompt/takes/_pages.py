"""What stands in the place of the list when there is nothing to list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from musicgen_desktop.ui.widgets import TextButton

from ._example import ExampleButton


class EmptyPage(QWidget):
    """No takes yet: examples that one click composes."""

    example_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        words = QLabel(self.tr("Takes appear here: hear them in tempo, keep what you like. Try one:"), self)
        words.setProperty("kind", "soft")
        words.setWordWrap(True)
        column.addWidget(words)
        self.examples = tuple(self._example(text) for text in self._example_texts())
        for button in self.examples:
            column.addWidget(button)
        column.addStretch(1)
        self.setFocusProxy(self.examples[0])

    def _example_texts(self) -> tuple[str, ...]:
        return (
            self.tr("dusty lo-fi hip hop with rhodes and a mellow sax, 82 bpm, F minor, 16 bars"),
            self.tr("uplifting synthwave, arpeggios and a synth lead, 104 bpm, A minor"),
            self.tr("gentle bossa nova, nylon guitar and flute, 124 bpm, D major"),
        )

    def _example(self, text: str) -> ExampleButton:
        button = ExampleButton(text, self)
        button.clicked.connect(lambda: self.example_requested.emit(text))
        return button


class NothingFoundPage(QWidget):
    """There are takes, but the filter lets none through."""

    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        words = QLabel(self.tr("No take is like that."), self)
        words.setProperty("kind", "soft")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = TextButton(self.tr("Show all takes"), self)
        button.clicked.connect(self.all_requested)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setFocusProxy(button)

"""What the timeline shows before there is music: three prompts that one click composes."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from musicgen_desktop.ui.theme import colour, tokens
from musicgen_desktop.ui.widgets import EmptyState, TextButton


class EmptyTimeline(QWidget):
    """Covers the canvas of a song without tracks."""

    prompt_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        state = EmptyState(
            "compose",
            self.tr("Begin with a sentence"),
            self.tr(
                "Describe the music on the left, or take one of these. Audio and MIDI can be dropped here."
            ),
            self,
        )
        prompts = (
            self.tr("dusty lo-fi hip hop, mellow keys, 82 bpm, F minor"),
            self.tr("driving techno, rolling bass, 132 bpm, A minor"),
            self.tr("wide cinematic strings over slow drums, 70 bpm, D minor"),
        )
        self.buttons: list[TextButton] = []
        for prompt in prompts:
            button = TextButton(prompt, self, tip=self.tr("Compose this"))
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(380)
            button.clicked.connect(lambda _checked=False, prompt=prompt: self.prompt_requested.emit(prompt))
            state.add(button)
            self.buttons.append(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(state)
        # Files are dropped on the canvas below, which takes them.
        self.setAcceptDrops(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil over the grid, so that the words are read."""
        QPainter(self).fillRect(self.rect(), colour(tokens().ground, 0.85))

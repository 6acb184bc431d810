"""Asks for a controller: what it will move, which inputs are heard, and a way out."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from musicgen_desktop.ui.bridges import Bridges, LearnTarget
from musicgen_desktop.ui.widgets import TextButton, screen_room, text_label

_WIDTH = 320
_APART = 12
_SEARCH_MS = 3000
"""Where there is no input, they are looked for so often: one is being plugged in."""


class LearnPopup(QFrame):
    """Opens beside the mouse when something waits for a controller. Esc, or a click elsewhere, cancels."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._bridges, self._learning = bridges, bridges.learning
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Learn MIDI"))
        self.setFixedWidth(_WIDTH)
        self.title = text_label("", self, kind="title", wrap=True)
        self.words = text_label("", self, wrap=True)
        self.inputs = text_label("", self, kind="soft", wrap=True)
        self.again = TextButton(self.tr("Look again"), self, icon_name="retry")
        self.again.clicked.connect(self._learning.look_again)
        self.forget = TextButton(self.tr("Forget MIDI"), self)
        self.forget.clicked.connect(self._forget)
        self.cancel = TextButton(self.tr("Cancel"), self)
        self.cancel.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        buttons.addWidget(self.forget)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for label in (self.title, self.words, self.inputs):
            column.addWidget(label)
        column.addLayout(buttons)
        self._search = QTimer(self)
        self._search.setInterval(_SEARCH_MS)
        self._search.timeout.connect(self._learning.search)
        self._learning.began.connect(self._open)
        self._learning.ended.connect(self.hide)
        self._learning.changed.connect(self._show_state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """However it is closed, nothing waits any longer."""
        super().hideEvent(event)
        self._search.stop()
        self._learning.cancel()

    def _open(self, target: LearnTarget) -> None:
        self.title.setText(self._learning.name_of(target))
        self._show_state()
        self.move(_beside(QCursor.pos(), self.size()))
        self.show()
        self.cancel.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_state(self) -> None:
        target = self._learning.target
        if target is None:
            return
        self.words.setText(self.tr("Move a knob or a fader of your controller, or press one of its buttons."))
        self.inputs.setText(self._state())
        has_none = self._learning.inputs == ()
        self.again.setVisible(has_none)
        if has_none and not self._search.isActive():
            self._search.start()
        elif self._learning.inputs:
            self._search.stop()
        self.forget.setVisible(bool(self._learning.mark_of(target)))
        self._fit()

    def _fit(self) -> None:
        """As high as the wrapped words need."""
        self.ensurePolished()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.heightForWidth(_WIDTH))

    def _state(self) -> str:
        learning = self._learning
        if not self._bridges.player.is_open:
            return self.tr("Playback is off: no MIDI input can be heard. Start it, and learn again.")
        if learning.inputs is None:
            return self.tr("Looking for MIDI inputs…")
        if not learning.inputs:
            return learning.problem or self.tr(
                "No MIDI input is connected. Plug a controller in; it is found by itself."
            )
        names = self.tr("Listening to {names}.").format(names=", ".join(learning.inputs))
        return f"{names} {learning.problem}".strip()

    def _forget(self) -> None:
        target = self._learning.target
        if target is not None:
            self._learning.forget(target)
        self.close()


def _beside(place: QPoint, box: QSize) -> QPoint:
    """Where a box goes beside a place, all of it on the screen."""
    area = screen_room(place)
    x = min(place.x() + _APART, area.right() - box.width() - _APART)
    y = place.y() + _APART
    if y + box.height() > area.bottom():
        y = place.y() - _APART - box.height()
    return QPoint(max(area.left(), x), max(area.top(), y))

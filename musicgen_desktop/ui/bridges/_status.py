"""What just happened, in one sentence, for the status line."""

from typing import Literal

from PySide6.QtCore import QObject, Signal

Mood = Literal["plain", "good", "warn", "bad"]


class Status(QObject):
    """Panels say sentences here; the status line shows the last one."""

    said = Signal(str, str)
    """The sentence, and its mood: plain, good, warn, bad."""

    def say(self, sentence: str, mood: Mood = "plain") -> None:
        """Show a sentence."""
        self.said.emit(sentence, mood)

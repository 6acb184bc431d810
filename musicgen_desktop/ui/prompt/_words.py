"""Words to click into the prompt, and words of the prompt that are found in it."""

import re

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.catalogue import prompt_words
from musicgen_desktop.ui.widgets import TextButton

from ._flow import Flow

_ROWS = 2
_AT_REST_MS = 400
"""After the window has come: reading all styles takes a tenth of a second."""


def has_word(prompt: str, word: str) -> bool:
    """Whether the prompt says it, as words of its own."""
    return _found(prompt, word) is not None


def with_word(prompt: str, word: str) -> str:
    """The prompt that also says it.

    >>> with_word("dusty", "piano"), with_word("", "piano")
    ('dusty, piano', 'piano')
    """
    start = prompt.rstrip().rstrip(",")
    return f"{start}, {word}" if start else word


def without_word(prompt: str, word: str) -> str:
    """The prompt that does not say it any more, nor the comma that belonged to it.

    >>> without_word("dusty, piano, 82 bpm", "piano")
    'dusty, 82 bpm'
    """
    while (match := _found(prompt, word)) is not None:
        prompt = prompt[: match.start()] + prompt[match.end() :]
    prompt = re.sub(r"\s*,(?:\s*,)+", ",", prompt)
    return re.sub(r"[ \t]{2,}", " ", prompt).strip(" ,")


def _found(prompt: str, word: str) -> re.Match[str] | None:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", prompt, re.IGNORECASE)


class WordChips(QWidget):
    """Three lists of words, one of them seen. A chip is checked while the prompt says its word.

    The words are read when they are first seen, at the latest when the window is at rest.
    """

    prompt_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = ""
        self._lists: tuple[tuple[str, ...], ...] = ()
        tabs = QHBoxLayout()
        tabs.setSpacing(2)
        self.tabs = QButtonGroup(self)
        for index, name in enumerate((self.tr("Styles"), self.tr("Moods"), self.tr("Instruments"))):
            tab = TextButton(name, self, kind="tab", checkable=True)
            self.tabs.addButton(tab, index)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self.flow = Flow(self.tr("Words for the prompt"), rows=_ROWS, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(tabs)
        column.addWidget(self.flow)
        self.tabs.button(0).setChecked(True)
        self.tabs.idClicked.connect(self.show_list)
        QTimer.singleShot(_AT_REST_MS, self, self._fill)

    def showEvent(self, event: QShowEvent) -> None:
        """Words are wanted now."""
        self._fill()
        super().showEvent(event)

    def show_list(self, index: int) -> None:
        """One of the three lists."""
        self.tabs.button(index).setChecked(True)
        chips: list[QWidget] = []
        for word in self._lists[index]:
            chip = TextButton(word, self.flow, kind="chip", checkable=True)
            chip.clicked.connect(lambda _checked=False, word=word: self._toggle(word))
            chips.append(chip)
        self.flow.set_items(chips)
        self.show_prompt(self._prompt)

    def show_prompt(self, prompt: str) -> None:
        """The prompt changed."""
        self._prompt = prompt
        for chip in self.flow.items:
            if isinstance(chip, TextButton):
                chip.setChecked(has_word(prompt, chip.text()))

    def _fill(self) -> None:
        if not self._lists:
            words = prompt_words()
            self._lists = (words.styles, words.moods, words.instruments)
            self.show_list(0)

    def _toggle(self, word: str) -> None:
        change = without_word if has_word(self._prompt, word) else with_word
        self.prompt_requested.emit(change(self._prompt, word))

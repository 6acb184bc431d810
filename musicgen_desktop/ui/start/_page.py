"""The start page: one large prompt, examples, and the way back to earlier work."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from musicgen_desktop.session.workspace import LeftBehind, Recent
from musicgen_desktop.ui.theme import Sizes, font, tokens
from musicgen_desktop.ui.widgets import Columns, NoticeBar, ScrollPage, TextButton, text_label

from ._example_card import ExampleCard
from ._examples import examples
from ._recent_list import RecentList
from ._recovery_notice import RecoveryNotice

_NARROWEST_CARD = 170


class StartPage(ScrollPage):
    """What lies in the middle of the window while the project is new and untouched."""

    prompt_requested = Signal(str)
    """Compose this."""
    open_requested = Signal(object)
    """A project's `Path`, or None for one that is still to be chosen."""
    new_requested = Signal()
    """Go on with the empty project."""
    recover_requested = Signal(object, str)
    """A `LeftBehind`, and a `RecoveryChoice`."""

    def __init__(self, recent: Recent, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Start"), parent)
        self.notices = QVBoxLayout()
        self.notices.setSpacing(8)
        self.column.addLayout(self.notices)
        self.sound = NoticeBar(self)
        self.column.addWidget(self.sound)
        self.column.addStretch(1)
        self._add_prompt()
        self._add_examples()
        self.column.addSpacing(12)
        self._add_recent(recent)
        self.column.addStretch(2)
        self._show_recent()
        self.setFocusProxy(self.field)

    def refresh(self) -> None:
        """As at the start: nothing is typed, and the recent projects are read anew."""
        self.field.clear()
        self.recent.fill()
        self._show_recent()

    def show_left_behind(self, left_behind: Sequence[LeftBehind]) -> None:
        """Ask, above all else, about projects that a crash left open."""
        for left in left_behind:
            notice = RecoveryNotice(left, self)
            notice.answered.connect(self.recover_requested)
            self.notices.addWidget(notice)

    def say_no_sound(self, reason: str) -> None:
        """Say that nothing can be heard, and why, and that all else works; an empty reason takes it back."""
        if not reason:
            self.sound.hide()
            return
        works = self.tr(
            "You can compose, edit and send songs to your DAW all the same; sound comes with a device."
        )
        self.sound.say(f"{reason} {works}", mood="info")

    def _add_prompt(self) -> None:
        worn = tokens()
        name = text_label(self.tr("MusicGen Desktop"), self, kind="heading")
        self.column.addWidget(name)
        question = text_label(self.tr("What should it sound like?"), self, kind="display", wrap=True)
        self.column.addWidget(question)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(self.tr("What should it sound like?"))
        self.field.setPlaceholderText(self.tr("A style, a mood, instruments, a tempo, a key …"))
        self.field.setFont(font(Sizes.TITLE))
        self.field.setStyleSheet(
            f"QLineEdit {{ font-size: {Sizes.TITLE}px; padding: 11px 14px;"
            f" border-radius: {Sizes.RADIUS_PANEL}px; background: {worn.sunken}; }}"
            "QLineEdit:focus { padding: 10px 13px; }"
        )
        self.compose = TextButton(self.tr("Compose"), self, kind="primary", tip=self.tr("Compose (Return)"))
        self.compose.setStyleSheet(
            f"QPushButton {{ padding: 11px 20px; border-radius: {Sizes.RADIUS_PANEL}px;"
            f" font-size: {Sizes.TITLE}px; }} QPushButton:focus {{ padding: 10px 19px; }}"
        )
        self.compose.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.compose.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._ask)
        self.compose.clicked.connect(self._ask)
        question.setBuddy(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.compose)
        self.column.addLayout(row)
        promise = self.tr(
            "Composer writes it on this machine, in about a second: no model, download or account is needed."
        )
        self.column.addWidget(text_label(promise, self, kind="soft", wrap=True))

    def _add_examples(self) -> None:
        self.column.addSpacing(8)
        self.column.addWidget(text_label(self.tr("OR TRY ONE OF THESE"), self, kind="heading"))
        row = Columns(_NARROWEST_CARD, self)
        self.cards = tuple(ExampleCard(example, self) for example in examples())
        for card in self.cards:
            card.clicked.connect(
                lambda _checked=False, card=card: self.prompt_requested.emit(card.example.prompt)
            )
            row.add(card)
        self.column.addWidget(row)

    def _add_recent(self, recent: Recent) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.heading = text_label("", self, kind="heading")
        row.addWidget(self.heading)
        row.addStretch(1)
        self.empty = TextButton(self.tr("Empty project"), self, icon_name="add")
        self.empty.clicked.connect(self.new_requested)
        self.open = TextButton(self.tr("Open…"), self, icon_name="open")
        self.open.clicked.connect(lambda: self.open_requested.emit(None))
        row.addWidget(self.empty)
        row.addWidget(self.open)
        self.column.addLayout(row)
        self.recent = RecentList(recent, self)
        self.recent.open_requested.connect(self.open_requested)
        self.recent.emptied.connect(self._show_recent)
        self.recent.currentItemChanged.connect(lambda *_items: self._scroll_to_row())
        self.column.addWidget(self.recent)

    def _show_recent(self) -> None:
        has_some = self.recent.count() > 0
        self.heading.setText(self.tr("RECENT PROJECTS") if has_some else self.tr("OR BEGIN ANOTHER WAY"))
        self.recent.setVisible(has_some)

    def _scroll_to_row(self) -> None:
        item = self.recent.currentItem()
        inner = self.widget()
        if item is not None and inner is not None and self.recent.hasFocus():
            at = self.recent.viewport().mapTo(inner, self.recent.visualItemRect(item).center())
            self.ensureVisible(at.x(), at.y(), 0, 40)

    def _ask(self) -> None:
        prompt = self.field.text().strip()
        if prompt:
            self.prompt_requested.emit(prompt)
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

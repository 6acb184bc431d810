"""The settings: pages at the left, fields at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.catalogue import SoundFontEntry, soundfont_in_use
from musicgen_desktop.session.preferences import Preferences, save_preferences, save_soundfont
from musicgen_desktop.ui.bridges import LearnBridge
from musicgen_desktop.ui.theme import Sizes, icon, restyle, tokens
from musicgen_desktop.ui.widgets import NoticeBar, TextButton

from ._editing_page import EditingPage
from ._files_page import FilesPage
from ._form import Form
from ._loaders import DevicesLoader, PortsLoader
from ._look_page import LookPage
from ._midi_page import MidiPage
from ._sound_page import SoundPage


class SettingsDialog(QDialog):
    """OK and Apply write what was changed; Cancel leaves everything as it was.

    Args:
        preferences: as they are now.
        devices_loader: asked on another thread, when the sound page is seen.
        ports_loader: asked on another thread, when the MIDI page is seen.
        learning: which controllers move what.
        languages: IETF tags of those that the window speaks.
        soundfont: the one in use; looked up unless given.
    """

    applied = Signal(object)
    """The new `Preferences`, written to the disk."""
    latency_requested = Signal()
    reset_layout_requested = Signal()
    shortcuts_requested = Signal()

    def __init__(
        self,
        preferences: Preferences,
        devices_loader: DevicesLoader,
        ports_loader: PortsLoader,
        learning: LearnBridge,
        parent: QWidget | None = None,
        *,
        languages: Sequence[str] = ("en",),
        soundfont: SoundFontEntry | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(820, 580)
        self.setMinimumSize(480, 320)
        self._saved = preferences
        self.sound = SoundPage(devices_loader, self)
        self.midi = MidiPage(learning, ports_loader, self)
        self.look = LookPage(languages, self)
        self.editing = EditingPage(self)
        self.files = FilesPage(soundfont or soundfont_in_use(), self)
        self.pages = QListWidget(self)
        self.stack = QStackedWidget(self)
        for page, icon_name in (
            (self.sound, "speaker"),
            (self.midi, "midi"),
            (self.look, "eye"),
            (self.editing, "select"),
            (self.files, "file"),
        ):
            self._add_page(page, icon_name)
        self.notice = NoticeBar(self)
        self._place()
        self.sound.latency_requested.connect(self.latency_requested)
        self.look.reset_layout_requested.connect(self.reset_layout_requested)
        self.pages.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.pages.setCurrentRow(0)
        self._show_changed()

    @property
    def preferences(self) -> Preferences:
        """As the pages say now."""
        read = self._saved
        for page in (self.sound, self.midi, self.look, self.editing, self.files):
            read = page.read(read)
        return read

    @property
    def ok_button(self) -> QPushButton:
        """Asked for each time: it is the box's own, and goes with it."""
        return self.buttons.button(QDialogButtonBox.StandardButton.Ok)

    @property
    def apply_button(self) -> QPushButton:
        """As `ok_button`."""
        return self.buttons.button(QDialogButtonBox.StandardButton.Apply)

    @property
    def is_changed(self) -> bool:
        """Whether anything is not written yet."""
        return self.preferences != self.midi.with_actions(self._saved) or self.files.soundfont_changed

    def show_page(self, page: Form) -> None:
        """Open at this page."""
        self.pages.setCurrentRow(self.stack.indexOf(page))

    def say_latency(self, sentence: str) -> None:
        """What measuring the latency found."""
        self.sound.say_latency(sentence)

    def say_no_latency(self, sentence: str) -> None:
        """Why measuring the latency found nothing."""
        self.sound.say_latency(sentence, failed=True)

    def apply(self) -> bool:
        """Write what was changed; False, and a notice, when that cannot be."""
        if not self.is_changed:
            return True
        wanted = self.preferences
        try:
            save_preferences(wanted)
            if self.files.soundfont_changed:
                save_soundfont(self.files.soundfont)
        except MusicgenDesktopError as error:
            self.notice.say(str(error), mend=self.tr("Try again"), on_mend=self.apply)
            return False
        self.notice.hide()
        self._saved, self.files.soundfont_changed = wanted, False
        self._show_changed()
        self.applied.emit(wanted)
        return True

    def accept(self) -> None:
        """OK."""
        if self.apply():
            super().accept()

    def _add_page(self, page: Form, icon_name: str) -> None:
        page.show_preferences(self._saved)
        page.edited.connect(self._show_changed)
        item = QListWidgetItem(icon(icon_name), page.accessibleName())
        item.setSizeHint(QSize(0, 32))
        self.pages.addItem(item)
        self.stack.addWidget(page)

    def _place(self) -> None:
        self.pages.setAccessibleName(self.tr("Pages"))
        self.pages.setFixedWidth(168)
        ring = f"{Sizes.FOCUS}px solid {tokens().accent}; border-radius: {Sizes.RADIUS}px;"
        self.pages.setStyleSheet(
            "QListWidget, QListWidget:focus { background: transparent; border: none; }"
            f"QListWidget::item:focus {{ border: {ring} }}"
        )
        self.shortcuts = TextButton(self.tr("Keyboard shortcuts…"), self, icon_name="keyboard")
        self.shortcuts.clicked.connect(self.shortcuts_requested)
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Ok | button.Cancel | button.Apply, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.apply_button.clicked.connect(self.apply)
        restyle(self.ok_button, "kind", "primary")  # the box had it dressed before it was the primary one
        for each in self.buttons.buttons():
            each.setAccessibleName(each.text().replace("&", ""))
        side = QFrame(self)
        side.setProperty("kind", "panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 12, 8, 12)
        column.addWidget(self.pages, 1)
        column.addWidget(self.shortcuts)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.setSpacing(8)
        foot.addWidget(self.notice)
        foot.addWidget(self.buttons)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_changed(self) -> None:
        self.apply_button.setEnabled(self.is_changed)

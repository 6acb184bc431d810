"""What is done with the files once they are written: drag them, show them, copy their paths."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from musicgen_desktop.ui.theme import Sizes, icon, tokens
from musicgen_desktop.ui.widgets import DragHandle, ScrollPage, TextButton, copy_paths, reveal, text_label

from ._rights_card import RightsCard
from ._view_model import SendModel


class Done(ScrollPage):
    """One large handle that carries all music files."""

    def __init__(self, model: SendModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Ready for your DAW"), parent, margin=16)
        self._model = model
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = QLabel(self)
        sign.setPixmap(icon("check", tokens().good).pixmap(20, 20))
        self.title = text_label("", self, kind="title")
        row.addWidget(sign)
        row.addWidget(self.title, 1)
        self.column.addLayout(row)
        self.folder = text_label("", self, kind="soft", wrap=True)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.folder)
        self._add_handle()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.show_folder = TextButton(self.tr("Show in folder"), self, icon_name="reveal")
        self.show_folder.clicked.connect(self._reveal)
        self.copy = TextButton(self.tr("Copy file paths"), self, icon_name="copy")
        self.copy.clicked.connect(self._copy)
        buttons.addWidget(self.show_folder)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.told = text_label("", self, kind="soft", wrap=True)
        self.column.addWidget(self.told)
        self.rights = RightsCard(self)
        self.column.addWidget(self.rights)
        self.column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    def _add_handle(self) -> None:
        worn = tokens()
        self.handle = DragHandle(self.tr("Drag all files into your DAW"), self._carried, self, tells=False)
        self.handle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.handle.setIconSize(QSize(28, 28))
        self.handle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.handle.setStyleSheet(
            f"QToolButton {{ min-height: 84px; background: {worn.sunken}; color: {worn.text};"
            f" border: 1px dashed {worn.accent}; border-radius: {Sizes.RADIUS_PANEL}px; }}"
            f"QToolButton:hover {{ background: {worn.hover}; }}"
            f"QToolButton:focus {{ border: {Sizes.FOCUS}px solid {worn.accent}; }}"
        )
        self.column.addWidget(self.handle)
        hint = self.tr("With Ctrl held only MIDI is carried.")
        self.hint = text_label(hint, self, kind="faint", wrap=True)
        self.column.addWidget(self.hint)

    def _show(self) -> None:
        sent = self._model.sent
        if sent is None:
            return
        self.title.setText(self.tr("%n file(s) written", "", len(sent.files)))
        self.folder.setText(sent.folder)
        self.folder.setAccessibleName(sent.folder)
        text = self.tr("Drag %n file(s) into your DAW", "", len(self._model.music))
        self.handle.setText(text)
        self.handle.setAccessibleName(text)
        self.hint.setVisible(any(file.suffix == ".mid" for file in self._model.music))
        self.told.setText("\n".join(sent.notes))
        self.told.setVisible(bool(sent.notes))
        self.rights.show_rights(sent.rights)

    def _carried(self, modifiers: Qt.KeyboardModifier) -> Sequence[Path]:
        music = self._model.music
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return tuple(file for file in music if file.suffix == ".mid") or music
        return music

    def _reveal(self) -> None:
        if self._model.sent is not None:
            reveal(Path(self._model.sent.folder))

    def _copy(self) -> None:
        copy_paths(self._model.music)
        self.told.setText(self.tr("The paths are on the clipboard."))
        self.told.show()

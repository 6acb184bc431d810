"""The styles that Composer knows, and those of one's own."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSizePolicy, QTreeWidget, QTreeWidgetItem, QWidget

from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.session.controllers.styles import StyleListing
from musicgen_desktop.ui.theme import colour, tokens
from musicgen_desktop.ui.widgets import NoticeBar, TextButton, reveal, text_label

from ._card import Card


class StylesCard(Card):
    """Those that can be used, and a sentence for each file that cannot."""

    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("library", self.tr("Styles"), parent)
        self.count = text_label("", self, kind="soft", wrap=True)
        self.column.addWidget(self.count)
        self.notice = NoticeBar(self)
        self.column.addWidget(self.notice)
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(self.tr("Styles"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(100)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.column.addWidget(self.list, 1)
        self.folder_button = TextButton(self.tr("Open styles folder"), self, icon_name="reveal")
        self.folder_button.clicked.connect(self._open_folder)
        self.again_button = TextButton(self.tr("Read again"), self, icon_name="retry")
        self.again_button.clicked.connect(self.again_requested)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder_button)
        row.addWidget(self.again_button)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_styles(self, listing: StyleListing) -> None:
        """What there is."""
        worn = tokens()
        words = self.tr("%n style(s). Files of your own go into the styles folder.", "", len(listing.styles))
        self.count.setText(words)
        self.list.clear()
        for style in listing.styles:
            tempo = self.tr("{slowest}–{fastest} BPM").format(
                slowest=round(style.slowest_bpm), fastest=round(style.fastest_bpm)
            )
            item = QTreeWidgetItem([style.name, tempo])
            item.setToolTip(0, style.description)
            item.setForeground(1, colour(worn.text_soft))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        if listing.broken:
            self.notice.say("\n".join(listing.broken), mood="warn")
        else:
            self.notice.hide()

    def _open_folder(self) -> None:
        folder = user_data_folder() / "styles"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.notice.say(self.tr("The folder {folder} cannot be made.").format(folder=folder))
            return
        reveal(Path(folder))

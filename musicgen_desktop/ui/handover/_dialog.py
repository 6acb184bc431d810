"""“Send to DAW”: choices and files, then progress, then what is done with them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from musicgen_desktop.ui.bridges import Bridges, JobsBridge
from musicgen_desktop.ui.widgets import NoticeBar, ProgressRow, TextButton, text_label

from ._done import Done
from ._file_list import FileList
from ._form import SendForm
from ._view_model import Depth, SendModel


class SendDialog(QDialog):
    """Closing it while files are written lets them be written; the status line says when they are ready.

    Args:
        bridges: the project, the selection, the status line.
        jobs: where the writing is done.
        bits: of WAV files at first.
    """

    def __init__(
        self, bridges: Bridges, jobs: JobsBridge, parent: QWidget | None = None, *, bits: Depth = 24
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Send to DAW"))
        self.resize(880, 620)
        self.setMinimumSize(560, 340)
        self.model = SendModel(bridges, jobs, bits=bits)
        self.notice = NoticeBar(self)
        self.form = SendForm(self.model, self)
        self.done_page = Done(self.model, self)
        self.files = FileList(self)
        self.files_heading = text_label("", self, kind="heading")
        self.replaced = text_label("", self, kind="soft", wrap=True)
        self.told = text_label("", self, kind="soft", wrap=True)
        self.progress = ProgressRow(self)
        self.send_button = TextButton(self.tr("Send"), self, kind="primary")
        self.again_button = TextButton(self.tr("Send again…"), self)
        self.close_button = TextButton(self.tr("Cancel"), self)
        self._place()
        self.send_button.clicked.connect(self._send)
        self.send_button.setDefault(True)
        self.again_button.clicked.connect(self.model.again)
        self.close_button.clicked.connect(self.reject)
        self.progress.stop_requested.connect(self.model.stop)
        self.model.changed.connect(self._show)
        self.model.progressed.connect(self.progress.show_job)
        self.model.failed.connect(self._tell_failure)
        self.model.stopped.connect(
            lambda: self.notice.say(self.tr("Stopped. Files are there whole or not at all."), mood="info")
        )
        self._show()

    def _place(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.done_page)
        side = QFrame(self)
        side.setProperty("kind", "panel")
        side.setMinimumWidth(190)
        side.setMaximumWidth(320)
        listed = QVBoxLayout(side)
        listed.setContentsMargins(12, 16, 12, 12)
        listed.setSpacing(8)
        listed.addWidget(self.files_heading)
        listed.addWidget(self.files, 1)
        listed.addWidget(self.told)
        listed.addWidget(self.replaced)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stack, 3)
        middle.addWidget(side, 2)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.progress, 1)
        foot.addStretch(0)
        foot.addWidget(self.again_button)
        foot.addWidget(self.close_button)
        foot.addWidget(self.send_button)
        below = QVBoxLayout()
        below.setContentsMargins(16, 12, 16, 16)
        below.setSpacing(8)
        below.addWidget(self.notice)
        below.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addLayout(below)

    def _send(self) -> None:
        self.notice.hide()
        self.progress.begin()
        self.model.send()

    def _show(self) -> None:
        stage = self.model.stage
        self.stack.setCurrentWidget(self.done_page if stage == "done" else self.form)
        self.form.setEnabled(stage == "choosing")
        keeps_place = self.progress.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps_place)
        self.progress.setVisible(stage == "working")
        self.again_button.setVisible(stage == "done")
        self.send_button.setVisible(stage != "done")
        self.close_button.setText(
            {
                "choosing": self.tr("Cancel"),
                "working": self.tr("Go on in background"),
                "done": self.tr("Close"),
            }[stage]
        )
        self.close_button.setAccessibleName(self.close_button.text())
        if stage == "done":
            self._show_sent()
        elif stage == "choosing":
            self._show_preview()
        else:
            self.send_button.setEnabled(False)
            self.progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_preview(self) -> None:
        preview = self.model.preview()
        is_good = not isinstance(preview, str)
        self.send_button.setEnabled(is_good)
        self.form.rights.setVisible(is_good)
        self.form.rights_heading.setVisible(is_good)
        if isinstance(preview, str):
            self.files_heading.setText(self.tr("NOTHING CAN BE WRITTEN"))
            self.files.clear()
            self.replaced.setText("")
            self.told.setText("")
            self.notice.say(preview, mood="warn")
            return
        self.notice.hide()
        self.files_heading.setText(self.tr("%n FILE(S) WILL BE WRITTEN", "", len(preview.files)))
        self.files.show_files(preview.files, self.model.out, can_be_dragged=False)
        there = self.model.there_already(preview.files)
        self.replaced.setText(self.tr("%n file(s) of the same name will be replaced.", "", there))
        self.replaced.setVisible(there > 0)
        self.told.setText("\n".join(preview.notes))
        self.told.setVisible(bool(preview.notes))
        self.form.rights.show_rights(preview.rights)

    def _show_sent(self) -> None:
        sent = self.model.sent
        if sent is not None:
            self.files_heading.setText(self.tr("WRITTEN: DRAG SINGLE FILES FROM HERE"))
            self.files.show_files(sent.files, Path(sent.folder), can_be_dragged=True)
            self.replaced.hide()
            self.told.hide()  # the page says it now
            self.done_page.handle.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_failure(self, sentence: str) -> None:
        self.notice.say(sentence, mend=self.tr("Try again"), on_mend=self._send)

"""About the program: its version, whose work is in it, its logs, and a file for a bug report."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop import __version__
from musicgen_desktop.foundation import machine_text, user_log_folder
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.widgets import NoticeBar, TextButton, reveal, text_label

from ._bug_report import MakeBundle
from ._licences import ingredients


class AboutDialog(QDialog):
    """Args:
    jobs: where the bug report is made.
    """

    def __init__(self, jobs: JobsBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About MusicGen Desktop"))
        self.resize(560, 520)
        self.setMinimumSize(400, 320)
        self._jobs = jobs
        self._job_id = ""
        self._bundle: Path | None = None
        self.notice = NoticeBar(self)
        self.list = QTreeWidget(self)
        self._fill()
        self.logs_button = TextButton(self.tr("Show logs"), self, icon_name="reveal")
        self.bundle_button = TextButton(self.tr("Make a bug report…"), self, icon_name="file")
        self.close_button = TextButton(self.tr("Close"), self, kind="primary")
        self.logs_button.clicked.connect(self._show_logs)
        self.bundle_button.clicked.connect(self._make_bundle)
        self.close_button.clicked.connect(self.accept)
        self._place()
        jobs.progressed.connect(self._take)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        self.list.setAccessibleName(self.tr("Font, sounds and libraries of others"))
        self.list.setColumnCount(3)
        self.list.setHeaderLabels([self.tr("Made with"), self.tr("Version"), self.tr("Licence")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        header = self.list.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for each in ingredients():
            self.list.addTopLevelItem(QTreeWidgetItem([each.name, each.version, each.licence]))

    def _place(self) -> None:
        version = self.tr("Version {version}").format(version=__version__)
        machine = text_label(machine_text(), self, kind="soft", wrap=True)
        licence = self.tr(
            "Free software under the GNU General Public License, version 3 or later. Nothing you make leaves"
            " this machine."
        )
        private = self.tr(
            "A bug report holds what works on this machine and the last of the logs; no project, no sound, no"
            " prompt and no file name."
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.logs_button)
        buttons.addWidget(self.bundle_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(text_label(self.tr("MusicGen Desktop"), self, kind="display"))
        column.addWidget(text_label(version, self))
        column.addWidget(machine)
        column.addWidget(text_label(licence, self, kind="soft", wrap=True))
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        column.addWidget(text_label(private, self, kind="soft", wrap=True))
        column.addWidget(self.notice)
        column.addLayout(buttons)

    def _show_logs(self) -> None:
        folder = user_log_folder()
        if not folder.is_dir() or not reveal(folder):
            self.notice.say(self.tr("There are no logs yet in {folder}").format(folder=folder), mood="info")

    def _make_bundle(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the bug report"),
            str(Path.home() / "musicgen-desktop-report.zip"),
            self.tr("Zip files (*.zip)"),
        )
        if name:
            self._bundle = Path(name)
            self.bundle_button.setEnabled(False)
            self.notice.say(self.tr("Making the bug report…"), mood="info")
            self._job_id = self._jobs.submit(MakeBundle(self._bundle), self.tr("Making a bug report"))

    def _take(self, job: JobHandle) -> None:
        if job.id != self._job_id or not job.is_over or self._bundle is None:
            return
        self._job_id = ""
        self.bundle_button.setEnabled(True)
        bundle = self._bundle
        if job.state == "finished":
            self.notice.say(
                self.tr("Saved as {path}").format(path=bundle),
                mood="info",
                mend=self.tr("Show in folder"),
                on_mend=lambda: reveal(bundle),
            )
        else:
            self.notice.say(job.problem or self.tr("The bug report was stopped."))

"""Audio files that a project has lost: find them again, or go on without."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.session.commands import Edit
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.session.workspace import Found, MissingMedia
from musicgen_desktop.ui.bridges import Bridges, JobsBridge
from musicgen_desktop.ui.theme import colour, icon, tokens
from musicgen_desktop.ui.widgets import NoticeBar, TextButton, text_label

from ._media_jobs import FindMedia, RelocateMedia

_NAME, _PATH, _CLIPS, _STATE = range(4)
_AUDIO = "*.wav *.wave *.w64 *.rf64 *.flac *.ogg *.oga *.opus *.mp3 *.aif *.aiff"


class MissingMediaDialog(QDialog):
    """What was found is taken as one edit. Going on without keeps the references: those clips are silent.

    Args:
        bridges: the open project.
        jobs: where files are looked for and read.
        missing: what `session.workspace.missing_media` told of the project.
    """

    def __init__(
        self,
        bridges: Bridges,
        jobs: JobsBridge,
        missing: Sequence[MissingMedia],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Missing audio files"))
        self.resize(820, 440)
        self.setMinimumSize(480, 320)
        self._missing = tuple(missing)
        self._project = bridges.project
        self._jobs = jobs
        self._job_id = ""
        self.found: dict[str, Path] = {}
        """Source id → where its file lies now."""
        self.heading = text_label("", self, kind="title", wrap=True)
        self.notice = NoticeBar(self)
        self.list = QTreeWidget(self)
        self.locate_button = TextButton(self.tr("Locate file…"), self, icon_name="file")
        self.search_button = TextButton(self.tr("Search a folder…"), self, icon_name="search")
        self.stop_button = TextButton(self.tr("Stop"), self, icon_name="stop")
        self.without_button = TextButton(self.tr("Go on without"), self)
        self.use_button = TextButton("", self, kind="primary")
        self.bar = QProgressBar(self)
        self.words = text_label("", self, kind="soft")
        self._place()
        self._fill()
        self.locate_button.clicked.connect(self._locate)
        self.search_button.clicked.connect(self._search)
        self.stop_button.clicked.connect(self._stop)
        self.without_button.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._use)
        self.list.itemActivated.connect(self._locate)
        self.list.itemSelectionChanged.connect(self._show)
        jobs.progressed.connect(self._take)
        self._show()

    def done(self, result: int) -> None:
        """What is still looked for is looked for no more."""
        self._stop()
        super().done(result)

    def _place(self) -> None:
        explained = self.tr(
            "Clips that need them are silent and striped until they are found. A file with the same content"
            " is found under any name."
        )
        self.list.setAccessibleName(self.tr("Missing audio files"))
        self.list.setColumnCount(4)
        self.list.setHeaderLabels(
            [self.tr("Name"), self.tr("Was at"), self.tr("Needed by"), self.tr("State")]
        )
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.list.header()
        header.setSectionResizeMode(_PATH, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        for section, width in ((_NAME, 170), (_CLIPS, 110), (_STATE, 190)):
            header.resizeSection(section, width)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(self.tr("Progress"))
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.locate_button)
        tools.addWidget(self.search_button)
        tools.addStretch(1)
        progress = QHBoxLayout()
        progress.setSpacing(8)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        progress.addWidget(self.words, 1)
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.stop_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.without_button)
        foot.addWidget(self.use_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(text_label(explained, self, kind="soft", wrap=True))
        column.addWidget(self.notice)
        column.addWidget(self.list, 1)
        column.addLayout(tools)
        column.addLayout(progress)
        column.addLayout(foot)

    def _fill(self) -> None:
        for each in self._missing:
            clips = self.tr("%n clip(s)", "", each.clips) if each.clips else self.tr("undo history")
            item = QTreeWidgetItem([each.name, str(each.path), clips, ""])
            item.setData(_NAME, Qt.ItemDataRole.UserRole, each.source_id)
            item.setToolTip(_PATH, str(each.path))
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _show(self) -> None:
        worn = tokens()
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is None:
                continue
            file = self.found.get(item.data(_NAME, Qt.ItemDataRole.UserRole))
            name, tint = ("warning", worn.warn) if file is None else ("check", worn.good)
            item.setIcon(_NAME, icon(name, tint))
            item.setText(
                _STATE,
                self.tr("Missing") if file is None else self.tr("Found: {name}").format(name=file.name),
            )
            item.setToolTip(_STATE, "" if file is None else str(file))
            item.setForeground(_STATE, colour(tint))
            item.setForeground(_PATH, colour(worn.text_soft))
        is_busy = bool(self._job_id)
        count, found = len(self._missing), len(self.found)
        self.heading.setText(self.tr("%n audio file(s) cannot be found", "", count))
        self.locate_button.setEnabled(not is_busy and self.list.currentItem() is not None)
        self.search_button.setEnabled(not is_busy)
        for each in (self.bar, self.stop_button):
            each.setVisible(is_busy)
        if not is_busy:
            self.words.setText(self.tr("{found} of {count} found").format(found=found, count=count))
        words = self.tr("Use %n found file(s)", "", found) if found else self.tr("Use found files")
        self.use_button.setText(words)
        self.use_button.setAccessibleName(self.use_button.text())
        self.use_button.setEnabled(bool(found) and not is_busy)

    def _locate(self) -> None:
        item = self.list.currentItem()
        if item is None or self._job_id:
            return
        title = self.tr("Where is “{name}”?").format(name=item.text(_NAME))
        start = str(Path(item.text(_PATH)).parent)
        name, _ = QFileDialog.getOpenFileName(
            self, title, start, self.tr("Audio files ({patterns})").format(patterns=_AUDIO)
        )
        if name:
            self.found[item.data(_NAME, Qt.ItemDataRole.UserRole)] = Path(name)
            self._show()

    def _search(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Search this folder and all folders in it"), str(Path.home())
        )
        if name:
            self.notice.hide()  # before the job: a short one is over, and told, when it was handed in
            lost = tuple(each for each in self._missing if each.source_id not in self.found)
            job = FindMedia(self._project.project, lost or self._missing, Path(name))
            self._begin(self._jobs.submit(job, self.tr("Looking for lost audio files"), self._take_found))

    def _use(self) -> None:
        self.notice.hide()
        project = self._project
        job = RelocateMedia(project.project, dict(self.found), project.folder)
        self._begin(self._jobs.submit(job, self.tr("Taking the files that were found"), self._take_edit))

    def _begin(self, job_id: str) -> None:
        self._job_id = job_id
        self.bar.setValue(0)
        self.words.setText(self.tr("Waiting for what is running…"))
        self._show()

    def _stop(self) -> None:
        if self._job_id:
            self._jobs.stop(self._job_id)

    def _take(self, job: JobHandle) -> None:
        if job.id != self._job_id:
            return
        self.bar.setValue(round(1000.0 * job.done))
        self.words.setText(job.stage)
        if job.is_over:
            self._job_id = ""
            if job.state == "failed":
                self.notice.say(job.problem)
            self._show()

    def _take_found(self, found: object) -> None:
        if not isinstance(found, Found):
            return
        self.found |= found.files
        if found.is_cut_short:
            self.notice.say(
                self.tr("The folder holds too many files to look at all; choose one that is nearer."),
                mood="warn",
            )
        elif not found.files:
            self.notice.say(self.tr("None of them is in that folder; try another one."), mood="info")
        self._show()

    def _take_edit(self, edit: object) -> None:
        if isinstance(edit, Edit) and self._project.apply(edit):
            self.accept()

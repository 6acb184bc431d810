"""The melody that the sound is to follow: a file that is dropped or chosen, or a track of the project."""

from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.session.controllers.browse_files import AUDIO_SUFFIXES
from musicgen_desktop.ui.widgets import ElidedLabel, IconButton, TextButton

from ._settings import SoundSettings


class MelodyRow(QFrame):
    """Name of the melody, a menu to choose it by, and a place to drop it on."""

    melody_requested = Signal(str)
    """A sound file; empty for none."""
    track_requested = Signal(str)
    """This track shall be the melody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._can = True
        self._project: Project | None = None
        heading = QLabel(self.tr("Melody"), self)
        heading.setProperty("kind", "heading")
        self.name = ElidedLabel(self)
        self.name.setProperty("kind", "soft")
        self.choose = TextButton(self.tr("Choose"), self, icon_name="down")
        self.choose.setAccessibleName(self.tr("Choose a melody"))
        self.clear = IconButton("close", self.tr("Follow no melody"), self)
        heading.setBuddy(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(heading)
        row.addWidget(self.name, 1)
        row.addWidget(self.clear)
        row.addWidget(self.choose)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self.choose.clicked.connect(
            lambda: self.menu.popup(self.choose.mapToGlobal(QPoint(0, self.choose.height())))
        )
        self.clear.clicked.connect(lambda: self.melody_requested.emit(""))

    def show_settings(self, settings: SoundSettings, project: Project) -> None:
        """The state of the view model, and what the project offers as a melody."""
        self._can = settings.follows_melody
        track = next((track for track in project.tracks if track.id == settings.melody_track), None)
        melody = Path(settings.melody).stem if settings.melody else "" if track is None else track.name
        melody = melody if self._can else ""
        if melody:
            self.name.show_text(melody)
        elif self._can:
            self.name.show_text(self.tr("none: drop a sound file here"))
        else:
            self.name.show_text(self.tr("this model follows none"))
        self.clear.setVisible(bool(melody))
        self.choose.setEnabled(self._can)
        self.choose.setToolTip(
            self.tr("The sound follows the notes of this melody, in your own words' style")
            if self._can
            else self.tr("Models whose name says “melody” can follow one; the Library has them")
        )
        self._project = project

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A sound file is welcome where the model heeds it."""
        if self._can and _sound_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """It is the melody from now on."""
        path = _sound_in(event)
        if path is not None:
            event.acceptProposedAction()
            self.melody_requested.emit(str(path))

    def _fill(self) -> None:
        """The menu is about to be seen."""
        self.menu.clear()
        self.menu.addAction(self.tr("A sound file…")).triggered.connect(self._ask)
        there = () if self._project is None else self._project.tracks
        tracks = [track for track in there if track.kind in ("notes", "audio") and track.clips]
        tracks.sort(key=lambda track: track.role != "melody")
        if tracks:
            self.menu.addSection(self.tr("A track of the project"))
        for track in tracks:
            self.menu.addAction(track.name).triggered.connect(
                lambda _checked=False, track_id=track.id: self.track_requested.emit(track_id)
            )

    def _ask(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES))
        kinds = self.tr("Sound ({patterns})").format(patterns=patterns)
        chosen, _kind = QFileDialog.getOpenFileName(self, self.tr("The melody to follow"), "", kinds)
        if chosen:
            self.melody_requested.emit(chosen)


def _sound_in(event: QDropEvent) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.casefold() in AUDIO_SUFFIXES), None)

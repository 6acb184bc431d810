"""The window: docks round the timeline, menus from the actions, and the wires between panels."""

from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.foundation import safe_file_name
from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.session.workspace import LeftBehind, left_behind
from musicgen_desktop.ui.midi_learn import LearnPopup
from musicgen_desktop.ui.start import StartPage
from musicgen_desktop.ui.transport import TransportBar
from musicgen_desktop.ui.widgets import NoticeBar, screen_room

from ._actions import add_edit_actions, add_file_actions, add_transport_actions
from ._bounces import Bounces
from ._desk import SUFFIX, Way
from ._dialogs import Dialogs
from ._first_song import FirstSong
from ._focus import tab
from ._importing import FILTER, Importing
from ._layout import restore_layout, save_layout
from ._menus import fill_menus
from ._panels import Panels
from ._part_files import PartFiles
from ._recording import Recording
from ._running import running_job
from ._services import Services
from ._status_line import StatusLine
from ._track_renders import TrackRenders
from ._view_actions import add_help_actions, add_view_actions
from ._wires import Wires

_AUTOSAVE_MS = 60_000


class MainWindow(QMainWindow):
    """One project on the screen.

    Args:
        services: all that is shown and asked.
        on_shown: called once, when the window can be seen: what is slow to start may start now.
    """

    def __init__(self, services: Services, *, on_shown: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._services = services
        self._on_shown = on_shown
        bridges = services.bridges
        self.setMinimumSize(960, 600)
        self.resize(_first_size(screen_room(self.pos())))
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.importing = Importing(bridges, services.jobs, self)
        self.recording = Recording(bridges, self)
        self.renders = TrackRenders(bridges, services.jobs, self)
        self.part_files = PartFiles(bridges, services.handover, self)
        self.dialogs = Dialogs(self, services, self.open_folder)
        add_file_actions(bridges, self, self.close)
        add_edit_actions(bridges)
        add_transport_actions(bridges, self.recording.toggle)
        self.learn_popup = LearnPopup(bridges, self)
        self.transport = TransportBar(bridges, self)
        self.panels = Panels(self, services)
        self.first_song = FirstSong(bridges, services.takes, self.panels.prompt, self)
        add_view_actions(bridges, self.panels, self, self.transport)
        add_help_actions(bridges, self.dialogs)
        self.notice = NoticeBar(self)
        self.arrivals = NoticeBar(self)
        self.bounces = Bounces(bridges, self.importing, self.arrivals, self)
        self.start = StartPage(services.desk.recent, self)
        self.status_line = StatusLine(bridges, self)
        self._place()
        fill_menus(self.menuBar(), bridges.actions, self.panels.docks, services.desk, self.open_folder)
        self._connect()
        self._show_title()
        restore_layout(self)
        self._show_start()

    @property
    def services(self) -> Services:
        """All that is shown and asked."""
        return self._services

    def new(self) -> None:
        """An empty project takes the place of the one that is open."""
        if self._services.desk.new():
            self._let_it_sound()
            self._show_start()

    def choose(self) -> None:
        """Ask for a project and open it."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open project"), str(_home(self._services)))
        if chosen:
            self.open_folder(Path(chosen))

    def open_folder(self, folder: Path, after: LeftBehind | None = None, way: Way = "recover") -> bool:
        """Open a project that lies in a folder."""
        if way == "safe":
            self._services.bridges.player.close()  # before it gets to see the project
        opened = self._services.desk.open(folder, after, way)
        self._let_it_sound()
        if opened:
            self.show_work()
            self._tell_how_it_opened()
            self.dialogs.ask_for_missing_media()
        return opened

    def save(self) -> bool:
        """Write the project to the disk; the first time, ask where."""
        if self._services.desk.is_unnamed:
            return self.save_as()
        saved = self._services.bridges.project.save()
        if saved:
            self._services.bridges.status.say(self.tr("Saved."), "good")
        return saved

    def save_as(self) -> bool:
        """Ask for a folder, and write the project there."""
        services = self._services
        place = _free_place(_home(services), services.bridges.project.project.name)
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save project as"), str(place))
        if not chosen or not services.desk.save_as(Path(chosen)):
            return False
        folder = services.bridges.project.folder
        if folder is not None:
            said = self.tr("Saved as “{name}” in {folder}.").format(name=folder.stem, folder=folder.parent)
            services.bridges.status.say(said, "good")
        return True

    def import_files(self) -> None:
        """Ask for audio, MIDI files and songs of other programs, and put them on tracks at the play head."""
        kinds = self.tr("Audio, MIDI and DAWproject ({patterns})").format(patterns=FILTER)
        chosen, _kind = QFileDialog.getOpenFileNames(self, self.tr("Import audio, MIDI or a song"), "", kinds)
        self.importing.bring([Path(path) for path in chosen], round(self._services.bridges.player.tick))

    def send_to_daw(self) -> None:
        """Show the dialog that hands the song over."""
        self.dialogs.send()

    def showEvent(self, event: QShowEvent) -> None:
        """What is slow to start begins once the window can be seen."""
        super().showEvent(event)
        if self._on_shown is not None:
            on_shown, self._on_shown = self._on_shown, None
            QTimer.singleShot(0, self._begin)
            QTimer.singleShot(0, on_shown)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before unnamed work is left; all else is kept by the journal."""
        if not self._may_leave():
            event.ignore()
            return
        save_layout(self)
        self.bounces.close()
        self.panels.close()
        super().closeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's
        """Tab goes as the eye goes, whatever was built first."""
        parts = (
            self.transport,
            self.notice,
            self.arrivals,
            *self.panels.in_order,
            self.start,
            self.status_line,
        )
        return tab([part for part in parts if part.isVisible()], forward=forward)

    def _place(self) -> None:
        bar = QToolBar(self.tr("Transport"), self)
        bar.setObjectName("transport")
        bar.setMovable(False)
        bar.toggleViewAction().setVisible(False)
        bar.addWidget(self.transport)
        self.addToolBar(bar)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self.panels.timeline)
        self._middle.addWidget(self.start)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.arrivals)
        column.addWidget(self._middle, 1)
        self.setCentralWidget(middle)
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        status.addWidget(self.status_line, 1)

    def _connect(self) -> None:
        services = self._services
        bridges, desk = services.bridges, services.desk
        bridges.project.saved_changed.connect(self._show_title)
        bridges.project.opened.connect(lambda: self.panels.use_folder(services))
        bridges.project.moved.connect(lambda: self.panels.use_folder(services))
        desk.failed.connect(self._on_failed)
        desk.journal_failed.connect(self._on_journal_failed)
        services.jobs.failed.connect(self._on_failed)
        services.jobs.progressed.connect(lambda _job: self._show_running())
        services.takes.job_progressed.connect(lambda _job: self._show_running())
        self.status_line.stop.clicked.connect(self._stop_running)
        self.transport.device_requested.connect(self.dialogs.settings)
        bridges.player.opened.connect(lambda opened: self.start.say_no_sound(opened.silent_because))
        self.start.prompt_requested.connect(self._compose_first)
        self.start.new_requested.connect(self.show_work)
        self.start.open_requested.connect(
            lambda path: self.choose() if path is None else self.open_folder(path)
        )
        self.start.recover_requested.connect(self.dialogs.recover)
        self.panels.timeline.prompt_requested.connect(self._compose_first)
        bridges.project.changed.connect(lambda _change: self.show_work())
        Wires(self.panels, services, self.importing, self.renders, self.dialogs, self)
        self._autosave = QTimer(self)
        self._autosave.timeout.connect(self._save_by_itself)
        self.dialogs.applied.connect(self._time_autosave)
        self._time_autosave(services.preferences)
        self.dialogs.applied.connect(self.bounces.use)

    def _begin(self) -> None:
        self._services.desk.settle()
        self.bounces.use(self._services.preferences)
        self._let_it_sound()
        self._tell_how_it_opened()
        found = left_behind()
        if found:
            self.dialogs.tell_left_behind(found, self.start)
        self.dialogs.ask_for_missing_media()

    def _let_it_sound(self) -> None:
        if not self._services.desk.is_safe:
            self.dialogs.open_sound()

    def _tell_how_it_opened(self) -> None:
        """Say what was brought back, or that this is the safe mode and how to leave it."""
        opened = self._services.bridges.project.store.opened
        if self._services.desk.is_safe:
            self.notice.say(
                self.tr(
                    "This project is open without playback and waveforms, because opening it failed before."
                ),
                mood="warn",
                mend=self.tr("Start playback"),
                on_mend=self.dialogs.open_sound,
            )
        elif opened is not None and opened.recovered_edits:
            said = self.tr("Brought back: %n edit(s) since the last save.", "", opened.recovered_edits)
            self._services.bridges.status.say(said, "good")

    def _compose_first(self, prompt: str) -> None:
        self.show_work()
        self.first_song.compose(prompt)

    def _show_start(self) -> None:
        project = self._services.bridges.project.project
        if project.tracks or not self._services.desk.is_unnamed:
            self.show_work()
            return
        self.start.refresh()
        self._middle.setCurrentWidget(self.start)
        for dock in self.panels.docks:
            dock.hide()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_work(self) -> None:
        """Timeline and panels, in place of the start page."""
        if self._middle.currentWidget() is self.panels.timeline:
            return
        self._middle.setCurrentWidget(self.panels.timeline)
        self.panels.lay_out()

    def _show_title(self) -> None:
        project = self._services.bridges.project
        mark = "" if project.store.saved else "•"
        self.setWindowTitle(f"{project.project.name}{mark} – MusicGen Desktop")

    def _show_running(self) -> None:
        services = self._services
        job = services.takes.running or services.jobs.running
        self.status_line.show_running(None if job is None else running_job(job))

    def _stop_running(self) -> None:
        for jobs in (self._services.takes, self._services.jobs):
            job = jobs.running
            if job is not None:
                jobs.stop(job.id)
                return

    def _time_autosave(self, preferences: Preferences) -> None:
        self._autosave.stop()
        if preferences.autosave_minutes:
            self._autosave.start(preferences.autosave_minutes * _AUTOSAVE_MS)

    def _save_by_itself(self) -> None:
        project = self._services.bridges.project
        if not project.store.saved and not project.store.read_only:
            project.save()

    def _on_failed(self, sentence: str) -> None:
        self.notice.say(sentence)

    def _on_journal_failed(self, sentence: str) -> None:
        self.notice.say(sentence, mend=self.tr("Save as…"), on_mend=self.save_as)

    def _may_leave(self) -> bool:
        """Named work is saved without a question; unnamed work that holds something asks for a name."""
        project = self._services.bridges.project
        if not self._services.desk.is_unnamed:
            if not project.store.saved and not project.store.read_only:
                project.save()
            return True
        if not project.project.tracks:
            return True
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Keep this song?"))
        box.setText(self.tr("“{name}” has no place of its own yet.").format(name=project.project.name))
        box.setInformativeText(
            self.tr("Without one it stays among the unsaved projects, and the start page lists it.")
        )
        save = box.addButton(self.tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Keep as it is"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is save:
            return self.save_as()
        if box.clickedButton() is keep:
            if project.folder is not None:
                project.save()
                self._services.desk.recent.add(project.folder, project.project)
            return True
        return False


def _first_size(screen: QRect) -> QSize:
    """What the window begins with: all of it can be seen, frame and title bar included."""
    return QSize(min(1600, screen.width() - 16), min(900, screen.height() - 48))


def _free_place(home: Path, name: str) -> Path:
    """A folder for a project of this name that is not there yet: a dialog would open one that is."""
    stem = safe_file_name(name)
    names = chain((stem,), (f"{stem} {number}" for number in count(2)))
    return next(place for each in names if not (place := home / f"{each}{SUFFIX}").exists())


def _home(services: Services) -> Path:
    """Where the user keeps projects: beside the open one, else in the music folder."""
    folder = services.bridges.project.folder
    if folder is not None and not services.desk.is_unnamed:
        return folder.parent
    music = Path.home() / "Music"
    return music if music.is_dir() else Path.home()

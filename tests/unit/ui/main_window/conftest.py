"""The real window without a screen: real bridges over a project in a folder, no threads, no processes."""

import shutil
from functools import partial

import msgspec
import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import AudioClip, AudioSource, Track
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.session.controllers._project_of_take import project_of_take
from musicgen_desktop.session.controllers.generating import sound_job
from musicgen_desktop.session.jobs import JobQueue
from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import (
    Actions,
    Bridges,
    HandOverBridge,
    JobsBridge,
    LearnBridge,
    ProjectBridge,
    Selection,
    Snap,
    SoundBridge,
    Status,
    TakesBridge,
)
from musicgen_desktop.ui.main_window import Desk, MainWindow, Services
from tests.fakes.instant_queue import InstantQueue
from tests.fakes.silent_player import SilentPlayer
from tests.fakes.sound_maker import SoundMakerFake
from tests.unit.ui.prompt.conftest import quick_jobs

SIZE = 1280, 720
BAR = 3_840


class Opened:
    """A window and what stands behind it. Jobs are done when they are asked for, unless they are held.

    Args:
        folder: the project's; None for a new one.
        sound_process: makes sound; with one of its own, jobs of takes and models run on their real threads.
    """

    def __init__(self, folder=None, sound_process=None):
        self._closed = False
        self.desk = Desk()
        project = ProjectBridge(self.desk.first(folder))
        self.player = SilentPlayer(project)
        actions, status = Actions(), Status()
        learning = LearnBridge(project, self.player, actions, status)
        self.bridges = Bridges(project, Selection(project), self.player, Snap(), status, actions, learning)
        self.queues = []
        self.sound_process = sound_process or SoundMakerFake()
        queue = self._queue if sound_process is None else JobQueue
        self.services = Services(
            bridges=self.bridges,
            desk=self.desk,
            takes=TakesBridge(
                project,
                self.player,
                quick_jobs,
                make_sound=partial(sound_job, client=self.sound_process),
                queue=queue,
            ),
            jobs=JobsBridge(queue=self._queue),
            handover=HandOverBridge(project, jobs=JobsBridge(queue=self._queue)),
            sound=SoundBridge(self.sound_process, jobs=JobsBridge(queue=queue)),
            preferences=Preferences(autosave_minutes=0),
        )
        self.desk.take(project)
        self.said = []
        self.bridges.status.said.connect(lambda sentence, _mood: self.said.append(sentence))
        project.refused.connect(self.said.append)
        self.window = MainWindow(self.services)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        settle()

    @property
    def project(self):
        return self.bridges.project.project

    @property
    def store(self):
        return self.bridges.project.store

    @property
    def panels(self):
        return self.window.panels

    @property
    def actions(self):
        return self.bridges.actions

    def compose(self, prompt="lofi, 82 bpm, F minor, 4 bars", count=2):
        """The takes that come of a prompt, newest first."""
        self.panels.prompt.model.set_variations(count)
        assert self.panels.prompt.compose_prompt(prompt)
        settle()
        return self.services.takes.candidates

    def hold_jobs(self):
        """From now on jobs wait."""
        for queue in self.queues:
            queue.held = True

    def do_jobs(self):
        """Do all that waits."""
        for queue in self.queues:
            queue.release()
        settle()

    def close(self):
        """Without a question, and without leaving anything that runs. May be called again."""
        if self._closed:
            return
        self._closed = True
        window = self.window
        window.bounces.close()
        self.panels.close()
        window.hide()
        self.services.close()
        self.desk.close()
        window.deleteLater()
        for each in (*vars(self.services).values(), *(vars(self.bridges).values()), self.desk):
            if hasattr(each, "deleteLater"):
                each.deleteLater()
        settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _queue(self, listener):
        self.queues.append(InstantQueue(listener))
        return self.queues[-1]


def settle():
    """What was put off is done; no time passes."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def save_song(folder, work):
    """Four bars in three stems and a voice in two clips; `work` is for the voice's file."""
    request = Request(
        prompt="lofi hip hop, 82 bpm, F minor", bars=4, stems=("drums", "bass", "chords"), seed=7
    )
    project = project_of_take(Composer().generate(request))
    voice = 0.3 * np.sin(np.arange(6 * 48_000) / 40.0)
    soundfile.write(work / "voice.wav", np.column_stack((voice, voice)), 48_000)
    source = AudioSource("voice", "Voice", str(work / "voice.wav"), "", 48_000, 2, len(voice))
    clips = (
        AudioClip("voice-1", "Voice", 0, 2 * BAR, "voice", gain_db=-6.0, fade_in_ms=50.0),
        AudioClip("voice-2", "Voice", 3 * BAR, BAR, "voice"),
    )
    track = Track("voice", "Voice", "audio", color="#f06292", clips=clips)
    store = ProjectStore(
        msgspec.structs.replace(
            project, name="Song", sources=(*project.sources, source), tracks=(*project.tracks, track)
        )
    )
    store.save_as(folder)
    store.close()


@pytest.fixture(scope="session")
def _song_folder(tmp_path_factory):
    """A saved song; each test works in a copy."""
    work = tmp_path_factory.mktemp("songs")
    save_song(work / "Song.mgproj", work)
    return work / "Song.mgproj"


@pytest.fixture
def song_folder(_song_folder, tmp_path):
    """A saved project that the test may change."""
    return shutil.copytree(_song_folder, tmp_path / "Song.mgproj")


@pytest.fixture
def open_window(_dressed):
    """Opens a window over a project folder, or over a new project."""
    opened = []

    def at(folder=None, sound_process=None):
        opened.append(Opened(folder, sound_process))
        return opened[-1]

    yield at
    for each in opened:
        each.close()


@pytest.fixture
def opened(open_window, song_folder):
    """A window over a small song, with what stands behind it."""
    return open_window(song_folder)


@pytest.fixture
def window(opened):
    """The window over a small song."""
    return opened.window

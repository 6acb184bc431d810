"""A timeline over a small song whose places on the screen are easy to count: 0.05 pixels are a tick."""

import msgspec
import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QPoint

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project, Section, Track
from musicgen_desktop.media import content_hash
from musicgen_desktop.music import Note
from musicgen_desktop.session.controllers.waveforms import Waveforms
from musicgen_desktop.ui.timeline import TimelinePanel
from tests.unit.ui.conftest import bridges_over

BAR = 3840
PX = 0.05
RATE = 8000


def a_notes_clip(clip_id, start, bars=1, **options):
    notes = (Note(0, 480, 60, 100), Note(960, 480, 64, 80))
    return NotesClip(clip_id, clip_id.title(), start, bars * BAR, notes, **options)


def an_audio_clip(clip_id, start, bars=1, **options):
    options.setdefault("source_offset_frames", 2 * RATE)
    return AudioClip(
        id=clip_id,
        name=clip_id.title(),
        start_ticks=start,
        length_ticks=bars * BAR,
        source_id="file",
        **options,
    )


def a_project(folder):
    """Keys: “verse” in bar 1, “chorus” in bars 3 and 4. Pad: “wash” in bar 1. Vox: “low” in bar 1, “left” in
    bars 3 and 4, “right” in bars 4 and 5. All audio begins two seconds into a file of sixteen.
    """
    path = folder / "vox.wav"
    if not path.exists():
        t = np.arange(16 * RATE) / RATE
        soundfile.write(path, 0.5 * np.sin(2 * np.pi * 220.0 * t), RATE)
    source = AudioSource("file", "vox", str(path), content_hash(path), RATE, 1, 16 * RATE)
    project = Project.new("Song", 120.0).with_source(source)
    tracks = (
        Track("keys", "Keys", "notes", color="#4fc3f7", clips=(
            a_notes_clip("verse", 0), a_notes_clip("chorus", 2 * BAR, 2))),
        Track("pad", "Pad", "notes", color="#4db6ac", clips=(a_notes_clip("wash", 0),)),
        Track("vox", "Vox", "audio", color="#f06292", clips=(
            an_audio_clip("low", 0), an_audio_clip("left", 2 * BAR, 2), an_audio_clip("right", 3 * BAR, 2))),
        Track("spare", "Spare", "audio", color="#ba68c8"),
    )  # fmt: skip
    for track in tracks:
        project = project.with_track(track)
    return msgspec.structs.replace(project, sections=(Section("s", "Verse", 0, 2 * BAR),))


class Stage:
    """The panel, and where things are on it."""

    def __init__(self, bridges, panel):
        self.bridges, self.panel = bridges, panel
        self.canvas, self.state = panel.canvas, panel.state

    @property
    def project(self):
        return self.bridges.project.project

    def clip(self, clip_id):
        return self.project.track_of_clip(clip_id).clip(clip_id)

    def track_id_of(self, clip_id):
        return self.project.track_of_clip(clip_id).id

    def at(self, tick, track_id, down=40):
        """The place of a tick, so many pixels below the top of a track."""
        return QPoint(round(self.state.geometry.x_of(tick)), self.state.geometry.track_top(track_id) + down)

    def selected(self):
        return set(self.bridges.selection.clip_ids)


@pytest.fixture
def waveforms(tmp_path):
    made = Waveforms(tmp_path)
    yield made
    made.close()


@pytest.fixture
def stage(_dressed, qtbot, tmp_path, waveforms):
    bridges = bridges_over(a_project(tmp_path))
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)
    panel.resize(1480, 640)
    panel.show()
    made = Stage(bridges, panel)
    made.state.zoom_about(0, PX / made.state.geometry.px_per_tick)
    made.canvas.setFocus()
    yield made
    bridges.player.close()
    bridges.project.store.close()

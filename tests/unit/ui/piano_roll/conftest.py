"""A piano roll over one clip of four bars, whose places on the screen are easy to count."""

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import ChordChange, KeyChange, NotesClip, Project, Track
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.ui.piano_roll import PianoRollPanel

from ..conftest import bridges_over  # noqa: TID252 - conftest.py is no module one could name otherwise

BAR = 3840
LOW = Note(960, 480, 60, 80)
HIGH = Note(1920, 480, 64, 100)
LONG = Note(3840, 1920, 62, 40)
NOTES = (LOW, HIGH, LONG)
KICK, SNARE = Note(0, 120, 36, 110), Note(960, 120, 38, 90)


def a_project(notes=NOTES, *, start=BAR, offset=0, loop=None, patch=None, controls=()):
    """A clip of four bars from bar 2 on, with a ghost above it and drums below, in C major."""
    lead = NotesClip(
        "clip", "Theme", start, 4 * BAR, notes, controls, content_offset_ticks=offset, loop_length_ticks=loop
    )
    ghost = NotesClip("ghost", "Pad", BAR, BAR, (Note(0, 960, 67, 90),))
    drums = NotesClip("drums", "Beat", 0, 2 * BAR, (KICK, SNARE))
    project = Project.new("song")
    for track in (
        Track("lead", "Lead", "notes", color="#4fc3f7", clips=(lead,), patch=patch),
        Track("pad", "Pad", "notes", color="#4db6ac", clips=(ghost,)),
        Track(
            "kit", "Kit", "notes", role="drums", color="#ff8a65", clips=(drums,),
            patch=Patch("synth", preset="kit_808", is_drums=True),
        ),
    ):  # fmt: skip
        project = project.with_track(track)
    return msgspec.structs.replace(
        project, keys=(KeyChange(0, "C major"),), chords=(ChordChange(0, 2 * BAR, "Am7"),)
    )


class Roll:
    """A panel, and hands."""

    def __init__(self, panel, bridges):
        self.panel, self.bridges = panel, bridges
        self.model, self.notes, self.lane = panel.model, panel.notes, panel.lane

    @property
    def clip(self):
        return next(
            clip
            for track in self.bridges.project.project.tracks
            for clip in track.clips
            if clip.id == self.bridges.selection.edited_clip_id
        )

    def at(self, tick, pitch):
        """The pixel of a content tick on a pitch."""
        geometry = self.model.geometry
        y = geometry.y_of_pitch(pitch)
        return QPoint(round(geometry.x_of(tick + self.model.zero)), int(y) + geometry.row_px // 2)

    def body(self, note):
        return self.notes.rect_of(note).center()

    def drag(self, begin, end, *, modifiers=Qt.KeyboardModifier.NoModifier, release=True, widget=None):
        widget = widget or self.notes
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, modifiers, begin)
        for part in (0.3, 0.6, 1.0):
            way = begin + QPoint(round((end - begin).x() * part), round((end - begin).y() * part))
            self.move(way, modifiers, widget)
        if release:
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, modifiers, end)

    def move(self, position, modifiers, widget):
        """`QTest.mouseMove` knows no modifiers."""
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(position),
            QPointF(widget.mapToGlobal(position)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            modifiers,
        )
        QApplication.sendEvent(widget, event)

    def click(self, position, *, modifiers=Qt.KeyboardModifier.NoModifier, widget=None):
        QTest.mouseClick(widget or self.notes, Qt.MouseButton.LeftButton, modifiers, position)

    def double_click(self, position):
        QTest.mouseDClick(self.notes, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, position)
        QTest.mouseRelease(self.notes, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, position)

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.notes, key, modifiers)

    def wheel(self, turn, modifiers, position=None, widget=None):
        widget = widget or self.notes
        position = position or widget.rect().center()
        event = QWheelEvent(
            QPointF(position), QPointF(widget.mapToGlobal(position)), QPoint(), QPoint(0, turn),
            Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - Qt's own
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def one_step(self, after):
        """The clip has just these notes now; one undo leads back, one redo here again."""
        store = self.bridges.project.store
        assert sorted_notes(self.clip.notes) == sorted_notes(after)
        now = self.bridges.project.project
        assert len(store.history) == 1
        store.undo()
        before = self.clip.notes
        store.redo()
        assert self.bridges.project.project == now
        return before


def sorted_notes(notes):
    return sorted(notes, key=lambda note: (note.start_ticks, note.pitch, note.length_ticks, note.velocity))


@pytest.fixture
def roll_over(bridges_of, qtbot):
    """Open the clip of a project in a shown panel."""

    def make(project, clip_id="clip", size=(1100, 460)):
        bridges = bridges_of(project)
        bridges.snap.choose("1/8")
        panel = PianoRollPanel(bridges)
        qtbot.addWidget(panel)
        panel.resize(*size)
        panel.show()
        panel.activateWindow()
        qtbot.waitExposed(panel)
        bridges.selection.edit_clip(clip_id)
        QApplication.processEvents()
        panel.notes.setFocus()
        return Roll(panel, bridges)

    return make


@pytest.fixture
def roll(roll_over):
    return roll_over(a_project())


@pytest.fixture
def bridges_of(_dressed):
    """Bridges over a project in memory; closed at the end."""
    made = []

    def make(project):
        made.append(bridges_over(project))
        return made[-1]

    yield make
    for bridges in made:
        bridges.player.close()
        bridges.project.store.close()

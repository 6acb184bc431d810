"""The panel at the right: the subject's fields, and its provenance below."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from musicgen_desktop.document import NotesClip
from musicgen_desktop.ui.bridges import Bridges, HandOverBridge, PartKind
from musicgen_desktop.ui.widgets import DragHandle, Files

from ._clip_section import ClipSection
from ._provenance import Provenance
from ._song_section import SongSection
from ._span_section import SpanSection
from ._track_section import TrackSection
from ._view_model import InspectorViewModel


class InspectorPanel(QScrollArea):
    """What is selected, to be read and changed; with nothing selected, the song.

    Args:
        bridges: of the window.
        handover: makes the files of the drag handles; without it there are none.
    """

    locate_requested = Signal(str)
    """The id of an audio source whose file is missing."""
    insert_requested = Signal(str, str)
    """Track and insert: show its knobs."""
    remake_requested = Signal(int, int)
    """First and last bar."""

    def __init__(
        self, bridges: Bridges, handover: HandOverBridge | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._handover = handover
        self.model = InspectorViewModel(bridges, self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Inspector"))
        page = QFrame(self)
        page.setProperty("kind", "panel")
        self._title = QLabel(page)
        self._title.setProperty("kind", "heading")
        self.clip = ClipSection(self.model, self._files("clip"), page)
        self.track = TrackSection(self.model, self._files("track"), page)
        self.span = SpanSection(self.model, page)
        self.song = SongSection(self.model, self._files("mix"), page)
        self.provenance = Provenance(page)
        self._sections = {"clips": self.clip, "track": self.track, "span": self.span, "song": self.song}
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        for section in self._sections.values():
            column.addWidget(section)
        column.addWidget(self.provenance)
        column.addStretch(1)
        self.setWidget(page)
        self._is_old = True
        self._connect()
        self._show()

    @property
    def title(self) -> str:
        """What kind of thing is shown: “Clip”."""
        return self._title.accessibleName()

    def sizeHint(self) -> QSize:
        """As wide as its fields want it."""
        return QSize(264, 560)

    def minimumSizeHint(self) -> QSize:
        """It scrolls."""
        return QSize(220, 120)

    def look_again(self) -> None:
        """Audio files may have been found: ask the disk once more."""
        self.model.look_again()
        self._show()

    def _connect(self) -> None:
        self.clip.locate_requested.connect(self.locate_requested)
        self.track.insert_requested.connect(self.insert_requested)
        self.span.remake_requested.connect(self.remake_requested)
        say = self._bridges.status.say
        for section in (self.clip, self.track):
            section.refused.connect(lambda sentence: say(sentence, "warn"))
        self.provenance.copied.connect(lambda sentence: say(sentence, "good"))
        self.clip.handle_wanted.connect(lambda: self._prepare("clip"))
        self.track.handle_wanted.connect(lambda: self._prepare("track"))
        self.song.handle_wanted.connect(lambda: self._prepare("mix"))
        self.model.changed.connect(self._on_change)
        if self._handover is not None:
            self._handover.state_changed.connect(self._show_handles)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was hidden is shown now."""
        super().showEvent(event)
        if self._is_old:
            self._show()

    def _on_change(self) -> None:
        if self.isVisible():
            self._show()
        else:
            self._is_old = True  # nobody sees it: a drag elsewhere need not pay for it

    def _show(self) -> None:
        self._is_old = False
        subject, project = self.model.subject, self.model.project
        for name, section in self._sections.items():
            section.setVisible(name == subject)
        clips, track, span = self.model.clips, self.model.track, self.model.span
        match subject:
            case "clips":
                self._set_title(self.tr("Clip") if len(clips) == 1 else self.tr("Clips"))
                self.clip.show_clips(clips)
            case "track":
                assert track is not None  # noqa: S101 - the view model's word
                self._set_title(self.tr("Track"))
                self.track.show_track(track, project)
            case "span":
                assert span is not None  # noqa: S101 - the view model's word
                self._set_title(self.tr("Selected time"))
                self.span.show_span(span, project)
            case "song":
                self._set_title(self.tr("Song"))
                self.song.show_song(project)
        self.provenance.show_rights(self.model.takes, self.model.origins)
        self._show_handles()

    def _show_handles(self) -> None:
        handover = self._handover
        parts: tuple[tuple[PartKind, DragHandle | None, bool], ...] = (
            ("clip", self.clip.handle, any(isinstance(clip, NotesClip) for clip in self.model.clips)),
            ("track", self.track.handle, self.model.track is not None and self.model.track.kind == "notes"),
            ("mix", self.song.handle, any(track.kind == "notes" for track in self.model.project.tracks)),
        )
        for kind, handle, has_notes in parts:
            if handover is not None and handle is not None:
                handle.show_state(handover.state_of(kind, self._ids(kind)), has_notes=has_notes)

    def _set_title(self, text: str) -> None:
        self._title.setText(text.upper())
        self._title.setAccessibleName(text)

    def _ids(self, kind: PartKind) -> tuple[str, ...]:
        if kind == "clip":
            return tuple(clip.id for clip in self.model.clips)
        if kind == "track" and self.model.track is not None:
            return (self.model.track.id,)
        return ()

    def _files(self, kind: PartKind) -> Files | None:
        handover = self._handover
        if handover is None:
            return None

        def files(modifiers: Qt.KeyboardModifier) -> Sequence[Path]:
            return handover.files(kind, self._ids(kind), modifiers)

        return files

    def _prepare(self, kind: PartKind) -> None:
        if self._handover is not None:
            self._handover.prepare(kind, *self._ids(kind))

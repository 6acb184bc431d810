"""The selected clips: name, place, and what they hold."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from musicgen_desktop.document import Clip
from musicgen_desktop.session.commands import (
    color_clips,
    move_clips,
    mute_clips,
    rename_clip,
    trim_clip,
)
from musicgen_desktop.timing import PPQ, MeterMap, parse_position
from musicgen_desktop.ui.bridges import text_of_place
from musicgen_desktop.ui.widgets import ColourSwatch, DragHandle, ElidedLabel, Files, NumberField, TextButton

from ._audio_group import AudioGroup
from ._common import common
from ._form import Form
from ._lengths import parse_length, text_of_length
from ._notes_group import NotesGroup
from ._view_model import InspectorViewModel, audio_only, notes_only

_LAST_TICK = 2.0**31


class ClipSection(QWidget):
    """One clip, or what several have in common; where they differ stands “–”."""

    locate_requested = Signal(str)
    refused = Signal(str)
    handle_wanted = Signal()

    def __init__(self, model: InspectorViewModel, files: Files | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._colour = ColourSwatch(self.tr("Clip colour"), clearable=self.tr("As the track"), parent=self)
        self._colour.colour_chosen.connect(self._on_colour)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Clip name"))
        self.name.editingFinished.connect(self._on_name)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._colour)
        head.addWidget(self.name, 1)
        self.handle: DragHandle | None = None
        if files is not None:
            self.handle = DragHandle(self.tr("Drag into your DAW"), files, self)
            self.handle.wanted.connect(self.handle_wanted)
            head.addWidget(self.handle)
        self._make_place()
        self._track = ElidedLabel(self, Qt.TextElideMode.ElideMiddle)
        self.mute = TextButton(self.tr("Mute"), self, icon_name="mute", checkable=True)
        self.mute.clicked.connect(self._on_mute)
        form = Form(self)
        form.add(self.tr("Start"), self.start)
        form.add(self.tr("Length"), self.length)
        form.add(self.tr("Track"), self._track)
        form.add(self.tr("Heard"), self.mute)
        self.audio = AudioGroup(model, self)
        self.audio.locate_requested.connect(self.locate_requested)
        self.notes = NotesGroup(model, self)
        for field in (self.start, self.length, *self.audio.fields, *self.notes.fields):
            field.refused.connect(self.refused)
            field.released.connect(model.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(form)
        column.addWidget(self.audio)
        column.addWidget(self.notes)

    def show_clips(self, clips: Sequence[Clip]) -> None:
        """The selection or the project changed."""
        project = self._model.project
        first = clips[0]
        if not (self.name.hasFocus() and self.name.isModified()):
            many = self.tr("%n clip(s)", "", len(clips))
            self.name.setText(first.name if len(clips) == 1 else many)
            self.name.setCursorPosition(0)
        self.name.setReadOnly(len(clips) > 1)
        wanted = {clip.id for clip in clips}
        owners = {clip.id: track for track in project.tracks for clip in track.clips if clip.id in wanted}
        shown, mixed = common(clips, lambda clip: clip.color or owners[clip.id].color)
        self._colour.show_colour("" if mixed else shown)
        starts = [clip.start_ticks for clip in clips]
        self.start.show_value(min(starts), mixed=len(set(starts)) > 1)
        length, mixed = common(clips, lambda clip: clip.length_ticks)
        self.length.show_value(length, mixed=mixed)
        self._track.show_text(", ".join(dict.fromkeys(track.name for track in owners.values())))
        muted, mixed = common(clips, lambda clip: clip.muted)
        self.mute.setChecked(muted and not mixed)
        self.mute.setText(self.tr("Mute –") if mixed else self.tr("Muted") if muted else self.tr("Mute"))
        audio, notes = audio_only(clips), notes_only(clips)
        self.audio.setVisible(bool(audio))
        if audio:
            self.audio.show_clips(audio)
        self.notes.setVisible(bool(notes))
        if notes:
            self.notes.show_clips(notes)

    def _make_place(self) -> None:
        self.start = NumberField(
            self.tr("Start of the clip: bar.beat.tick"),
            0.0,
            _LAST_TICK,
            step=PPQ,
            fine=1.0,
            default=None,
            written=lambda tick: text_of_place(round(tick), self._meters()),
            read=lambda text: float(parse_position(text, self._meters())),
            parent=self,
        )
        self.start.value_requested.connect(self._on_start)
        self.length = NumberField(
            self.tr("Length of the clip: bars.beats.ticks"),
            1.0,
            _LAST_TICK,
            step=PPQ,
            fine=1.0,
            default=None,
            written=lambda ticks: text_of_length(round(ticks), self._first_tick(), self._meters()),
            read=lambda text: float(parse_length(text, self._first_tick(), self._meters())),
            parent=self,
        )
        self.length.value_requested.connect(self._on_length)

    def _meters(self) -> MeterMap:
        return self._model.project.meter_map

    def _first_tick(self) -> int:
        return min((clip.start_ticks for clip in self._model.clips), default=0)

    def _on_name(self) -> None:
        text, clips = self.name.text().strip(), self._model.clips
        self.name.setModified(False)
        if len(clips) == 1 and text != clips[0].name:
            self._model.ask("name", rename_clip, clips[0].id, text)
            self._model.done()
            self.show_clips(self._model.clips)  # a refused name is taken back

    def _on_colour(self, code: str) -> None:
        self._model.ask("colour", color_clips, self._ids, code or None)
        self._model.done()

    def _on_start(self, tick: float) -> None:
        self._model.ask("start", move_clips, self._ids, by_ticks=round(tick) - self._first_tick())

    def _on_length(self, ticks: float) -> None:
        self._model.each(
            "length",
            self._model.clips,
            lambda project, clip: trim_clip(project, clip.id, end_ticks=clip.start_ticks + round(ticks)),
        )

    def _on_mute(self, muted: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._model.ask("mute", mute_clips, self._ids, muted=muted)
        self._model.done()

    @property
    def _ids(self) -> tuple[str, ...]:
        return tuple(clip.id for clip in self._model.clips)

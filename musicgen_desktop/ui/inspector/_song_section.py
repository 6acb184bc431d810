"""The song itself, when nothing of it is selected."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.session.commands import rename_project
from musicgen_desktop.ui.bridges import text_of_time
from musicgen_desktop.ui.widgets import DragHandle, Files, plain

from ._form import Form, words
from ._view_model import InspectorViewModel


class SongSection(QWidget):
    """Name, length, tempo, meter, key, rate, tracks and takes."""

    handle_wanted = Signal()

    def __init__(self, model: InspectorViewModel, files: Files | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name of the song"))
        self.name.editingFinished.connect(self._on_name)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.name, 1)
        self.handle: DragHandle | None = None
        if files is not None:
            self.handle = DragHandle(self.tr("Drag the mix into your DAW"), files, self)
            self.handle.wanted.connect(self.handle_wanted)
            head.addWidget(self.handle)
        form = Form(self)
        self._fields: dict[str, Callable[[Project], str]] = {
            self.tr("Length"): self._length,
            self.tr("Tempo"): self._tempo,
            self.tr("Meter"): self._meter,
            self.tr("Key"): self._key,
            self.tr("Rate"): lambda project: f"{plain(project.rate / 1000.0)} kHz",
            self.tr("Tracks"): self._tracks,
            self.tr("Takes"): lambda project: str(len(project.takes)),
        }
        self._texts = [words(self) for _ in self._fields]
        for name, text in zip(self._fields, self._texts, strict=True):
            form.add(name, text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(form)

    @property
    def facts(self) -> dict[str, str]:
        """What it tells, by name."""
        return {name: text.text() for name, text in zip(self._fields, self._texts, strict=True)}

    def show_song(self, project: Project) -> None:
        """The project changed."""
        if not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(project.name)
            self.name.setCursorPosition(0)
        for text, read in zip(self._texts, self._fields.values(), strict=True):
            text.setText(read(project))

    def _length(self, project: Project) -> str:
        ticks = project.length_ticks
        if not ticks:
            return self.tr("Empty")
        bars = project.meter_map.bar_of(ticks - 1)
        time = text_of_time(ticks, project.tempo_map).partition(".")[0]
        return self.tr("%n bar(s), {time}", "", bars).format(time=time)

    def _tempo(self, project: Project) -> str:
        speeds = [point.bpm for point in project.tempo_map.points]
        if min(speeds) == max(speeds):
            return f"{plain(speeds[0], 2)} BPM"
        return f"{plain(min(speeds), 2)} – {plain(max(speeds), 2)} BPM"

    def _meter(self, project: Project) -> str:
        return ", ".join(dict.fromkeys(str(change.meter) for change in project.meter_map.changes))

    def _key(self, project: Project) -> str:
        return ", ".join(dict.fromkeys(change.key for change in project.keys)) or "–"

    def _tracks(self, project: Project) -> str:
        buses = sum(track.kind == "bus" for track in project.tracks)
        text = str(len(project.tracks) - buses)
        return self.tr("{tracks} and %n bus(es)", "", buses).format(tracks=text) if buses else text

    def _on_name(self) -> None:
        text = self.name.text().strip()
        self.name.setModified(False)
        if text != self._model.project.name:
            self._model.ask("song-name", rename_project, text)
            self._model.done()
            self.name.setText(self._model.project.name)

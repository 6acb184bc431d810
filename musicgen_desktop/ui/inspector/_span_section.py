"""The selected span of time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.session.commands import set_loop
from musicgen_desktop.ui.bridges import text_of_place
from musicgen_desktop.ui.widgets import TextButton, plain

from ._form import Form, words
from ._lengths import bars_of_span, text_of_length
from ._view_model import InspectorViewModel


class SpanSection(QWidget):
    """Its bars, and what can be done with them."""

    remake_requested = Signal(int, int)

    def __init__(self, model: InspectorViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._title = QLabel(self)
        self._title.setProperty("kind", "title")
        self._start, self._end, self._length, self._time = (words(self) for _ in range(4))
        self.loop = TextButton(self.tr("Loop this"), self, icon_name="loop")
        self.loop.clicked.connect(self._on_loop)
        self.remake = TextButton(
            self.tr("Remake these bars"),
            self,
            icon_name="remake",
            tip=self.tr("Let these bars be composed anew; what lies around them stays"),
        )
        self.remake.setAccessibleName(self.tr("Remake these bars"))
        self.remake.clicked.connect(self._on_remake)
        form = Form(self)
        form.add(self.tr("Start"), self._start)
        form.add(self.tr("End"), self._end)
        form.add(self.tr("Length"), self._length)
        form.add(self.tr("Time"), self._time)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(form)
        column.addWidget(self.loop)
        column.addWidget(self.remake)

    @property
    def title(self) -> str:
        """“Bars 5–8”."""
        return self._title.text()

    def show_span(self, span: tuple[int, int], project: Project) -> None:
        """The selection or the project changed."""
        first, last = bars_of_span(*span, project.meter_map)
        self._title.setText(
            self.tr("Bar {first}").format(first=first)
            if first == last
            else self.tr("Bars {first}–{last}").format(first=first, last=last)
        )
        self._start.setText(text_of_place(span[0], project.meter_map))
        self._end.setText(text_of_place(span[1], project.meter_map))
        self._length.setText(text_of_length(span[1] - span[0], span[0], project.meter_map))
        seconds = project.tempo_map.seconds_between(*span)
        self._time.setText(self.tr("{seconds} s").format(seconds=plain(seconds, 3)))

    def _on_loop(self) -> None:
        if self._model.span is not None:
            self._model.ask("loop", set_loop, *self._model.span, enabled=True)
            self._model.done()

    def _on_remake(self) -> None:
        if self._model.span is not None:
            self.remake_requested.emit(*bars_of_span(*self._model.span, self._model.project.meter_map))

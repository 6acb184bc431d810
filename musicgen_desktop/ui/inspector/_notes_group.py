"""What clips of notes have more: how many notes, their loop, and quick changes of all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from musicgen_desktop.document import NotesClip
from musicgen_desktop.music import pitch_name
from musicgen_desktop.session.commands import loop_clip
from musicgen_desktop.session.commands.notes import key_of_clip
from musicgen_desktop.timing import PPQ, Grid
from musicgen_desktop.ui.widgets import NumberField, TextButton

from ._common import common
from ._form import Group, side_by_side, words
from ._lengths import parse_length, text_of_length
from ._view_model import InspectorViewModel, notes_only

_GRIDS = ("1/4", "1/8", "1/8T", "1/16", "1/16T", "1/32")


class NotesGroup(Group):
    """Number and range of the notes, loop, transpose, velocity, quantize."""

    def __init__(self, model: InspectorViewModel, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("NotesGroup", "Notes"), parent)
        self._model = model
        self._count = words(self)
        self._range = words(self)
        self.loop = QCheckBox(self)
        self.loop.setAccessibleName(self.tr("Loop the notes inside the clip"))
        self.loop.setToolTip(self.loop.accessibleName())
        self.loop.clicked.connect(self._on_loop)
        self.loop_length = NumberField(
            self.tr("Length of the loop: bars.beats.ticks"),
            1.0,
            2.0**31,
            step=PPQ,
            fine=1.0,
            default=None,
            written=lambda ticks: text_of_length(round(ticks), self._start(), model.project.meter_map),
            read=lambda text: float(parse_length(text, self._start(), model.project.meter_map)),
            parent=self,
        )
        self.loop_length.value_requested.connect(self._on_loop_length)
        self.velocity = NumberField(
            self.tr("Velocity of all notes, of what it was"),
            0.0,
            400.0,
            step=2.0,
            fine=1.0,
            default=100.0,
            unit="%",
            digits=0,
            parent=self,
        )
        self.velocity.value_requested.connect(self._on_velocity)
        self.velocity.released.connect(lambda: self.velocity.show_value(100.0))
        self.grid = QComboBox(self)
        self.grid.setAccessibleName(self.tr("Quantize to"))
        self.grid.addItems(list(_GRIDS))
        self.grid.setCurrentText("1/16")
        self.quantize = TextButton(self.tr("Quantize"), self, tip=self.tr("Draw all notes to this grid"))
        self.quantize.clicked.connect(lambda: model.quantize(Grid.of(self.grid.currentText())))
        self.transpose = tuple(self._step_button(steps) for steps in (-12, -1, 1, 12))
        self.form.add(self.tr("Notes"), self._count)
        self.form.add(self.tr("Range"), self._range)
        self.form.add(self.tr("Loop"), side_by_side(self.loop, self.loop_length, parent=self))
        self.form.add(self.tr("Transpose"), side_by_side(*self.transpose, parent=self))
        self.form.add(self.tr("Velocity"), self.velocity)
        self.form.add_wide(side_by_side(self.grid, self.quantize, parent=self))
        self.fields = (self.loop_length, self.velocity)

    def show_clips(self, clips: Sequence[NotesClip]) -> None:
        """The selection or the project changed."""
        inside = [(note.pitch, clip) for clip in clips for note in clip.notes_inside()]
        self._count.setText(self.tr("%n note(s)", "", len(inside)))
        ends = (min(inside, key=_pitch), max(inside, key=_pitch)) if inside else ()
        names = [pitch_name(pitch, key_of_clip(self._model.project, clip)) for pitch, clip in ends]
        self._range.setText(" – ".join(names) or "–")
        looped, mixed = common(clips, lambda clip: clip.loop_length_ticks)
        self.loop.setTristate(mixed)
        is_looped = any(clip.loop_length_ticks is not None for clip in clips)
        self.loop.setChecked(is_looped)
        self.loop_length.setEnabled(is_looped)
        self.loop_length.show_value(looped or clips[0].length_ticks, mixed=mixed)
        for control in (*self.transpose, self.velocity, self.quantize):
            control.setEnabled(any(clip.notes for clip in clips))

    def _step_button(self, steps: int) -> TextButton:
        text = f"{steps:+d}".replace("-", "−")
        button = TextButton(text, self, kind="segment")
        name = self.tr("Transpose by %n semitone(s)", "", abs(steps)) + f" ({text})"  # Qt counts from 0 up
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setMinimumWidth(30)
        button.clicked.connect(lambda: self._model.transpose(steps))
        return button

    def _on_loop(self, looped: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._model.each(
            "loop",
            notes_only(self._model.clips),
            lambda project, clip: loop_clip(
                project, clip.id, loop_length_ticks=clip.length_ticks if looped else None
            ),
        )
        self._model.done()

    def _on_loop_length(self, ticks: float) -> None:
        self._model.each(
            "loop-length",
            notes_only(self._model.clips),
            lambda project, clip: loop_clip(project, clip.id, loop_length_ticks=round(ticks)),
        )

    def _on_velocity(self, percent: float) -> None:
        self.velocity.show_value(percent)
        self._model.scale_velocity(percent)

    def _start(self) -> int:
        return min((clip.start_ticks for clip in self._model.clips), default=0)


def _pitch(placed: tuple[int, NotesClip]) -> int:
    return placed[0]

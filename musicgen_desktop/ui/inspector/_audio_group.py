"""What clips of audio have more: their file, gain and fades."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from musicgen_desktop.document import AudioClip, FadeShape
from musicgen_desktop.session.commands import reverse_clips, set_clip_gain, set_fades
from musicgen_desktop.ui.theme import tokens
from musicgen_desktop.ui.widgets import (
    ElidedLabel,
    NoticeBar,
    NumberField,
    TextButton,
    decibels,
    typed_decibels,
)

from ._common import common
from ._form import Group, side_by_side
from ._view_model import InspectorViewModel, audio_only

_LONGEST_FADE_MS = 60_000.0


def shape_names() -> dict[FadeShape, str]:
    """The shapes of fades, worded."""
    say = QCoreApplication.translate
    return {
        "equal_power": say("AudioGroup", "Equal power"),
        "linear": say("AudioGroup", "Linear"),
        "s_curve": say("AudioGroup", "S-curve"),
    }


class AudioGroup(Group):
    """File, gain, fades and direction of one or several clips."""

    locate_requested = Signal(str)

    def __init__(self, model: InspectorViewModel, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("AudioGroup", "Audio"), parent)
        self._model = model
        self._lost = ""
        self._file = ElidedLabel(self, Qt.TextElideMode.ElideMiddle)
        self._notice = NoticeBar(self)
        self.gain = NumberField(
            self.tr("Clip gain"), -144.0, 48.0, step=0.5, written=decibels, read=typed_decibels, parent=self
        )
        self.gain.value_requested.connect(
            lambda gain_db: model.ask("gain", set_clip_gain, [clip.id for clip in model.clips], gain_db)
        )
        self.fade_in = self._fade_field(self.tr("Fade-in"))
        self.fade_in.value_requested.connect(
            lambda ms: model.each(
                "fade-in",
                audio_only(model.clips),
                lambda project, clip: set_fades(project, clip.id, fade_in_ms=ms),
            )
        )
        self.fade_out = self._fade_field(self.tr("Fade-out"))
        self.fade_out.value_requested.connect(
            lambda ms: model.each(
                "fade-out",
                audio_only(model.clips),
                lambda project, clip: set_fades(project, clip.id, fade_out_ms=ms),
            )
        )
        self.shape = QComboBox(self)
        self.shape.setAccessibleName(self.tr("Shape of the fades"))
        self.shape.setPlaceholderText("–")
        for shape, name in shape_names().items():
            self.shape.addItem(name, shape)
        self.shape.activated.connect(self._on_shape)
        self.reverse = TextButton(self.tr("Reverse"), self, checkable=True)
        self.reverse.clicked.connect(self._on_reverse)
        self.form.add(self.tr("File"), self._file)
        self.form.add_wide(self._notice)
        self.form.add(self.tr("Gain"), self.gain)
        self.form.add(self.tr("Fade in"), self.fade_in)
        self.form.add(self.tr("Fade out"), self.fade_out)
        self.form.add(self.tr("Shape"), self.shape)
        self.form.add(self.tr("Direction"), side_by_side(self.reverse, parent=self))
        self.fields = (self.gain, self.fade_in, self.fade_out)

    @property
    def notice(self) -> NoticeBar:
        """Says so when the file is missing."""
        return self._notice

    def show_clips(self, clips: Sequence[AudioClip]) -> None:
        """The selection or the project changed."""
        project = self._model.project
        names = list(dict.fromkeys(project.source(clip.source_id).name for clip in clips))
        text = names[0] if len(names) == 1 else self.tr("%n file(s)", "", len(names))
        self._file.show_text(text, ", ".join(names) if len(names) > 1 else "")
        self._show_lost([clip.source_id for clip in clips])
        for field, read in (
            (self.gain, lambda clip: clip.gain_db),
            (self.fade_in, lambda clip: clip.fade_in_ms),
            (self.fade_out, lambda clip: clip.fade_out_ms),
        ):
            value, mixed = common(clips, read)
            field.show_value(value, mixed=mixed)
        shape, mixed = common(clips, lambda clip: clip.fade_shape)
        self.shape.setCurrentIndex(-1 if mixed else get_args(FadeShape).index(shape))
        turned, mixed = common(clips, lambda clip: clip.reversed)
        self.reverse.setChecked(turned and not mixed)
        self.reverse.setText(
            self.tr("Reverse –") if mixed else self.tr("Reversed") if turned else self.tr("Reverse")
        )

    def _show_lost(self, source_ids: Sequence[str]) -> None:
        lost = next((each for each in source_ids if self._model.is_missing(each)), "")
        self._file.setStyleSheet(f"color: {tokens().warn};" if lost else "")
        if lost == self._lost and bool(lost) == (not self._notice.isHidden()):
            return
        self._lost = lost
        if not lost:
            self._notice.hide()
            return
        self._notice.say(
            self.tr("File missing"),
            mood="warn",
            mend=self.tr("Locate…"),
            on_mend=lambda: self.locate_requested.emit(lost),
        )

    def _fade_field(self, name: str) -> NumberField:
        return NumberField(name, 0.0, _LONGEST_FADE_MS, step=5.0, fine=0.5, unit="ms", digits=1, parent=self)

    def _on_shape(self, row: int) -> None:
        shape: FadeShape = self.shape.itemData(row)
        self._model.each(
            "shape",
            audio_only(self._model.clips),
            lambda project, clip: set_fades(project, clip.id, shape=shape),
        )
        self._model.done()

    def _on_reverse(self) -> None:
        ids = [clip.id for clip in audio_only(self._model.clips)]
        self._model.ask("reverse", reverse_clips, ids)
        self._model.done()

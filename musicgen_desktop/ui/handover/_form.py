"""The choices: what, which bars, how deep, where to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from musicgen_desktop.session.controllers.send_to_daw import MidiForm
from musicgen_desktop.ui.widgets import ScrollPage, TextButton, text_label

from ._rights_card import RightsCard
from ._view_model import SendModel


class SendForm(ScrollPage):
    """Shows the model's choices and asks for others."""

    def __init__(self, model: SendModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What to send"), parent, margin=16)
        self._model = model
        self.column.setSpacing(6)
        self.what = self._segments(
            self.tr("What"),
            [
                ("all", self.tr("All files"), self.tr("Stems, MIDI and the mix")),
                ("stems", self.tr("Stems"), self.tr("A tagged WAV file for each track, all of one length")),
                ("midi", self.tr("MIDI"), self.tr("A file for each track of notes, and the song")),
                ("mix", self.tr("Mix"), self.tr("The song as it is heard")),
                (
                    "dawproject",
                    self.tr("DAWproject"),
                    self.tr("The song as one file for Bitwig, Cubase, Studio One and others"),
                ),
                (
                    "reaper",
                    self.tr("REAPER"),
                    self.tr("The song as a REAPER project, with what its instruments sound like"),
                ),
                (
                    "ardour",
                    self.tr("Ardour"),
                    self.tr("The song as an Ardour session, with what its instruments sound like"),
                ),
            ],
            per_row=3,
        )
        self.span = self._segments(self.tr("Bars"), [(False, "", ""), (True, "", "")])
        self.span_hint = text_label(
            self.tr("MIDI files hold the whole song all the same."), self, kind="soft", wrap=True
        )
        self.column.addWidget(self.span_hint)
        self.bits = self._segments(
            self.tr("Depth"),
            [(16, self.tr("16 bit"), ""), (24, self.tr("24 bit"), ""), (32, self.tr("32 bit float"), "")],
        )
        self.kind = self._segments(
            self.tr("Sound files"),
            [
                (False, self.tr("WAV"), self.tr("Every DAW reads them, with what they tell of themselves")),
                (True, self.tr("FLAC"), self.tr("Half as large, and the same samples; 16 or 24 bit")),
            ],
        )
        self.rate = self._segments(
            self.tr("Sample rate"),
            [
                (None, self.tr("The song’s"), ""),
                (44_100, self.tr("44.1 kHz"), ""),
                (48_000, self.tr("48 kHz"), ""),
                (96_000, self.tr("96 kHz"), ""),
            ],
        )
        self.each = self._segments(
            self.tr("A file for"),
            [
                (False, self.tr("Each track"), self.tr("All of one length, from the same bar on")),
                (True, self.tr("Each clip"), self.tr("As long as the clip, which is heard alone")),
            ],
        )
        self.tail = self._segments(
            self.tr("Tails"),
            [
                (None, self.tr("As the song"), self.tr("Loops and bars are cut, endings ring out")),
                (True, self.tr("Ring out"), self.tr("Up to the bar line after reverbs have died away")),
                (False, self.tr("Cut"), self.tr("Files end at the bar")),
            ],
        )
        self.guard = QCheckBox(self.tr("Turn all files down when one exceeds −1 dBTP"), self)
        self.guard.setAccessibleName(self.guard.text())
        self.guard.setToolTip(self.tr("By one gain, so that their balance stays; else nothing is touched"))
        self.column.addWidget(self.guard)
        self.midi = self._segments(
            self.tr("MIDI files"),
            [
                (MidiForm(1, 960), self.tr("Tracks, 960"), self.tr("A track each, 960 ticks to the quarter")),
                (MidiForm(1, 480), self.tr("Tracks, 480"), self.tr("A track each, 480 ticks to the quarter")),
                (MidiForm(0, 960), self.tr("One track, 960"), self.tr("All in one track: type 0")),
                (MidiForm(0, 480), self.tr("One track, 480"), self.tr("All in one track: type 0")),
            ],
        )
        self.groups = QCheckBox(self.tr("Stems of groups too"), self)
        self.groups.setAccessibleName(self.groups.text())
        self.groups.setToolTip(self.tr("What a group adds is in its tracks’ stems as well"))
        self.column.addWidget(self.groups)
        self._add_folder()
        self.rights_heading = text_label(self.tr("RIGHTS"), self, kind="heading")
        self.column.addSpacing(8)
        self.column.addWidget(self.rights_heading)
        self.rights = RightsCard(self)
        self.column.addWidget(self.rights)
        self.safe = QCheckBox(self.tr("Commercial-safe only"), self)
        self.safe.setAccessibleName(self.safe.text())
        self.safe.setToolTip(self.tr("Send nothing that may not be sold"))
        self.column.addWidget(self.safe)
        self.column.addStretch(1)
        self.what.idClicked.connect(lambda at: model.choose(what=self.what.button(at).property("value")))
        self.bits.idClicked.connect(lambda at: model.choose(bits=self.bits.button(at).property("value")))
        self._choose_sound(self.kind, "flac")
        self._choose_sound(self.rate, "rate")
        self._choose_sound(self.each, "per_clip")
        self._choose_sound(self.tail, "tail")
        self.guard.clicked.connect(lambda checked: model.choose_sound(guard=checked))
        self.midi.idClicked.connect(lambda at: model.choose(midi=self.midi.button(at).property("value")))
        self.span.idClicked.connect(lambda at: model.choose(only_selected=bool(at)))
        self.groups.clicked.connect(lambda checked: model.choose(groups=checked))
        self.safe.clicked.connect(lambda checked: model.choose(commercial_safe=checked))
        model.changed.connect(self.show_choices)
        self.show_choices()

    def show_choices(self) -> None:
        """Let every control say what is chosen."""
        model = self._model
        _check(self.what, model.what)
        _check(self.bits, model.bits)
        _check(self.span, model.only_selected)
        _check(self.midi, model.midi)
        self._show_sound()
        self.groups.setChecked(model.groups and model.has_groups)
        self.groups.setVisible(model.has_groups)
        self.safe.setChecked(model.commercial_safe)
        has_sound, has_stems = model.what in ("stems", "mix", "all"), model.what in ("stems", "all")
        self.groups.setEnabled(has_stems)
        for button in self.bits.buttons():
            button.setEnabled(has_sound and not (model.sound.flac and button.property("value") == 32))
        for group in (self.kind, self.rate, self.tail):
            _enable(group, enabled=has_sound)
        _enable(self.each, enabled=has_stems)
        self.guard.setEnabled(has_sound)
        for button in self.midi.buttons():
            button.setEnabled(model.what in ("midi", "all"))
        self._name_spans(has_sound=has_sound)
        self.span_hint.setVisible(model.only_selected and model.what == "all")
        if not self.folder.hasFocus():
            self.folder.setText(str(model.out))

    def _show_sound(self) -> None:
        sound = self._model.sound
        _check(self.kind, sound.flac)
        _check(self.rate, sound.rate)
        _check(self.each, sound.per_clip)
        _check(self.tail, sound.tail)
        self.guard.setChecked(sound.guard)
        own = self._model.rate
        self.rate.buttons()[0].setToolTip(self.tr("{rate} Hz").format(rate=own))

    def _choose_sound(self, group: QButtonGroup, name: str) -> None:
        """Each button of a group is a choice of how sound is written."""
        group.idClicked.connect(
            lambda at: self._model.choose_sound(**{name: group.button(at).property("value")})
        )

    def _name_spans(self, *, has_sound: bool) -> None:
        model = self._model
        whole, chosen = self.span.buttons()
        whole.setText(self.tr("Whole song, bars 1–{last}").format(last=model.bars))
        selected = model.selected_bars
        if selected is None:
            chosen.setText(self.tr("Selected bars"))
            chosen.setToolTip(self.tr("Select bars on the timeline’s ruler first"))
        else:
            chosen.setText(
                self.tr("Selected bars {first}–{last}").format(first=selected[0], last=selected[1])
            )
            chosen.setToolTip("")
        whole.setEnabled(has_sound)
        chosen.setEnabled(has_sound and selected is not None)
        for button in (whole, chosen):
            button.setAccessibleName(button.text())

    def _segments(
        self, name: str, entries: Sequence[tuple[object, str, str]], *, per_row: int | None = None
    ) -> QButtonGroup:
        self.column.addWidget(text_label(name, self, kind="soft"))
        group = QButtonGroup(self)
        columns = per_row or len(entries)
        grid = QGridLayout()
        grid.setSpacing(4)
        for at, (value, text, tip) in enumerate(entries):
            button = TextButton(text, self, kind="segment", tip=tip, checkable=True)
            button.setProperty("value", value)
            button.setMinimumHeight(28)
            button.setAccessibleDescription(name)
            group.addButton(button, at)
            grid.addWidget(button, *divmod(at, columns))
            grid.setColumnStretch(at % columns, 1)
        self.column.addLayout(grid)
        self.column.addSpacing(4)
        return group

    def _add_folder(self) -> None:
        self.column.addSpacing(4)
        label = text_label(self.tr("Folder"), self, kind="soft")
        self.folder = QLineEdit(self)
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.editingFinished.connect(self._take_typed)
        label.setBuddy(self.folder)
        self.choose = TextButton(self.tr("Choose…"), self, icon_name="open")
        self.choose.setAccessibleName(self.tr("Choose a folder"))
        self.choose.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        self.column.addWidget(label)
        self.column.addLayout(row)

    def _take_typed(self) -> None:
        typed = Path(self.folder.text().strip()).expanduser()
        if self.folder.text().strip() and typed.is_absolute():
            self._take(typed)
        else:
            self.folder.setText(str(self._model.out))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Send to this folder"), str(self._model.out))
        if name:
            self._take(Path(name))

    def _take(self, folder: Path) -> None:
        if folder != self._model.out:
            self._model.choose(out=folder)
        with QSignalBlocker(self.folder):
            self.folder.setText(str(folder))


def _check(group: QButtonGroup, value: object) -> None:
    for button in group.buttons():
        button.setChecked(button.property("value") == value)


def _enable(group: QButtonGroup, *, enabled: bool) -> None:
    for button in group.buttons():
        button.setEnabled(enabled)

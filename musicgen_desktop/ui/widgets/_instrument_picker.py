"""The chooser of instruments, for every place that offers them."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Patch
from musicgen_desktop.session.controllers.catalogue import InstrumentEntry, find_instruments, instruments

from ._picker import Picker, PickerEntry


class InstrumentPicker(Picker):
    """General MIDI, drum kits and the synthesizer's presets, found by name or by a musician's own word.

    `patch_chosen` brings the `Patch` that a track's becomes. Open it with `open_at`.

    Raises:
        UserInputError: when a preset file of the user's is bad.
    """

    patch_chosen = Signal(object)

    def __init__(self, patch: Patch | None = None, parent: QWidget | None = None) -> None:
        entries = instruments()
        self._patches = {_key(entry.patch): entry.patch for entry in entries}
        super().__init__(
            QCoreApplication.translate("Picker", "Instrument"),
            [_entry(each) for each in entries],
            current="" if patch is None else _key(patch),
            find=lambda text: [_entry(each) for each in _found(text)],
            parent=parent,
        )
        self.chosen.connect(lambda key: self.patch_chosen.emit(self._patches[key]))


def _found(text: str) -> tuple[InstrumentEntry, ...]:
    try:
        return find_instruments(text)
    except UserInputError:  # a file went bad while the list was open
        return ()


def _entry(entry: InstrumentEntry) -> PickerEntry:
    source = (
        QCoreApplication.translate("Picker", "General MIDI")
        if entry.source == "general_midi"
        else QCoreApplication.translate("Picker", "Built-in synthesizer")
    )
    return PickerEntry(_key(entry.patch), entry.name, entry.family, source)


def _key(patch: Patch) -> str:
    return f"{patch.source}:{patch.bank}:{patch.program}:{patch.preset}:{patch.is_drums}"

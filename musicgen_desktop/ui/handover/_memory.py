"""What was chosen the last time, kept beside the settings."""

from pathlib import Path
from typing import get_args

from PySide6.QtCore import QSettings, QStandardPaths

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import safe_file_name, user_config_folder
from musicgen_desktop.session.controllers.handover import exports_folder
from musicgen_desktop.session.controllers.send_to_daw import MidiForm, SoundWish, What
from musicgen_desktop.session.workspace import is_unsaved


class Memory:
    """Remembers what, how deep, and for each project where to."""

    def __init__(self) -> None:
        folder = user_config_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._file = QSettings(str(folder / "handover.ini"), QSettings.Format.IniFormat)

    @property
    def what(self) -> What:
        """Everything, unless something else was sent the last time."""
        kept = str(self._file.value("what", "all"))
        return next((each for each in get_args(What) if each == kept), "all")

    @property
    def groups(self) -> bool:
        """Whether stems of groups were sent too."""
        return str(self._file.value("groups", "no")) == "yes"

    @property
    def commercial_safe(self) -> bool:
        """Whether only what may be sold was to be sent."""
        return str(self._file.value("commercial_safe", "no")) == "yes"

    @property
    def midi(self) -> MidiForm:
        """The form of MIDI files: a track each and 960 ticks, unless another one was sent the last time."""
        is_one_track = str(self._file.value("midi_type", "1")) == "0"
        is_coarse = str(self._file.value("midi_ppq", "960")) == "480"
        return MidiForm(0 if is_one_track else 1, 480 if is_coarse else 960)

    @property
    def sound(self) -> SoundWish:
        """How sound was written the last time."""
        tail = {"yes": True, "no": False}.get(str(self._file.value("tail", "")))
        rate = str(self._file.value("rate", ""))
        return SoundWish(
            flac=self._file.value("flac", "no") == "yes",
            rate=int(rate) if rate in ("44100", "48000", "96000") else None,
            tail=tail,
            guard=self._file.value("guard", "no") == "yes",
            per_clip=self._file.value("per_clip", "no") == "yes",
        )

    def out(self, project: Project, folder: Path | None) -> Path:
        """Where this project was sent to; else inside it, or with the user's music while it has no place.

        What lies in the folder of unsaved work goes when it is saved elsewhere, but a DAW reads on from here.
        """
        kept = self._file.value(f"folders/{project.id}")
        if isinstance(kept, str) and Path(kept).is_absolute():
            return Path(kept)
        if folder is not None and not is_unsaved(folder):
            return exports_folder(project, folder) / "Send to DAW"
        music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        return Path(music or Path.home()) / safe_file_name(project.name, fallback="Song")

    def keep(
        self,
        project: Project,
        what: What,
        out: Path,
        *,
        groups: bool,
        commercial_safe: bool,
        midi: MidiForm,
        sound: SoundWish,
    ) -> None:
        """Remember what was sent."""
        self._file.setValue("what", what)
        self._file.setValue("groups", "yes" if groups else "no")
        self._file.setValue("commercial_safe", "yes" if commercial_safe else "no")
        self._file.setValue("midi_type", str(midi.type))
        self._file.setValue("midi_ppq", str(midi.ppq))
        for name in ("flac", "guard", "per_clip"):
            self._file.setValue(name, "yes" if getattr(sound, name) else "no")
        self._file.setValue("rate", "" if sound.rate is None else str(sound.rate))
        self._file.setValue("tail", "" if sound.tail is None else "yes" if sound.tail else "no")
        self._file.setValue(f"folders/{project.id}", str(out))
        self._file.sync()

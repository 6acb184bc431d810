"""Files of others before they are imported: what they are, and how they sound."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import read_info, told_place

from .import_files import ImportFiles, place_imported

__all__ = ["AUDIO_SUFFIXES", "MIDI_SUFFIXES", "AuditionFile", "FileFacts", "file_facts"]

AUDIO_SUFFIXES = frozenset({".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"})
MIDI_SUFFIXES = frozenset({".mid", ".midi"})
_ANY_RATE = 48_000


class FileFacts(msgspec.Struct, frozen=True):
    """What a browser tells of a file.

    Attributes:
        seconds: of a sound file; None for MIDI, and for what cannot be read.
        tempo_bpm: what its tags or its name say; None when they say nothing.
        rate: frames per second; None as `seconds`.
        channels: None as `seconds`.
        problem: why it cannot be read, in one sentence; empty when it can.
    """

    seconds: float | None = None
    tempo_bpm: float | None = None
    rate: int | None = None
    channels: int | None = None
    problem: str = ""


def file_facts(path: Path) -> FileFacts:
    """Look at the head of a file. A bad one is told, not raised: a folder may hold many."""
    if path.suffix.casefold() in MIDI_SUFFIXES:
        return FileFacts(tempo_bpm=told_place(path, _ANY_RATE).tempo_bpm)
    try:
        info = read_info(path)
        tempo = told_place(path, info.rate).tempo_bpm
    except UserInputError as error:
        return FileFacts(problem=str(error))
    return FileFacts(info.frames / info.rate, tempo, info.rate, info.channels)


@dataclass(frozen=True)
class AuditionFile:
    """Make a project that plays one file from its beginning, to be shown to the player and never saved.

    Attributes:
        path: a sound file or a Standard MIDI File.
        like: whose rate, tempo and meter it has; a MIDI file plays at its own tempo.
    """

    path: Path
    like: Project

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> Project:
        """Do the work.

        Raises:
            UserInputError: when the file cannot be read.
            Stopped: when `stop` was set.
        """
        empty = msgspec.structs.replace(
            Project.new(self.path.stem or "File", rate=self.like.rate),
            tempo_map=self.like.tempo_map,
            meter_map=self.like.meter_map,
        )
        imported = ImportFiles(empty, (self.path,)).run(report, stop)
        edit, _remarks = place_imported(empty, imported, at_tick=0)
        return edit.project

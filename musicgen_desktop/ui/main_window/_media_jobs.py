"""Looking for lost audio files, and taking those that were found, beside the window."""

from dataclasses import dataclass
from pathlib import Path

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.session.workspace import Found, MissingMedia, find_in_folder, relocate_all


@dataclass(frozen=True)
class FindMedia:
    """Look in a folder and all folders in it."""

    project: Project
    missing: tuple[MissingMedia, ...]
    folder: Path

    def run(self, report: Report, stop: StopFlag) -> Found:
        """Do the work; raises what `find_in_folder` does."""
        return find_in_folder(self.project, self.missing, self.folder, report=report, stop=stop)


@dataclass(frozen=True)
class RelocateMedia:
    """Copy files that were found into the project, and make the edit that plays them.

    Attributes:
        project: as it is now.
        found: source id → file.
        folder: the project's.
    """

    project: Project
    found: dict[str, Path]
    folder: Path | None

    def run(self, report: Report, stop: StopFlag) -> Edit:
        """Do the work; raises what `relocate_all` does."""
        report(0.0, "Reading the files")
        stop.raise_if_set()
        return relocate_all(self.project, self.found, self.folder)

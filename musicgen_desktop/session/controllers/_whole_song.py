"""A whole song as a project of another program."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.dawproject import describe, save_dawproject
from musicgen_desktop.foundation import Report, StopFlag, safe_file_name
from musicgen_desktop.media import make_folder

from ._ardour_folder import preview_ardour_folder, write_ardour_folder
from ._asked import chosen_soundfont
from ._reaper_folder import preview_reaper_folder, write_reaper_folder
from ._rights_sheet import HandedOver, RightsSheet, rights_sheet, sheet_text
from ._sounds import refuse_lost_sounds

ProjectKind = Literal["dawproject", "reaper", "ardour"]

PROJECT_KINDS: tuple[ProjectKind, ...] = ("dawproject", "reaper", "ardour")

_HANDED: dict[ProjectKind, HandedOver] = {
    "dawproject": HandedOver(instruments=False, notes=True, muted=True),
    "reaper": HandedOver(notes=True, muted=True),
    "ardour": HandedOver(notes=True, muted=True),
}


class SongFiles(NamedTuple):
    """Files, relative to their folder, and a sentence for each thing that does not leave as it is."""

    files: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class WholeSong:
    """A song on its way into another program.

    Attributes:
        project: as it is now.
        folder: the project's; None while it was never saved.
        to: a DAWproject (one file, which many programs read) or a REAPER project or an Ardour
            session with its sound beside it.
        soundfont: a wish; else the project's own.
    """

    project: Project
    folder: Path | None
    to: ProjectKind
    soundfont: Path | None = None

    def rights(self) -> RightsSheet:
        """The rights of all that is in it.

        Raises:
            UserInputError: when the SoundFont that plays the song is gone.
        """
        return rights_sheet(self.project, folder=self.folder, soundfont=self._font(), handed=_HANDED[self.to])

    def preview(self) -> SongFiles:
        """What `write` would write.

        Raises:
            UserInputError: as `write`, but for the disk.
        """
        if self.to == "reaper":
            told = preview_reaper_folder(self.project, self.folder, soundfont=self._font())
            return SongFiles(*told)
        if self.to == "ardour":
            session = preview_ardour_folder(self.project, self.folder, soundfont=self._font())
            return SongFiles(*session)
        refuse_lost_sounds(self.project, self.folder or Path())
        return SongFiles((self._dawproject,), describe(self.project).remarks)

    def write(self, out: Path, *, report: Report, stop: StopFlag) -> SongFiles:
        """Write it into a folder, which is made when it is missing.

        Raises:
            UserInputError: when a sound that is heard is missing, or the disk refuses.
            Stopped: when `stop` was set.
        """
        if self.to == "reaper":
            written = write_reaper_folder(
                self.project,
                self.folder,
                out,
                soundfont=self._font(),
                comment=sheet_text(self.rights()),
                report=report,
                stop=stop,
            )
            return SongFiles(*written)
        if self.to == "ardour":
            session = write_ardour_folder(
                self.project,
                self.folder,
                out,
                soundfont=self._font(),
                comment=sheet_text(self.rights()),
                report=report,
                stop=stop,
            )
            return SongFiles(*session)
        media = self.folder or Path()
        refuse_lost_sounds(self.project, media)
        make_folder(out)
        path = out / self._dawproject
        remarks = save_dawproject(self.project, path, media_folder=media, report=report, stop=stop)
        return SongFiles((self._dawproject,), remarks)

    @property
    def _dawproject(self) -> str:
        return f"{safe_file_name(self.project.name)}.dawproject"

    def _font(self) -> Path | None:
        """What plays the notes; a DAWproject holds them alone."""
        if not _HANDED[self.to].instruments:
            return None
        return chosen_soundfont(self.soundfont, self.project, frozen_in=self.folder)

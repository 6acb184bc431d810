"""What the files of a song say of their rights: the sheet's judgement of all that is heard in each."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from musicgen_desktop.document import Origin, Project, Track
from musicgen_desktop.exchange.stems import FileRights

from ._bounced_take import heard_tracks, licences_of
from ._rights_sheet import rights_sheet

_OWN = "Your own: drawn, played or recorded with this program."


class SongRights(NamedTuple):
    """Judges the files of a song.

    Attributes:
        project: the song, at its own rate.
        folder: the project's; None while it was never saved.
        soundfont: the General MIDI font that plays it.
    """

    project: Project
    folder: Path | None
    soundfont: Path | None

    def of_song(self) -> FileRights:
        """Those of the mix."""
        return self._of(track for track in self.project.tracks if not track.muted)

    def of_track(self, track: Track) -> FileRights:
        """Those of a track's stem, muted or not, or of a bus with all that plays into it."""
        return self._of(each.muted_as(muted=False) for each in heard_tracks(self.project, track))

    def _of(self, heard: Iterable[Track]) -> FileRights:
        tracks = tuple(heard)
        sheet = rights_sheet(self.project, folder=self.folder, soundfont=self.soundfont, only=tracks)
        used = {clip.take_id for track in tracks for clip in track.clips if not clip.muted}
        takes = [take for take in self.project.takes if take.id in used]
        others = (Origin(each.file, each.rights).sentence for each in sheet.imported)
        words = filter(None, (*licences_of(takes, tracks), sheet.sounds, *others))
        return FileRights(" ".join(dict.fromkeys(words)) or _OWN, sheet.commercial_use)

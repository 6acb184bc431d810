"""Whatever comes into the exchange folder is placed in a saved project, without a window."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.session.controllers.import_files import ImportIntoProject
from musicgen_desktop.storage import open_project, project_folder

from ._arrivals import Arrivals

_EVERY_S = 0.5


class Arrived(msgspec.Struct, frozen=True):
    """Files that came in together, as one edit: the tracks that have them, and what is not as they say.

    A file that was passed over has no tracks, and the remark says why.
    """

    files: tuple[str, ...]
    tracks: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class WatchIntoProject:
    """Watch a folder, and import into a project what is bounced there, until it is stopped.

    Attributes:
        project: its folder.
        folder: what is watched.
        told: gets each import, and each file that is passed over.
        watching: called once it has begun, with how many files lie there already; they stay out.
        at_bar: from 1; None as the files tell.
        track: name, role or number of the track to lie on; None makes new ones.
    """

    project: Path
    folder: Path
    told: Callable[[Arrived], object]
    watching: Callable[[int], object] = lambda _count: None
    at_bar: int | None = None
    track: str | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> int:
        """Do the work. Returns how many files came.

        Raises:
            UserInputError: when the folder is not there, or the project cannot be opened or saved.
        """
        stop = stop or StopFlag()
        if not self.folder.is_dir():
            raise UserInputError(
                f"There is no folder “{self.folder}” to watch; make it, or name another one."
            )
        open_project(project_folder(self.project))  # a wrong name is told at once, not with the first file
        arrivals = Arrivals(self.folder, midi=True, passed_over=self._pass_over)
        arrivals.look()
        self.watching(arrivals.count)
        count = 0
        while not stop.is_set:
            report(0.0, "Waiting for files")
            arrived = arrivals.look()
            if arrived:
                paths = tuple(arrival.path for arrival in arrived)
                job = ImportIntoProject(self.project, paths, at_bar=self.at_bar, track=self.track)
                done = job.run(stop=StopFlag())  # one that has begun is finished
                self.told(Arrived(tuple(path.name for path in paths), done.tracks, done.remarks))
                count += len(paths)
            time.sleep(_EVERY_S)
        return count

    def _pass_over(self, name: str, reason: str) -> None:
        self.told(Arrived((name,), (), (reason,)))

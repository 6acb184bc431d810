"""Keep what a crash left of recordings."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.session.controllers.record import keep_takes, recover_recordings
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import project_folder


class RecoverReport(msgspec.Struct, frozen=True):
    """What was found and is in the project now."""

    recordings: int
    clips: int
    recorded_s: float


@dataclass(frozen=True)
class RecoverRecordings:
    """Put the takes of recordings that were cut off onto their tracks.

    Attributes:
        project: its folder.
    """

    project: Path

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> RecoverReport:
        """Do it; each recording is one step that can be undone.

        Raises:
            UserInputError: when the project cannot be opened or written.
            Stopped: when `stop` was set; what was kept so far stays.
        """
        stop = stop or StopFlag()
        store = ProjectStore.open(project_folder(self.project))
        try:
            found = recover_recordings(store)
            clips, seconds = 0, 0.0
            for number, recorded in enumerate(found):
                stop.raise_if_set()
                report(number / len(found), f"Keeping the recording of {recorded.started}")
                clips += len(keep_takes(store, recorded).clip_ids)
                seconds += sum(take.frames / take.rate for take in recorded.takes)
            if found:
                store.save()
        finally:
            store.close()
        return RecoverReport(len(found), clips, round(seconds, 3))

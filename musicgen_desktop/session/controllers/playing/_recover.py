"""Keep, or throw away, what a crash left of recordings."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.playback.recording import Recorded
from musicgen_desktop.session.controllers.record import (
    discard_recording,
    keep_takes,
    recover_recordings,
    tidy_recordings,
)
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import project_folder


class RecoverReport(msgspec.Struct, frozen=True):
    """What was found and is in the project now.

    Attributes:
        recordings: how many were kept.
        recorded_s: seconds of sound, of all tracks together.
        notes: why others could not be kept, a sentence each; they are offered again.
    """

    recordings: int
    clips: int
    recorded_s: float
    notes: tuple[str, ...] = ()


class DiscardReport(msgspec.Struct, frozen=True):
    """What was thrown away."""

    recordings: int
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
            UserInputError: when the project cannot be opened or saved.
            Stopped: when `stop` was set; what was kept so far stays.
        """
        stop = stop or StopFlag()
        store = ProjectStore.open(project_folder(self.project))
        try:
            found = recover_recordings(store)
            kept: list[Recorded] = []
            notes: list[str] = []
            clips = 0
            for number, recorded in enumerate(found):
                stop.raise_if_set()
                report(number / len(found), f"Keeping the recording of {recorded.started}")
                try:
                    clips += len(keep_takes(store, recorded).clip_ids)
                except UserInputError as error:
                    notes.append(str(error))
                else:
                    kept.append(recorded)
            if kept:
                store.save()
                tidy_recordings(store)
        finally:
            store.close()
        return RecoverReport(len(kept), clips, _seconds(kept), tuple(notes))


@dataclass(frozen=True)
class DiscardRecordings:
    """Throw away the takes of recordings that were cut off. Nothing brings them back.

    Attributes:
        project: its folder.
    """

    project: Path

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> DiscardReport:
        """Do it.

        Raises:
            UserInputError: when the project cannot be opened.
            Stopped: when `stop` was set; what was thrown away by then is gone.
        """
        stop = stop or StopFlag()
        store = ProjectStore.open(project_folder(self.project))
        try:
            found = recover_recordings(store)
            for number, recorded in enumerate(found):
                stop.raise_if_set()
                report(number / len(found), f"Discarding the recording of {recorded.started}")
                discard_recording(recorded)
        finally:
            store.close()
        return DiscardReport(len(found), _seconds(found))


def _seconds(recordings: Iterable[Recorded]) -> float:
    return round(sum(take.frames / take.rate for each in recordings for take in each.takes), 3)

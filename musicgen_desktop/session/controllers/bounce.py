"""Tracks of a project become audio in their place."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import source_path

from ._asked import chosen_soundfont
from ._bars import checked_bars
from ._bounce_tracks import Bounced, BouncedTrack, BounceTracks, What, leave_nothing
from ._bounced_span import Span
from ._named_tracks import tracks_named

__all__ = [
    "BounceProject",
    "BounceReport",
    "BounceTracks",
    "Bounced",
    "BouncedReport",
    "BouncedTrack",
    "What",
    "bounce_in",
]


class BouncedReport(msgspec.Struct, frozen=True):
    """One bounce: which track, the new one's name, its file, and where it lies."""

    original: str
    track: str
    file: str
    start_s: float
    length_s: float
    licence: str


class BounceReport(msgspec.Struct, frozen=True):
    """What was bounced."""

    project: str
    bounced: tuple[BouncedReport, ...]
    notes: tuple[str, ...]


def bounce_in(
    store: ProjectStore,
    words: tuple[str, ...],
    *,
    first_bar: int | None = None,
    last_bar: int | None = None,
    what: What = "after fader",
    replace: bool = False,
    tail: bool = True,
    soundfont: Path | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> BounceReport:
    """Bounce tracks of an open project, as one step of its history.

    Args:
        store: whose folder takes the files; called on its thread.
        words: names, roles or numbers of tracks and buses.
        first_bar: None for the song's first.
        last_bar: included; None for the song's last.
        what: as in `BounceTracks`, like those after it.
        replace: the originals go, but for buses.
        tail: ring out.
        soundfont: a wish; else the project's own.
        report: told the share done.
        stop: asked while rendering.

    Raises:
        UserInputError: as `BounceTracks.run`, and for tracks and bars that are not there.
        Stopped: when `stop` was set; the project is as it was then.
    """
    project = store.project
    tracks = tracks_named(project, words, buses=True)
    if store.folder is None:
        raise UserInputError("Save the project first: bounced tracks become files in its folder.")
    bounced = BounceTracks(
        project,
        store.folder,
        tuple(track.id for track in tracks),
        span=_span_of(project, first_bar, last_bar),
        what=what,
        replace=replace,
        tail=tail,
        soundfont=chosen_soundfont(soundfont, project),
    ).run(report, stop)
    names = ", ".join(track.name for track in tracks)
    try:
        store.apply(f"Bounce {names}"[:200], bounced.applied_to(project))
    except BaseException:
        leave_nothing(list(bounced.parts), store.folder)
        raise
    report(1.0, "Done")
    return BounceReport(
        project=str(store.folder),
        bounced=tuple(
            BouncedReport(
                original=project.track(part.original_id).name,
                track=part.track.name,
                file=str(source_path(store.folder, part.source.path)),
                start_s=round(project.tempo_map.seconds_at(part.track.clips[0].start_ticks), 3),
                length_s=round(part.source.frames / part.source.rate, 3),
                licence=_licence(part),
            )
            for part in bounced.parts
        ),
        notes=bounced.notes,
    )


def _licence(part: BouncedTrack) -> str:
    """What is known of the rights of a bounce; empty when it is all the user's own."""
    taken = "" if part.take is None else part.take.licence
    return " ".join(filter(None, (taken, *(origin.sentence for origin in part.source.origins or ()))))


def _span_of(project: Project, first_bar: int | None, last_bar: int | None) -> Span | None:
    if first_bar is None and last_bar is None:
        return None
    first, last = checked_bars(project, first_bar, last_bar)
    return project.meter_map.tick_of_bar(first), project.meter_map.tick_of_bar(last + 1)


@dataclass(frozen=True)
class BounceProject:
    """Bounce tracks of a saved project, and save it. Attributes as the arguments of `bounce_in`."""

    project: Path
    tracks: tuple[str, ...]
    first_bar: int | None = None
    last_bar: int | None = None
    what: What = "after fader"
    replace: bool = False
    tail: bool = True
    soundfont: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> BounceReport:
        """Do the work.

        Raises:
            UserInputError: as `bounce_in`, and when the project cannot be opened or saved.
            Stopped: when `stop` was set; the project is as it was then.
        """
        store = ProjectStore.open(self.project)
        try:
            told = bounce_in(
                store,
                self.tracks,
                first_bar=self.first_bar,
                last_bar=self.last_bar,
                what=self.what,
                replace=self.replace,
                tail=self.tail,
                soundfont=self.soundfont,
                report=report,
                stop=stop,
            )
            store.save()
            return told
        finally:
            store.close()

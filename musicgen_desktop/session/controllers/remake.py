"""Some bars of some stems are made again; everything else stays as it is."""

import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import NotesClip, Project, Take, Track
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, new_id, no_report
from musicgen_desktop.generation import NotesTake, Remake, Request, request_from_values
from musicgen_desktop.media import Bits
from musicgen_desktop.music import Chord, Control, Key, Note
from musicgen_desktop.storage import collect_files, open_project, project_folder

from ._asked import chosen_soundfont, rings_out, with_asked
from ._engines import engine_named
from ._project_of_take import take_record
from ._rights import with_sound_rights
from ._song_audio import mixed_song, song_frames
from ._song_folder import prepare_folder, project_lock
from ._sounds import refuse_lost_sounds
from .compose import finished_song, refuse_other_project
from .song_report import RemakeReport, SongReport


@dataclass(frozen=True)
class RemakeBars:
    """Make stems of a project again between two bars, and write the song's folder anew.

    Attributes:
        project: the project's folder (`Name.mgproj`).
        stems: roles such as "bass".
        first_bar, last_bar: both included; None means the whole song.
        seed: another seed, another line; None takes the next one that was not used yet.
        folder: where the song goes; another folder than the project's gets a project of its own, and the
            one that was opened stays as it is. None writes beside the project and saves it.
        replace: write over the song of another project that lies in the folder.
    """

    project: Path
    stems: tuple[str, ...]
    first_bar: int | None = None
    last_bar: int | None = None
    seed: int | None = None
    folder: Path | None = None
    bits: Bits = 24
    soundfont: Path | None = None
    replace: bool = False

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> SongReport:
        """Do the work.

        Raises:
            UserInputError: when the project cannot be opened or does not have these stems or bars.
            Stopped: when `stop` was set.
        """
        stop = stop or StopFlag()
        started = time.perf_counter()
        place = project_folder(self.project)
        open_project(place)  # no lock is left in what is no project
        folder = self.folder or place.resolve().parent
        target = place if folder.resolve() == place.resolve().parent else folder / place.name
        if not self.replace:
            refuse_other_project(folder, target)
        prepare_folder(folder)
        with project_lock(target) as lock:
            before = open_project(place).project  # once more: now nobody else writes it
            composed_take(before)
            refuse_lost_sounds(before, place)
            report(0.0, "Composing")
            soundfont = chosen_soundfont(self.soundfont, before)
            wish = self._wish(before)
            remade = with_sound_rights(remade_take(before, wish, stop), soundfont)
            project = with_remade_bars(before, remade, wish)
            project = with_asked(project, tail=None, soundfont=self.soundfont)
            if target is not place:
                project = collect_files(project, target, source_folder=place)
            song = mixed_song(
                project,
                levels_lu=None,
                frames=song_frames(project, tail=rings_out(before)),
                soundfont=soundfont,
                report=lambda done, stage: report(0.03 + 0.82 * done, stage),
                stop=stop,
                media_folder=target,
            )
            return finished_song(
                song,
                remade,
                folder,
                target,
                started,
                report,
                stop,
                bits=self.bits,
                lock=lock,
                soundfont=soundfont,
                remake=RemakeReport(wish.stems, wish.first_bar, wish.last_bar, wish.seed),
            )

    def _wish(self, project: Project) -> Remake:
        bars = project.meter_map.bar_of(max(0, project.length_ticks - 1))
        return Remake(
            stems=self.stems,
            first_bar=1 if self.first_bar is None else self.first_bar,
            last_bar=bars if self.last_bar is None else self.last_bar,
            seed=self.seed if self.seed is not None else _next_seed(project),
        )


def remade_take(project: Project, wish: Remake, stop: StopFlag, *, made_by: Take | None = None) -> NotesTake:
    """The take that the project was composed from, its wished bars made again.

    Args:
        project: whose bars are counted.
        wish: the stems and bars.
        stop: asked between the stages.
        made_by: the take that those bars come from; the last one that was composed unless said.
    """
    request = request_from_values((made_by or composed_take(project)).request)
    engine = engine_named(request.engine)
    take = engine.generate(request, stop=stop)
    if not _same_harmony(take, project):
        take = engine.generate(as_it_stands(request, project), stop=stop)
    return engine.remake(take, wish, stop=stop)


def composed_take(project: Project) -> Take:
    """The take the project was composed from.

    Raises:
        UserInputError: when nothing in it was composed.
    """
    for take in reversed(project.takes):
        if take.request:
            return take
    raise UserInputError(
        f"“{project.name}” was not composed here, so no engine knows its plan; compose a song first."
    )


def with_remade_bars(project: Project, take: NotesTake, wish: Remake) -> Project:
    """The project with the notes that begin in those bars from `take`; all others as they were."""
    start = project.meter_map.tick_of_bar(wish.first_bar)
    end = project.meter_map.tick_of_bar(wish.last_bar + 1)
    record = take_record(take.provenance, f"{take.title}, {', '.join(wish.stems)} again")
    record = msgspec.structs.replace(
        record,
        id=new_id("take"),
        seed=wish.seed,
        request={
            **composed_take(project).request,
            "remake": {
                "stems": list(wish.stems),
                "first_bar": wish.first_bar,
                "last_bar": wish.last_bar,
                "seed": wish.seed,
            },
        },
    )
    refuse_rests(project, take, wish, start, end)
    for role in wish.stems:
        track = notes_track_of(project, role)
        stem = take.stem(role)
        fresh = tuple(note for note in stem.notes if start <= note.start_ticks < end)
        controls = tuple(control for control in stem.controls if start <= control.tick < end)
        project = project.with_track(with_notes(track, start, end, fresh, controls, record.id))
    return msgspec.structs.replace(project, takes=(*project.takes, record))


def refuse_rests(project: Project, take: NotesTake, wish: Remake, start: int, end: int) -> None:
    """Nothing to make again is no success.

    Raises:
        UserInputError: when all the stems rest in those bars, before and after.
    """
    for role in wish.stems:
        clips = [clip for clip in notes_track_of(project, role).clips if isinstance(clip, NotesClip)]
        played = [note.start_ticks for clip in clips for note in clip.sounding_notes()]
        played += [note.start_ticks for note in take.stem(role).notes]
        if any(start <= tick < end for tick in played):
            return
    names = " and ".join(wish.stems)
    raise UserInputError(
        f"In bars {wish.first_bar} to {wish.last_bar} nothing plays in {names}; choose bars in which it does."
    )


def with_notes(
    track: Track, start: int, end: int, fresh: tuple[Note, ...], controls: tuple[Control, ...], take_id: str
) -> Track:
    """Notes that begin in the range go, the fresh ones take their place."""
    clips = [clip for clip in track.clips if isinstance(clip, NotesClip)]
    host = next((c for c in clips if c.start_ticks <= start and c.start_ticks + c.length_ticks >= end), None)
    if host is None:
        raise UserInputError(
            f"No clip of “{track.name}” covers those bars; remake bars that lie within one of its clips."
        )
    shift = host.start_ticks - host.content_offset_ticks
    kept = [n for n in host.notes if not start <= n.start_ticks + shift < end]
    kept_controls = [c for c in host.controls if not start <= c.tick + shift < end]
    notes = (*kept, *(msgspec.structs.replace(n, start_ticks=n.start_ticks - shift) for n in fresh))
    moved = (msgspec.structs.replace(c, tick=c.tick - shift) for c in controls)
    changed = msgspec.structs.replace(
        host,
        notes=tuple(sorted(notes, key=lambda n: (n.start_ticks, n.pitch))),
        controls=tuple(sorted((*kept_controls, *moved), key=lambda c: c.tick)),
        take_id=take_id,
    )
    return msgspec.structs.replace(
        track, clips=tuple(changed if clip is host else clip for clip in track.clips)
    )


def notes_track_of(project: Project, role: str) -> Track:
    """The track that plays a stem.

    Raises:
        UserInputError: when the project has none.
    """
    for track in project.tracks:
        if track.role == role and track.kind == "notes":
            return track
    has = ", ".join(track.role for track in project.tracks if track.kind == "notes" and track.role)
    raise UserInputError(f"The project has no stem “{role}”; remake one of {has}.")


def as_it_stands(request: Request, project: Project) -> Request:
    """The request that made the song, held to the key and chords that the project has now."""
    bars: list[tuple[Chord, ...]] = []
    last = project.meter_map.bar_of(max(0, project.length_ticks - 1))
    for bar in range(1, last + 1):
        start, end = project.meter_map.tick_of_bar(bar), project.meter_map.tick_of_bar(bar + 1)
        sounding = [c for c in project.chords if c.tick < end and c.tick + c.length_ticks > start]
        bars.append(tuple(Chord.parse(change.symbol) for change in sounding))
    return msgspec.structs.replace(
        request,
        bars=last,
        seconds=None,
        key=Key.parse(project.keys[0].key) if project.keys else request.key,
        chords=tuple(bars) if any(bars) else None,
    )


def _same_harmony(take: NotesTake, project: Project) -> bool:
    wanted = [(placed.start_ticks, str(placed.chord)) for placed in take.chords]
    return wanted == [(change.tick, change.symbol) for change in project.chords]


def _next_seed(project: Project) -> int:
    return max(take.seed for take in project.takes) + 1

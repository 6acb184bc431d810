"""Takes that are sound: heard and seen while they come, candidates at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import TRACK_COLOURS, AudioClip, AudioSource, Project, Track
from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    Report,
    StopFlag,
    Stopped,
    UserInputError,
    new_id,
    no_report,
)
from musicgen_desktop.generation.sound import SoundTake
from musicgen_desktop.media import (
    CannotWriteError,
    content_hash,
    make_folder,
    read_audio,
    read_info,
    write_file,
    write_wav,
)
from musicgen_desktop.storage import TAKES_FOLDER

from ._candidate import Candidate, check_candidate
from ._sound_files import TOKENS, remove_take_files, sound_file
from ._sound_models import SoundMaker, chosen_model
from ._sound_plan import SoundPlan, sound_plan
from ._sound_record import ended_early, full_disk, origins_there, sound_name, sound_record, with_rights_of
from ._sound_region import joined_piece
from ._sound_sink import TakeSink
from ._sound_stream import SoundStream
from ._wish import Wish

_PREVIEW_NAME = "Sound"

Preview = Callable[[int, Project, SoundPlan], None]
"""Told the variation, from 0, a project that plays what there is of it, and where the whole belongs; on the
engine's threads."""


@dataclass(frozen=True)
class GenerateSound:
    """All variations of one wish, made together by an engine of sound.

    Attributes:
        client: the sound process's handle.
        wish: its `engine` is one of sound.
        folder: the project's; the takes' files go to its folder of takes.
        project: the open one; None for a new song.
        rate: of a new song, frames per second.
        preview: told whenever there is more to be heard.
        tells_left: the stage says how long it will still take, for who has no estimate of their own.
    """

    client: SoundMaker
    wish: Wish
    folder: Path
    project: Project | None = None
    rate: int = 48_000
    preview: Preview | None = None
    tells_left: bool = True

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> tuple[Candidate, ...]:
        """Do the work.

        When it is stopped, or the engine, its process or the disk fails after the first sound, what there is
        becomes a candidate that says so in `take.measured`: “stopped”, and “ended_because” with the
        failure's sentence. A take that was to go on from a shorter one and ended before that one's end is
        none: the shorter one is more.

        Raises:
            UserInputError: when the wish cannot be met, or the disk refuses.
            MusicgenDesktopError: when the engine or its process failed before there was any sound.
            Stopped: when `stop` was set before there was any sound.
        """
        stop = stop or StopFlag()
        self.wish.single_wishes()
        report(0.0, "Preparing")
        model = chosen_model(self.client, self.wish.engine, self.wish.model, stop)
        wish = msgspec.structs.replace(self.wish, model=model.id)
        plan = sound_plan(wish, self.project, model=model, rate=self.rate, folder=self.folder, stop=stop)
        make_folder(self.folder / TAKES_FOLDER)
        ids = [new_id("take") for _ in range(wish.variations)]
        name = sound_name(wish)
        sink = TakeSink(
            [SoundStream(self.folder, each, name, plan) for each in ids],
            report,
            stop,
            None if self.preview is None else self._told(plan, self.preview),
            tells_left=self.tells_left,
        )
        problem = ""
        try:
            try:
                take = self.client.generate(wish.engine, plan.request, sink, stop)
            except MusicgenDesktopError as error:
                sink.raise_failure()
                if not sink.has_sound or _falls_short(wish, sink, self.folder):
                    raise
                problem = "" if isinstance(error, Stopped) else str(error)
                take = ended_early(wish.engine, model, sink)
            sink.raise_failure()
            if sink.refused is not None:  # the engine may have been done before it heard of it
                take = msgspec.structs.replace(take, stopped=True)
                problem = problem or full_disk(sink.refused)
            falls_short = take.stopped and _falls_short(wish, sink, self.folder)
            if falls_short:
                sink.raise_refusal()
            made = [
                self._candidate(number, wish, plan, take, sink, problem)
                for number, stream in enumerate(sink.streams)
                if stream.has_sound and not falls_short
            ]
        except BaseException:
            for each in ids:
                remove_take_files(each, self.folder)
            raise
        finally:
            sink.discard_parts()
        candidates = tuple(each for each in made if each is not None)
        if not candidates and not take.stopped:
            raise UserInputError("The engine made no sound; ask for something else or choose another model.")
        if not candidates:
            raise Stopped
        report(1.0, "Stopped" if take.stopped else "Made")
        return candidates

    def _told(self, plan: SoundPlan, preview: Preview) -> Callable[[int, SoundStream], None]:
        return lambda number, stream: preview(number, _playing(plan, stream.sources, stream.clips), plan)

    def _candidate(
        self, number: int, wish: Wish, plan: SoundPlan, take: SoundTake, sink: TakeSink, problem: str
    ) -> Candidate | None:
        stream = sink.streams[number]
        try:
            path = stream.salvage() if sink.refused is not None else stream.finish()
        except CannotWriteError as error:
            if sink.refused is not None:
                raise
            sink.refused = error  # the others are as full
            take, problem = msgspec.structs.replace(take, stopped=True), full_disk(error)
            path = stream.salvage()
        if path is None:
            return None
        # Grid lock belongs here: `path` is the whole take at the song's rate, `plan` its place, and what it
        # returns is what the source below names.
        seed = wish.seed + number
        start, length, seams = plan.start_ticks, stream.clips[-1].end_ticks, take.seams_dbfs
        if plan.region is not None:
            piece = joined_piece(plan.region, read_audio(path)[0], plan.song)
            _write_again(path, piece.audio, plan.song.rate)
            start, length = piece.start_ticks, piece.length_ticks
            seams = (*seams, *piece.seams_dbfs)
        take = msgspec.structs.replace(take, seams_dbfs=seams)
        if number < len(take.tokens) and take.tokens[number]:
            try:
                write_file(path.with_suffix(TOKENS), take.tokens[number])
            except CannotWriteError as error:  # a whole take needs none
                problem = problem or (full_disk(error) if take.stopped else "")
        record = sound_record(path.stem, seed, wish, plan, take, sink.share, problem)
        origins = None
        if plan.region is not None:
            around = plan.song, plan.region.track, start, start + length
            record, origins = with_rights_of(record, *around), origins_there(*around)
        info = read_info(path)
        source = AudioSource(
            id=new_id("source"),
            name=record.name,
            path=f"{TAKES_FOLDER}/{path.name}",
            content_hash=content_hash(path),
            rate=info.rate,
            channels=info.channels,
            frames=info.frames,
            origins=origins,
        )
        clip = AudioClip(
            id=new_id("clip"),
            name=record.name,
            start_ticks=0,
            length_ticks=length,
            source_id=source.id,
            take_id=record.id,
        )
        candidate = Candidate(
            id=record.id,
            take=record,
            wish=msgspec.structs.replace(wish, seed=seed, variations=1),
            project=_playing(plan, (source,), (clip,), name=record.name),
            start_ticks=start,
            length_ticks=length,
        )
        check_candidate(candidate)
        if self.preview is not None:
            self.preview(number, candidate.project, plan)
        return candidate


def _write_again(path: Path, audio: Audio, rate: int) -> None:
    """Write over a file whose sound is in memory, on a disk that may not hold both."""
    try:
        write_wav(path, audio, rate, 32)
    except CannotWriteError:
        path.unlink(missing_ok=True)
        write_wav(path, audio, rate, 32)


def _falls_short(wish: Wish, sink: TakeSink, folder: Path) -> bool:
    """Whether no more was made than the take has that this one was to go on from."""
    earlier = wish.sound.resume if wish.sound is not None else ""
    try:
        return bool(earlier) and sink.streams[0].frames <= read_info(sound_file(earlier, folder)).frames
    except UserInputError:  # it is gone: anything is more
        return False


def _playing(
    plan: SoundPlan,
    sources: tuple[AudioSource, ...],
    clips: tuple[AudioClip, ...],
    *,
    name: str = _PREVIEW_NAME,
) -> Project:
    """A project on a ruler of its own that plays those clips and nothing else."""
    track = Track(id=new_id("track"), name=name, kind="audio", color=TRACK_COLOURS[0], clips=clips)
    bare = Project.new(name, plan.song.tempo_map.bpm_at(plan.start_ticks), rate=plan.song.rate)
    return msgspec.structs.replace(
        bare,
        tempo_map=plan.song.tempo_map if plan.start_ticks == 0 else bare.tempo_map,
        meter_map=plan.song.meter_map if plan.start_ticks == 0 else bare.meter_map,
        tracks=(track,),
        sources=sources,
        end_ticks=max((clip.end_ticks for clip in clips), default=0),
    )

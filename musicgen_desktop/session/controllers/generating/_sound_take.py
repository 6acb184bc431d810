"""Takes that are sound: heard and seen while they come, candidates at the end."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import msgspec

from musicgen_desktop.document import TRACK_COLOURS, AudioClip, AudioSource, Project, Take, Track
from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, Stopped, new_id, no_report
from musicgen_desktop.generation.sound import Sound, SoundModel, SoundRequest, SoundSink, SoundTake
from musicgen_desktop.media import content_hash, make_folder, read_info, write_file
from musicgen_desktop.storage import TAKES_FOLDER

from ._candidate import Candidate, check_candidate
from ._sound_files import TOKENS
from ._sound_plan import SoundPlan, sound_plan
from ._sound_stream import SoundStream
from ._wish import Wish

_LONGEST_NAME = 60
_PREVIEW_NAME = "Sound"

Preview = Callable[[int, Project], None]
"""Told the variation, from 0, and a project that plays what there is of it; on the engine's threads."""


class SoundMaker(Protocol):
    """What is needed of the sound process's handle."""

    def generate(self, engine: str, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> SoundTake:
        """Make a take; a set `stop` ends it, and what was made is kept."""

    def models(self, engine: str) -> Sequence[SoundModel]:
        """What is installed."""


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
    """

    client: SoundMaker
    wish: Wish
    folder: Path
    project: Project | None = None
    rate: int = 48_000
    preview: Preview | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> tuple[Candidate, ...]:
        """Do the work. When it is stopped, what was made so far is a candidate that says so.

        Raises:
            UserInputError: when the wish cannot be met, or the disk refuses.
            Stopped: when `stop` was set before there was any sound.
        """
        stop = stop or StopFlag()
        self.wish.single_wishes()
        report(0.0, "Preparing")
        plan = sound_plan(self.wish, self.project, rate=self.rate, folder=self.folder, stop=stop)
        make_folder(self.folder / TAKES_FOLDER)
        ids = [new_id("take") for _ in range(self.wish.variations)]
        name = _name(self.wish)
        sink = _Sink(
            [SoundStream(self.folder, each, name, plan) for each in ids], plan, report, stop, self.preview
        )
        try:
            take = self.client.generate(self.wish.engine, plan.request, sink, stop)
            sink.raise_failure()
            candidates = tuple(
                made
                for number, take_id in enumerate(ids)
                if (made := self._candidate(number, take_id, plan, take, sink)) is not None
            )
        finally:
            sink.discard_parts()
        if not candidates:
            raise Stopped
        report(1.0, "Stopped" if take.stopped else "Made")
        return candidates

    def _candidate(
        self, number: int, take_id: str, plan: SoundPlan, take: SoundTake, sink: "_Sink"
    ) -> Candidate | None:
        stream = sink.streams[number]
        path = stream.finish()
        if path is None:
            return None
        # Grid lock belongs here: `path` is the whole take at the song's rate, `plan` its place, and what it
        # returns is what the source below names.
        seed = self.wish.seed + number
        record = self._record(take_id, seed, plan, take, sink.progress_made)
        if number < len(take.tokens):
            write_file(path.with_suffix(TOKENS), take.tokens[number])
        info = read_info(path)
        source = AudioSource(
            id=new_id("source"),
            name=record.name,
            path=f"{TAKES_FOLDER}/{path.name}",
            content_hash=content_hash(path),
            rate=info.rate,
            channels=info.channels,
            frames=info.frames,
        )
        length = stream.clips[-1].end_ticks
        clip = AudioClip(
            id=new_id("clip"),
            name=record.name,
            start_ticks=0,
            length_ticks=length,
            source_id=source.id,
            take_id=take_id,
        )
        candidate = Candidate(
            id=take_id,
            take=record,
            wish=msgspec.structs.replace(self.wish, seed=seed, variations=1),
            project=_playing(plan, (source,), (clip,), name=record.name),
            start_ticks=plan.start_ticks,
            length_ticks=length,
        )
        check_candidate(candidate)
        if self.preview is not None:
            self.preview(number, candidate.project)
        return candidate

    def _record(self, take_id: str, seed: int, plan: SoundPlan, take: SoundTake, done: float) -> Take:
        asked = msgspec.structs.asdict(plan.request)
        for sound in ("melody", "before", "after", "tokens"):
            del asked[sound]  # they are as long as music; the wish names the files
        measured: dict[str, float | bool | str] = {
            "path": take.path,
            "stopped": take.stopped,
            "steps_per_s": round(take.steps_per_s, 2),
        }
        if take.seams_dbfs:
            measured["worst_seam_dbfs"] = round(max(-144.0, *take.seams_dbfs), 1)
        if take.stopped:
            measured["share_made"] = round(done, 3)
        return Take(
            id=take_id,
            name=_name(self.wish),
            engine=take.engine,
            model=take.model,
            licence=take.licence,
            commercial_use=take.commercial_use,
            prompt=plan.request.prompt,
            seed=seed,
            request={**asked, "engine": self.wish.engine, "seed": seed, "variations": 1},
            versions=take.versions,
            measured=measured,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        )


class _Sink:
    """Hands chunks to the variations' streams, on the engine's threads."""

    def __init__(
        self,
        streams: list[SoundStream],
        plan: SoundPlan,
        report: Report,
        stop: StopFlag,
        preview: Preview | None,
    ) -> None:
        self.streams = streams
        self.progress_made = 0.0
        self._plan, self._report, self._stop, self._preview = plan, report, stop, preview
        self._lock = threading.Lock()
        self._failure: MusicgenDesktopError | None = None

    def progress(self, done: float, stage: str, left_s: float | None) -> None:
        """As `SoundSink` says."""
        self.progress_made = done
        self._report(done, stage if left_s is None else f"{stage}, about {max(1, round(left_s))} s left")

    def chunk(self, variation: int, start_frame: int, sound: Sound) -> None:
        """As `SoundSink` says. A disk that refuses ends the take."""
        with self._lock:
            if self._failure is not None:
                return
            stream = self.streams[variation]
            try:
                if stream.add(start_frame, sound) and self._preview is not None:
                    self._preview(variation, _playing(self._plan, stream.sources, stream.clips))
            except MusicgenDesktopError as error:
                self._failure = error
                self._stop.set()

    def raise_failure(self) -> None:
        """What went wrong while sound came."""
        if self._failure is not None:
            raise self._failure

    def discard_parts(self) -> None:
        """Remove the files of the parts."""
        for stream in self.streams:
            stream.discard()


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


def _name(wish: Wish) -> str:
    words = " ".join(wish.prompt.split())
    return words[:_LONGEST_NAME].rstrip() or (wish.model or wish.engine)

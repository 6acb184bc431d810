"""Tracks become audio in their place: what plays them from then on is a file and a fader."""

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.document import AudioClip, AudioSource, Project, Take, Track
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, new_id, no_report
from musicgen_desktop.playback.mixer import EFFECTS
from musicgen_desktop.playback.offline import PlacedBlock, stream_strip
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.storage import source_path

from ._bounced_span import Span, Taken, take_out
from ._bounced_take import bounced_origins, bounced_take
from ._kept_sound import KeptSound, keep_sound
from ._long_songs import part_of
from ._sounds import refuse_lost_sounds

What = Literal["before fader", "after fader"]

_MONO_CENTRE_DB = -10.0 * math.log10(2.0)
_END_FADE_MS = 5.0


class BouncedTrack(msgspec.Struct, frozen=True):
    """A new audio track and the track whose sound it is."""

    original_id: str
    track: Track
    source: AudioSource
    take: Take | None


class Bounced(msgspec.Struct, frozen=True):
    """Files that are written, and what the project becomes with them; it does not know of them yet."""

    parts: tuple[BouncedTrack, ...]
    span: Span | None
    clip_ids: frozenset[str]
    replace: bool
    notes: tuple[str, ...] = ()

    def applied_to(self, project: Project) -> Project:
        """The project with each new track under its original, which is muted or gone.

        An original that was deleted in between is not missed: the new track then comes last.
        """
        for part in self.parts:
            project = project.with_source(part.source)
            if part.take is not None:
                # In front: what comes last is how the song itself was asked for.
                project = msgspec.structs.replace(project, takes=(part.take, *project.takes))
            ids = [track.id for track in project.tracks]
            if part.original_id not in ids:
                project = project.with_track(part.track)
                continue
            place = ids.index(part.original_id)
            project = project.with_track(part.track, place + 1)
            original = project.tracks[place]
            taken = take_out(project, original, span=self.span, clip_ids=self.clip_ids, replace=self.replace)
            if taken.rest is None:
                project = project.without_track(original.id)
            else:
                project = project.with_track(taken.rest)
        return project


@dataclass(frozen=True)
class BounceTracks:
    """Render tracks, or parts of them, into new audio tracks that sound the same in their place.

    To apply what `run` returns is the caller's: it may render on any thread, and the store is edited on its
    own.

    Attributes:
        project: as it is now.
        folder: the project's.
        tracks: ids; each becomes a track. Buses can be bounced too, but only whole.
        clips: ids of clips on these tracks, to take them alone; none takes all.
        span: in ticks, to take what lies in it alone; None takes all.
        what: before the fader, whose moves, pan and sends the new track takes over; or after it, with all
            its moves in the sound.
        replace: the originals do not stay behind muted, but go; not buses, which other tracks play into.
        tail: let effects and instruments ring out after the end.
        soundfont: the General MIDI font by which the song is played.
    """

    project: Project
    folder: Path
    tracks: tuple[str, ...]
    clips: tuple[str, ...] = ()
    span: Span | None = None
    what: What = "after fader"
    replace: bool = False
    tail: bool = True
    soundfont: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> Bounced:
        """Do the work.

        Raises:
            UserInputError: when there is nothing to bounce, a bus is to be bounced in part, an effect or a
                file is missing, there are more licences than a project can name, or the disk refuses.
            Stopped: when `stop` was set; no file is left then.
        """
        parts: list[BouncedTrack] = []
        notes: list[str] = []
        try:
            for number, track_id in enumerate(self.tracks):
                told = part_of(report, number / len(self.tracks), 1.0 / len(self.tracks))
                parts.append(self._bounced(self.project.track(track_id), notes, told, stop))
        except BaseException:
            leave_nothing(parts, self.folder)
            raise
        return Bounced(tuple(parts), self.span, frozenset(self.clips), self.replace, tuple(notes))

    def _bounced(self, track: Track, notes: list[str], report: Report, stop: StopFlag | None) -> BouncedTrack:
        if track.kind == "bus" and (self.span is not None or self.clips):
            raise UserInputError(f"“{track.name}” is a bus, which can only be bounced whole.")
        taken = take_out(
            self.project, track, span=self.span, clip_ids=frozenset(self.clips), replace=self.replace
        )
        project = _sounding(self.project, taken)
        self._refuse_what_cannot_sound(project, taken.source)
        plan = compile_plan(project, media_folder=self.folder, soundfont=self.soundfont)
        strip = plan.strip_of(track.id)
        if strip.source is None and track.kind != "bus":
            raise UserInputError(f"Track “{track.name}” plays nothing there that could be bounced.")
        take = bounced_take(project, taken.source, folder=self.folder, soundfont=self.soundfont)
        after_fader = self.what == "after fader"
        stage = f"Bouncing {track.name}"
        blocks = stream_strip(
            plan,
            track.id,
            after_fader=after_fader,
            report=lambda done, _stage: report(done, stage),
            stop=stop,
        )
        is_mono = strip.settings.is_mono and not after_fader
        kept, start_ticks = self._kept(track, blocks, taken, may_be_mono=is_mono)
        source = msgspec.structs.replace(kept.source, origins=bounced_origins(project, taken.source))
        became_stereo = is_mono and kept.source.channels == 2
        if became_stereo and (track.pan or any(curve.target == "pan" for curve in track.automation)):
            notes.append(f"The effects of “{track.name}” made it stereo, so its pan is a balance now.")
        if self.replace and track.kind == "bus":
            notes.append(f"“{track.name}” is a bus that other tracks play into, so it stays, muted.")
        if after_fader and any(send.pre_fader and send.enabled for send in track.sends):
            notes.append(f"The sends of “{track.name}” before its fader are not in the bounce.")
        clip = AudioClip(
            id=new_id("clip"),
            name=f"{track.name} bounced",
            start_ticks=start_ticks,
            length_ticks=_ticks_after(self.project, kept.start_frame + kept.source.frames) - start_ticks,
            source_id=kept.source.id,
            # In the centre a mono track loses 3 dB by its pan; a stereo track loses nothing.
            gain_db=_MONO_CENTRE_DB if became_stereo else 0.0,
            fade_out_ms=0.0 if self.tail else _END_FADE_MS,
            take_id=None if take is None else take.id,
        )
        return BouncedTrack(track.id, _new_track(track, clip, after_fader=after_fader), source, take)

    def _refuse_what_cannot_sound(self, project: Project, track: Track) -> None:
        """A file must not lack what the tracks themselves will play one day."""
        strips = [track] if track.kind != "bus" else [each for each in project.tracks if not each.muted]
        for each in strips:
            for insert in each.inserts:
                if insert.effect not in EFFECTS:
                    raise UserInputError(
                        f"“{insert.name or insert.effect}” on track “{each.name}” is not available here;"
                        " install or remove it before you bounce."
                    )
        refuse_lost_sounds(msgspec.structs.replace(project, tracks=tuple(strips)), self.folder)

    def _kept(
        self, track: Track, blocks: Iterator[PlacedBlock], taken: Taken, *, may_be_mono: bool
    ) -> tuple[KeptSound, int]:
        """(the file, the tick on which it begins)."""
        first = next(blocks, None)
        if first is None:
            raise UserInputError(f"Track “{track.name}” is silent there, so there is nothing to bounce.")
        tempo, rate = self.project.tempo_map, self.project.rate
        start_ticks = _ticks_before(self.project, first.first)
        if taken.start_ticks is not None and tempo.frame_at(taken.start_ticks, rate) <= first.first:
            start_ticks = taken.start_ticks
        elif taken.start_ticks is None:  # of a bus; else a sampled attack begins before its note does
            meters = self.project.meter_map
            start_ticks = meters.tick_of_bar(meters.bar_of(start_ticks))
        end_ticks = self.project.length_ticks if self.span is None else self.span[1]
        kept = keep_sound(
            chain([first], blocks),
            self.folder,
            f"{track.name} bounced",
            rate,
            from_frame=tempo.frame_at(start_ticks, rate),
            to_frame=None if self.tail else tempo.frame_at(end_ticks, rate),
            may_be_mono=may_be_mono,
        )
        if kept is None:
            raise UserInputError(f"Track “{track.name}” is silent there, so there is nothing to bounce.")
        return kept, start_ticks


def leave_nothing(parts: list[BouncedTrack], folder: Path) -> None:
    """Take away files that were written for nothing."""
    for part in parts:
        with suppress(OSError):
            source_path(folder, part.source.path).unlink(missing_ok=True)


def _sounding(project: Project, taken: Taken) -> Project:
    """The project in which the material is heard, whatever is soloed."""
    unsoloed = (track.soloed_as(False) for track in project.tracks)  # noqa: FBT003 - the one thing it says
    tracks = [taken.source if track.id == taken.source.id else track for track in unsoloed]
    return msgspec.structs.replace(project, tracks=tuple(tracks))


def _new_track(track: Track, clip: AudioClip, *, after_fader: bool) -> Track:
    """The track that plays the file where another one did, with all that is not in the file."""
    sends = tuple(send for send in track.sends if not (after_fader and send.pre_fader))
    moved = {f"send:{send.id}:gain_db" for send in sends} | (
        set() if after_fader else {"gain_db", "pan", "muted"}
    )
    return Track(
        id=new_id("track"),
        name=f"{track.name} (bounced)",
        kind="audio",
        role=track.role,
        color=track.color,
        clips=(clip,),
        gain_db=0.0 if after_fader else track.gain_db,
        pan=0.0 if after_fader else track.pan,
        muted=track.muted,
        soloed=track.soloed,
        solo_safe=track.solo_safe,
        sends=sends,
        output=track.output,
        automation=tuple(curve for curve in track.automation if curve.target in moved),
    )


def _ticks_before(project: Project, frame: int) -> int:
    """The last tick that is not behind a frame; 0 at least."""
    tick = max(0, math.floor(project.tempo_map.tick_at(frame / project.rate)))
    while tick and project.tempo_map.frame_at(tick, project.rate) > frame:
        tick -= 1
    return tick


def _ticks_after(project: Project, frame: int) -> int:
    """The first tick that is not before a frame."""
    tick = math.ceil(project.tempo_map.tick_at(frame / project.rate))
    while project.tempo_map.frame_at(tick, project.rate) < frame:
        tick += 1
    return tick

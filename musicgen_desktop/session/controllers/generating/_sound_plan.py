"""What a wish asks of an engine of sound, and where its answer belongs in the song."""

import math
from collections.abc import Collection
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag, UserInputError
from musicgen_desktop.generation.sound import Sound, SoundModel, SoundRequest, check_sound_request
from musicgen_desktop.session.controllers._bars import checked_bars
from musicgen_desktop.timing import Meter

from ._sound_files import kept_tokens
from ._sound_heard import (
    HEARD_S,
    end_of_file,
    file_sound,
    is_silent,
    melody_between,
    mix_before,
    mix_between,
    track_named,
    track_sound,
)
from ._sound_region import STEP_S, Region
from ._wish import Continue, Layer, New, RemakeRange, SoundWish, Wish

_USUAL_MORE_BARS = 8
_USUAL_SECONDS = 10.0
_USUAL_BPM = 120.0


class SoundPlan(msgspec.Struct, frozen=True):
    """A request, and where what it brings belongs.

    Attributes:
        song: whose tempo and meter the take lies on: the open project, or an empty one of the wished tempo.
        start_ticks: in that song.
        length_ticks: how long the whole take will be at most.
        region: what it takes the place of, if it does.
    """

    request: SoundRequest
    song: Project
    start_ticks: int
    length_ticks: int
    region: Region | None = None

    @property
    def frames(self) -> int:
        """Its exact length at the song's rate."""
        tempo, rate = self.song.tempo_map, self.song.rate
        end = self.start_ticks + self.length_ticks
        return tempo.frame_at(end, rate) - tempo.frame_at(self.start_ticks, rate)


def sound_plan(
    wish: Wish,
    project: Project | None,
    *,
    model: SoundModel,
    rate: int,
    folder: Path,
    stop: StopFlag | None = None,
) -> SoundPlan:
    """Settle length, place and what the engine hears beforehand.

    Args:
        wish: what is asked for.
        project: the open one; None for a new song.
        model: that makes it.
        rate: of a new song, frames per second.
        folder: the project's.
        stop: asked while the song is rendered for the engine.

    Raises:
        UserInputError: when the wish cannot be met.
        Stopped: when `stop` was set.
    """
    sound = wish.sound or SoundWish()
    if (sound.melody or sound.melody_track) and not model.follows_melody:
        raise UserInputError(
            f"The model {model.name} follows no melody; choose one that does, such as musicgen-melody,"
            " or leave the melody out."
        )
    if project is not None and not isinstance(wish.mode, RemakeRange):
        project = _without_takes(project, sound.beginnings)
    if isinstance(wish.mode, New):
        plan = _new(wish, sound, rate) if wish.stands_alone else _along(wish, project)
    else:
        song = _with_music(project)
        planner = _Planner(wish, song, folder, stop)
        match wish.mode:
            case Continue():
                plan = planner.following(wish.mode)
            case RemakeRange():
                plan = planner.remade(wish.mode)
            case Layer():
                plan = planner.layered(wish.mode, by_melody=model.follows_melody)
    request = msgspec.structs.replace(plan.request, model=model.id)
    if sound.melody:
        request = msgspec.structs.replace(request, melody=file_sound(Path(sound.melody)))
    elif sound.melody_track:
        end = plan.start_ticks + plan.length_ticks
        melody = melody_between(plan.song, sound.melody_track, plan.start_ticks, end, folder, stop)
        request = msgspec.structs.replace(request, melody=melody)
    if sound.resume:
        request = msgspec.structs.replace(request, tokens=(kept_tokens(sound.resume, folder),))
    check_sound_request(request)
    return msgspec.structs.replace(plan, request=request)


def _new(wish: Wish, sound: SoundWish, rate: int) -> SoundPlan:
    meter = wish.request().meter or Meter(4, 4)
    song = Project.new("Take", wish.tempo or _USUAL_BPM, meter, rate=rate)
    if wish.bars is not None:
        length = song.meter_map.tick_of_bar(wish.bars + 1)
        seconds = song.tempo_map.seconds_at(length)
    else:
        seconds = _USUAL_SECONDS if wish.seconds is None else wish.seconds
        length = max(1, round(song.tempo_map.tick_at(seconds)))
    before = end_of_file(Path(sound.before)) if sound.before else None
    return SoundPlan(_request(wish, seconds, wish.tempo, before), song, 0, length)


def _along(wish: Wish, project: Project | None) -> SoundPlan:
    """A take on the project's own ruler: it follows a track of the project from its first bar on."""
    song = _with_music(project)
    last = song.meter_map.bar_of(max(0, song.length_ticks - 1)) if wish.bars is None else wish.bars
    length = song.meter_map.tick_of_bar(last + 1)
    seconds = song.tempo_map.seconds_at(length)
    if wish.bars is None and wish.seconds is not None and wish.seconds < seconds:
        seconds = wish.seconds
        length = max(1, round(song.tempo_map.tick_at(seconds)))
    return SoundPlan(_request_in(song, wish, 0, seconds, None), song, 0, length)


class _Planner:
    """Makes plans for a song that is there."""

    def __init__(self, wish: Wish, song: Project, folder: Path, stop: StopFlag | None) -> None:
        self._wish, self._song, self._folder, self._stop = wish, song, folder, stop
        self._last_bar = song.meter_map.bar_of(max(0, song.length_ticks - 1))

    def following(self, mode: Continue) -> SoundPlan:
        """Bars from a bar on, which hear the song before it."""
        bar = self._last_bar + 1 if mode.bar is None else mode.bar
        if not 2 <= bar <= self._last_bar + 1:
            raise UserInputError(
                f"The song cannot go on at bar {bar}; choose a bar from 2 to {self._last_bar + 1}."
            )
        more = _USUAL_MORE_BARS if self._wish.bars is None else self._wish.bars
        start = self._song.meter_map.tick_of_bar(bar)
        end = self._song.meter_map.tick_of_bar(bar + more)
        return self._between(start, end, mix_before(self._song, start, self._folder, self._stop))

    def remade(self, mode: RemakeRange) -> SoundPlan:
        """Bars of a track again, between what it plays before and after them."""
        song, rate = self._song, self._song.rate
        first, last = checked_bars(song, mode.first_bar, mode.last_bar)
        track = track_named(song, mode.track)
        if track.kind != "audio":
            raise UserInputError(
                f"“{track.name}” is no audio track, which is what {self._wish.engine} remakes;"
                " choose composer for its stem."
            )
        start, end = song.meter_map.tick_of_bar(first), song.meter_map.tick_of_bar(last + 1)
        at, after = song.tempo_map.frame_at(start, rate), song.tempo_map.frame_at(end, rate)
        heard = round(HEARD_S * rate)
        frames = max(after + heard, song.tempo_map.frame_at(track.end_ticks, rate))
        old = track_sound(song, track, frames, self._folder, self._stop)
        if is_silent(old[at:after]):
            raise UserInputError(
                f"“{track.name}” plays nothing in bars {first} to {last}; choose bars in which it does."
            )
        before, behind = old[max(0, at - heard) : at], old[after : after + heard]
        plan = self._between(start, end, None if is_silent(before) else Sound.of(before, rate))
        # The engine fades into what follows over one more step; the region ends where the ticks allow.
        beyond = song.tempo_map.seconds_at(end) + STEP_S
        return msgspec.structs.replace(
            plan,
            request=msgspec.structs.replace(
                plan.request, after=None if is_silent(behind) else Sound.of(behind, rate)
            ),
            length_ticks=math.ceil(song.tempo_map.tick_at(beyond)) - start,
            region=Region(track, old, start, end),
        )

    def layered(self, mode: Layer, *, by_melody: bool) -> SoundPlan:
        """One more track for some bars, which follows the mix of the others.

        A model that follows melodies follows theirs. Another one hears them up to its first bar as what it
        goes on from; where the song begins there, it hears what they are about to play.
        """
        first, last = checked_bars(self._song, mode.first_bar, mode.last_bar)
        start = self._song.meter_map.tick_of_bar(first)
        end = self._song.meter_map.tick_of_bar(last + 1)
        words = ", ".join(part for part in (mode.role, self._wish.prompt) if part)
        sound = self._wish.sound or SoundWish()
        melody = before = None
        if by_melody and not (sound.melody or sound.melody_track):
            melody = mix_between(self._song, start, end, self._folder, self._stop)
        elif not by_melody:
            before = mix_before(self._song, start, self._folder, self._stop) if start else None
            if before is None or is_silent(before.array()):
                tempo = self._song.tempo_map
                heard = min(end, round(tempo.tick_at(tempo.seconds_at(start) + HEARD_S)))
                before = mix_between(self._song, start, heard, self._folder, self._stop)
        plan = self._between(start, end, before)
        request = msgspec.structs.replace(plan.request, prompt=words, melody=melody)
        return msgspec.structs.replace(plan, request=request)

    def _between(self, start: int, end: int, before: Sound | None) -> SoundPlan:
        seconds = self._song.tempo_map.seconds_between(start, end)
        return SoundPlan(
            _request_in(self._song, self._wish, start, seconds, before), self._song, start, end - start
        )


def _without_takes(project: Project, ids: Collection[str]) -> Project:
    """As the project was when a take was begun that goes on now: nothing of itself was there to be heard."""
    if ids:
        for track in project.tracks:
            clips = tuple(clip for clip in track.clips if clip.take_id not in ids)
            project = project.with_track(msgspec.structs.replace(track, clips=clips))
    return project


def _with_music(project: Project | None) -> Project:
    if project is None or not any(track.clips for track in project.tracks):
        raise UserInputError("The project is empty; compose a new song first.")
    return project


def _request_in(song: Project, wish: Wish, start: int, seconds: float, before: Sound | None) -> SoundRequest:
    """A request in the tempo, key and meter that the song has at a place."""
    meters, tempo = song.meter_map, song.tempo_map
    key = next((change.key for change in reversed(song.keys) if change.tick <= start), None)
    end = tempo.tick_at(tempo.seconds_at(start) + seconds)
    return msgspec.structs.replace(
        _request(wish, seconds, tempo.bpm_at(start), before),
        key=wish.key or key,
        meter=wish.meter or str(meters.meter_at(start)),
        bars=max(1, meters.bar_of(round(end) - 1) - meters.bar_of(start) + 1),
    )


def _request(wish: Wish, seconds: float, tempo: float | None, before: Sound | None) -> SoundRequest:
    sound = wish.sound or SoundWish()
    return SoundRequest(
        model=wish.model or "",
        prompt=wish.request().prompt,
        seconds=seconds,
        tempo_bpm=tempo,
        key=wish.key,
        meter=wish.meter,
        bars=wish.bars,
        seed=wish.seed,
        variations=wish.variations,
        guidance=sound.guidance,
        temperature=sound.temperature,
        top_k=sound.top_k,
        top_p=sound.top_p,
        before=before,
    )

"""What a wish asks of an engine of sound, and where its answer belongs in the song."""

from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag, UserInputError
from musicgen_desktop.generation.sound import Sound, SoundRequest, check_sound_request
from musicgen_desktop.media import read_audio
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers._asked import chosen_soundfont
from musicgen_desktop.timing import Meter

from ._sound_files import kept_tokens
from ._wish import Continue, New, SoundWish, Wish

_HEARD_BEFORE_S = 10.0
_USUAL_MORE_BARS = 8
_USUAL_SECONDS = 10.0
_USUAL_BPM = 120.0
_LONGEST_FILE_S = 600.0


class SoundPlan(msgspec.Struct, frozen=True):
    """A request, and where what it brings belongs.

    Attributes:
        song: whose tempo and meter the take lies on: the open project, or an empty one of the wished tempo.
        start_ticks: in that song.
        length_ticks: how long the whole take will be.
    """

    request: SoundRequest
    song: Project
    start_ticks: int
    length_ticks: int

    @property
    def frames(self) -> int:
        """Its exact length at the song's rate."""
        tempo, rate = self.song.tempo_map, self.song.rate
        end = self.start_ticks + self.length_ticks
        return tempo.frame_at(end, rate) - tempo.frame_at(self.start_ticks, rate)


def sound_plan(
    wish: Wish, project: Project | None, *, rate: int, folder: Path, stop: StopFlag | None = None
) -> SoundPlan:
    """Settle length, place and what the engine hears beforehand.

    Args:
        wish: with `model`.
        project: the open one; needed to go on from.
        rate: of a new song, frames per second.
        folder: the project's.
        stop: asked while the song is rendered for the engine.

    Raises:
        UserInputError: when the wish cannot be met.
        Stopped: when `stop` was set.
    """
    if not wish.model:
        raise UserInputError(f"Choose the model that {wish.engine} is to use.")
    if isinstance(wish.mode, New):
        plan = _new(wish, rate)
    elif isinstance(wish.mode, Continue):
        plan = _following(wish, wish.mode, project, folder, stop)
    else:
        raise UserInputError(
            f"{wish.engine} makes new songs and goes on with them; for bars or stems choose composer."
        )
    if wish.sound is not None and wish.sound.resume:
        tokens = (kept_tokens(wish.sound.resume, folder),)
        plan = msgspec.structs.replace(plan, request=msgspec.structs.replace(plan.request, tokens=tokens))
    check_sound_request(plan.request)
    return plan


def _new(wish: Wish, rate: int) -> SoundPlan:
    meter = wish.request().meter or Meter(4, 4)
    song = Project.new("Take", wish.tempo or _USUAL_BPM, meter, rate=rate)
    if wish.bars is not None:
        length = song.meter_map.tick_of_bar(wish.bars + 1)
        seconds = song.tempo_map.seconds_at(length)
    else:
        seconds = _USUAL_SECONDS if wish.seconds is None else wish.seconds
        length = max(1, round(song.tempo_map.tick_at(seconds)))
    sound = wish.sound or SoundWish()
    before = _end_of(Path(sound.before)) if sound.before else None
    return SoundPlan(_request(wish, seconds, wish.tempo, before), song, 0, length)


def _following(
    wish: Wish, mode: Continue, project: Project | None, folder: Path, stop: StopFlag | None
) -> SoundPlan:
    if project is None or not any(track.clips for track in project.tracks):
        raise UserInputError("The project is empty; compose a new song first.")
    last = project.meter_map.bar_of(max(0, project.length_ticks - 1))
    bar = last + 1 if mode.bar is None else mode.bar
    if not 2 <= bar <= last + 1:
        raise UserInputError(f"The song cannot go on at bar {bar}; choose a bar from 2 to {last + 1}.")
    more = _USUAL_MORE_BARS if wish.bars is None else wish.bars
    start, end = project.meter_map.tick_of_bar(bar), project.meter_map.tick_of_bar(bar + more)
    seconds = project.tempo_map.seconds_between(start, end)
    at = project.tempo_map.frame_at(start, project.rate)
    frames = min(at, round(_HEARD_BEFORE_S * project.rate))
    font = chosen_soundfont(None, project)
    mix = render_mix(
        compile_plan(project, media_folder=folder, soundfont=font),
        start_frame=at - frames,
        frames=frames,
        stop=stop,
    )
    request = _request(wish, seconds, project.tempo_map.bpm_at(start), Sound.of(mix, project.rate))
    return SoundPlan(request, project, start, end - start)


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
        melody=_file(Path(sound.melody)) if sound.melody else None,
        before=before,
    )


def _end_of(path: Path) -> Sound:
    sound = _file(path)
    return Sound.of(sound.array()[-round(_HEARD_BEFORE_S * sound.rate) :], sound.rate)


def _file(path: Path) -> Sound:
    audio, rate = read_audio(path)
    if not len(audio):
        raise UserInputError(f"“{path.name}” holds no sound; choose another file.")
    if len(audio) > _LONGEST_FILE_S * rate:
        raise UserInputError(f"“{path.name}” is longer than {_LONGEST_FILE_S / 60:g} minutes; cut it first.")
    return Sound.of(audio[:, :2], rate)

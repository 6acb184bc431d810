"""What an engine of sound hears of a song: the mix, or one track, between two ticks."""

from pathlib import Path

import numpy as np

from musicgen_desktop.document import Project, Track
from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import StopFlag, UserInputError
from musicgen_desktop.generation.sound import Sound
from musicgen_desktop.media import read_audio, read_info
from musicgen_desktop.playback.offline import render_mix, render_sources
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers._asked import chosen_soundfont

HEARD_S = 10.0
"""How much of what is around a place is heard."""

_SILENT = 1e-5  # -100 dBFS
_LONGEST_FILE_S = 600.0


def mix_between(project: Project, start: int, end: int, folder: Path, stop: StopFlag | None) -> Sound:
    """The song as it leaves the master between two ticks."""
    first, last = (project.tempo_map.frame_at(tick, project.rate) for tick in (start, end))
    plan = compile_plan(project, media_folder=folder, soundfont=chosen_soundfont(None, project))
    return Sound.of(render_mix(plan, start_frame=first, frames=last - first, stop=stop), project.rate)


def mix_before(project: Project, tick: int, folder: Path, stop: StopFlag | None) -> Sound:
    """The last `HEARD_S` seconds of the song before a tick."""
    tempo = project.tempo_map
    start = tempo.tick_at(max(0.0, tempo.seconds_at(tick) - HEARD_S))
    return mix_between(project, round(start), tick, folder, stop)


def track_sound(
    project: Project, track: Track, frames: int, folder: Path, stop: StopFlag | None = None
) -> Audio:
    """What a track's instrument or clips play from the song's beginning, before its strip, [frames, 2]."""
    plan = compile_plan(project, media_folder=folder, soundfont=chosen_soundfont(None, project))
    played = render_sources(plan, tracks=[track.id], frames=frames, stop=stop)
    return played.get(track.id, np.zeros((frames, 2), np.float32))


def melody_between(
    project: Project, track_id: str, start: int, end: int, folder: Path, stop: StopFlag | None
) -> Sound:
    """What a track plays between two ticks.

    Raises:
        UserInputError: when there is no such track, or it plays nothing there.
    """
    track = track_named(project, track_id)
    first, last = (project.tempo_map.frame_at(tick, project.rate) for tick in (start, end))
    sound = track_sound(project, track, last, folder, stop)[first:]
    if is_silent(sound):
        raise UserInputError(
            f"“{track.name}” plays nothing in those bars, so there is no melody; choose another track."
        )
    return Sound.of(sound, project.rate)


def track_named(project: Project, track_id: str) -> Track:
    """The track with this id.

    Raises:
        UserInputError: when there is none.
    """
    for track in project.tracks:
        if track.id == track_id:
            return track
    raise UserInputError("The track that was chosen is not in the project any more; choose another one.")


def file_sound(path: Path) -> Sound:
    """A sound file.

    Raises:
        UserInputError: when it cannot be read, is empty or too long.
    """
    longest = round(_LONGEST_FILE_S * read_info(path).rate)
    audio, rate = read_audio(path, frames=longest + 1)  # no more is taken into memory
    if len(audio) > longest:
        raise UserInputError(f"“{path.name}” is longer than {_LONGEST_FILE_S / 60:g} minutes; cut it first.")
    return _sound_of(audio, rate, path)


def end_of_file(path: Path) -> Sound:
    """The last `HEARD_S` seconds of a sound file, however long it is.

    Raises:
        UserInputError: when it cannot be read or is empty.
    """
    info = read_info(path)
    audio, rate = read_audio(path, start=max(0, info.frames - round(HEARD_S * info.rate)))
    return _sound_of(audio, rate, path)


def _sound_of(audio: Audio, rate: int, path: Path) -> Sound:
    if not len(audio):
        raise UserInputError(f"“{path.name}” holds no sound; choose another file.")
    return Sound.of(audio[:, :2], rate)


def is_silent(audio: Audio) -> bool:
    """Whether nobody would hear it."""
    return not len(audio) or float(np.abs(audio).max()) < _SILENT

"""A new take at its wanted loudness at once: its fullest bars are rendered, and tell the levels."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import StopFlag, no_report
from musicgen_desktop.session.controllers._song_audio import mixed_song

_BARS = 4


def quickly_balanced(
    project: Project, levels_lu: Mapping[str, float], *, soundfont: Path | None, stop: StopFlag
) -> tuple[Project, float]:
    """The project with trims, faders and the master's limiter set.

    Each stem is measured in those four bars in which it plays most. The limiter hears all of them together,
    so a song whose stems take turns ends up a little softer than `mixed_song` would make it.

    Args:
        project: made from a take, all faders at 0 dB.
        levels_lu: track id → wanted loudness in LU against the anchor.
        soundfont: the General MIDI font.
        stop: asked between the stages and inside them.

    Returns:
        The project, and the loudness of what was rendered in LUFS.

    Raises:
        Stopped: when `stop` was set.
    """
    short = _excerpt(project)
    song = mixed_song(
        short,
        levels_lu=levels_lu,
        frames=short.tempo_map.frame_at(short.end_ticks, short.rate),
        soundfont=soundfont,
        report=no_report,
        stop=stop,
    )
    for track in song.project.tracks:
        levelled = msgspec.structs.replace(
            project.track(track.id), trim_db=track.trim_db, gain_db=track.gain_db
        )
        project = project.with_track(levelled)
    return msgspec.structs.replace(project, master=song.project.master), song.mix_lufs


def _excerpt(project: Project) -> Project:
    """The fullest bars of every stem, all of them at the beginning."""
    length = min(project.length_ticks, project.meter_map.tick_of_bar(_BARS + 1))
    return msgspec.structs.replace(
        project, tracks=tuple(_fullest(track, length) for track in project.tracks), end_ticks=length
    )


def _fullest(track: Track, length_ticks: int) -> Track:
    clips = tuple(
        clip.trimmed_to(_fullest_start(clip, length_ticks), min(length_ticks, clip.length_ticks)).moved_to(0)
        for clip in track.clips
        if isinstance(clip, NotesClip)
    )
    return msgspec.structs.replace(track, clips=clips)


def _fullest_start(clip: NotesClip, length_ticks: int) -> int:
    """The quarter of the excerpt's length on which the most energy follows within it."""
    step = max(1, length_ticks // _BARS)
    count = max(1, -(-clip.length_ticks // step))
    energy = [0.0] * count
    for note in clip.notes:
        first = (note.start_ticks - clip.content_offset_ticks) // step
        if 0 <= first < count:
            energy[first] += note.velocity**2 * min(note.length_ticks, step)
    sums = [sum(energy[at : at + _BARS]) for at in range(max(1, count - _BARS + 1))]
    return clip.start_ticks + step * max(range(len(sums)), key=sums.__getitem__)

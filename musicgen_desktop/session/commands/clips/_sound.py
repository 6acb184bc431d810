"""How clips sound and are called: gain, fades, reversal, mute, name, colour."""

from collections.abc import Collection

import msgspec

from musicgen_desktop.document import AudioClip, Clip, FadeShape, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._edit import Edit, checked_name, counted, edited
from musicgen_desktop.session.commands._find import find_clip, find_clips, with_clips

from ._contents import mirrored


def set_clip_gain(project: Project, clip_ids: Collection[str], gain_db: float) -> Edit:
    """Make audio clips louder or softer; clips of notes among them stay as they are.

    Args:
        project: as it is.
        clip_ids: the selection.
        gain_db: −144 to 48.

    Raises:
        UserInputError: when none of them holds audio, for a gain out of range, or when one is not there.
    """
    clips = [clip for _, clip in find_clips(project, clip_ids).values()]
    audio = [clip for clip in clips if isinstance(clip, AudioClip)]
    if clips and not audio:
        raise UserInputError("Clips of notes have no gain: change their velocities or the track's fader.")
    changed: dict[str, Clip | None] = {
        clip.id: msgspec.structs.replace(clip, gain_db=float(gain_db)) for clip in audio
    }
    return edited(counted("Set gain of", "clip", len(audio)), project, with_clips(project, changed))


def set_fades(
    project: Project,
    clip_id: str,
    *,
    fade_in_ms: float | None = None,
    fade_out_ms: float | None = None,
    shape: FadeShape | None = None,
) -> Edit:
    """Fade an audio clip in and out. None leaves a thing as it is.

    Both fades together are never longer than the clip: the one that is not set gives way.

    Raises:
        UserInputError: for a negative fade or a clip of notes, or when it is not there.
    """
    clip = _audio_clip(project, clip_id)
    if min(fade_in_ms or 0.0, fade_out_ms or 0.0) < 0.0:
        raise UserInputError("A fade cannot be shorter than nothing: give 0 ms or more.")
    lasts_ms = project.tempo_map.seconds_between(clip.start_ticks, clip.end_ticks) * 1000.0
    opens = min(clip.fade_in_ms if fade_in_ms is None else float(fade_in_ms), lasts_ms)
    closes = min(clip.fade_out_ms if fade_out_ms is None else float(fade_out_ms), lasts_ms)
    if fade_in_ms is None and fade_out_ms is not None:
        opens = min(opens, lasts_ms - closes)
    elif fade_in_ms is not None:
        closes = min(closes, lasts_ms - opens)
    faded = msgspec.structs.replace(
        clip, fade_in_ms=opens, fade_out_ms=closes, fade_shape=shape or clip.fade_shape
    )
    return edited("Set fades", project, with_clips(project, {clip_id: faded}))


def crossfade_clips(project: Project, left_id: str, right_id: str) -> Edit:
    """Fade one audio clip into another over all of their overlap, at equal power.

    Raises:
        UserInputError: when they lie on different tracks, hold notes, or do not overlap like neighbours; or
            when one is not there.
    """
    if find_clip(project, left_id)[0].id != find_clip(project, right_id)[0].id:
        raise UserInputError("Clips of different tracks cannot be crossfaded: move them to one track.")
    left, right = _audio_clip(project, left_id), _audio_clip(project, right_id)
    if left.start_ticks > right.start_ticks:
        left, right = right, left
    if not left.start_ticks < right.start_ticks < left.end_ticks < right.end_ticks:
        raise UserInputError("A crossfade needs an overlap: let one clip end inside the other.")
    overlap_ms = project.tempo_map.seconds_between(right.start_ticks, left.end_ticks) * 1000.0
    changed: dict[str, Clip | None] = {
        left.id: msgspec.structs.replace(left, fade_out_ms=overlap_ms, fade_shape="equal_power"),
        right.id: msgspec.structs.replace(right, fade_in_ms=overlap_ms, fade_shape="equal_power"),
    }
    return edited("Crossfade clips", project, with_clips(project, changed))


def reverse_clips(project: Project, clip_ids: Collection[str]) -> Edit:
    """Play clips backwards, or forwards again. Notes are mirrored in time; fades stay where they are heard.

    Raises:
        UserInputError: when a clip is not there.
    """
    changed: dict[str, Clip | None] = {
        clip_id: msgspec.structs.replace(clip, reversed=not clip.reversed)
        if isinstance(clip, AudioClip)
        else mirrored(clip)
        for clip_id, (_, clip) in find_clips(project, clip_ids).items()
    }
    return edited(counted("Reverse", "clip", len(changed)), project, with_clips(project, changed))


def mute_clips(project: Project, clip_ids: Collection[str], *, muted: bool = True) -> Edit:
    """Silence clips, or let them be heard again.

    Raises:
        UserInputError: when a clip is not there.
    """
    changed: dict[str, Clip | None] = {
        clip_id: clip.muted_as(muted) for clip_id, (_, clip) in find_clips(project, clip_ids).items()
    }
    verb = "Mute" if muted else "Unmute"
    return edited(counted(verb, "clip", len(changed)), project, with_clips(project, changed))


def rename_clip(project: Project, clip_id: str, name: str) -> Edit:
    """Call a clip otherwise.

    Raises:
        UserInputError: for an empty name, or when it is not there.
    """
    _, clip = find_clip(project, clip_id)
    renamed = clip.renamed(checked_name("A clip", name))
    return edited("Rename clip", project, with_clips(project, {clip_id: renamed}))


def color_clips(project: Project, clip_ids: Collection[str], color: str | None) -> Edit:
    """Give clips a colour such as “#64b5f6”; None is that of their track.

    Raises:
        UserInputError: for text that is no colour, or when a clip is not there.
    """
    changed: dict[str, Clip | None] = {
        clip_id: msgspec.structs.replace(clip, color=color)
        for clip_id, (_, clip) in find_clips(project, clip_ids).items()
    }
    return edited(counted("Colour", "clip", len(changed)), project, with_clips(project, changed))


def _audio_clip(project: Project, clip_id: str) -> AudioClip:
    _, clip = find_clip(project, clip_id)
    if not isinstance(clip, AudioClip):
        raise UserInputError(f"“{clip.name}” holds notes, which have no fades: choose an audio clip.")
    return clip

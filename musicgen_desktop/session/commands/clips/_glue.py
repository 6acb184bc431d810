"""Several clips become one."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

import msgspec

from musicgen_desktop.document import AudioClip, Clip, NotesClip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Control, Note, note_order
from musicgen_desktop.session.commands._cut import source_of
from musicgen_desktop.session.commands._edit import Edit, counted, edited
from musicgen_desktop.session.commands._find import find_clips, with_clips
from musicgen_desktop.session.commands._rights import strictest_take

_SAME_PLACE_FRAMES = 2  # two rounded positions of one place differ by so much at most


def glue_clips(project: Project, clip_ids: Collection[str]) -> Edit:
    """Make one clip of neighbours on a track. It keeps the first one's id, name and colour, and of the takes
    that they came from one that may not be sold, if there is such a one, else the first.

    Notes are joined as they sound: loops are written out, and a note that was split where two clips meet is
    one note again. Audio can be joined only where it goes on in the same file, as after a split.

    Raises:
        UserInputError: for fewer than two clips, clips of several tracks, muted ones among others, a clip
            in between that is not selected, or audio that does not go on; or when one is not there.
    """
    found = find_clips(project, clip_ids)
    if len(found) < 2:
        raise UserInputError("There is nothing to glue: select two clips or more.")
    tracks = {track.id: track for track, _ in found.values()}
    if len(tracks) > 1:
        raise UserInputError("Clips of different tracks cannot be glued: select clips of one track.")
    clips = sorted((clip for _, clip in found.values()), key=lambda clip: (clip.start_ticks, clip.end_ticks))
    _refuse_unlike(next(iter(tracks.values())), clips)
    glued: Clip
    audio = [clip for clip in clips if isinstance(clip, AudioClip)]
    glued = _glued_audio(project, audio) if audio else _glued_notes(project, clips)
    changed: dict[str, Clip | None] = dict.fromkeys(found)
    changed[glued.id] = glued
    return edited(counted("Glue", "clip", len(found)), project, with_clips(project, changed))


def _refuse_unlike(track: Track, clips: Sequence[Clip]) -> None:
    if len({clip.muted for clip in clips}) > 1:
        raise UserInputError("Some of these clips are muted: mute all of them, or none, before gluing.")
    ids = {clip.id for clip in clips}
    for other in track.clips:
        between = clips[0].start_ticks < other.start_ticks < clips[-1].start_ticks
        if between and other.id not in ids and not other.muted:
            raise UserInputError(f"“{other.name}” lies between these clips: select it as well.")


def _glued_notes(project: Project, clips: Sequence[Clip]) -> NotesClip:
    parts = [clip.muted_as(False) for clip in clips if isinstance(clip, NotesClip)]  # noqa: FBT003
    start = parts[0].start_ticks
    notes: list[Note] = []
    for part in parts:
        notes = _joined(notes, list(part.unrolled_notes()), _held_into(part))
    controls = sorted((move for part in parts for move in part.sounding_controls()), key=_control_order)
    origins = dict.fromkeys(origin for part in parts for origin in part.origins)
    return msgspec.structs.replace(
        parts[0],
        length_ticks=max(part.end_ticks for part in parts) - start,
        notes=tuple(
            sorted(
                (msgspec.structs.replace(note, start_ticks=note.start_ticks - start) for note in notes),
                key=note_order,
            )
        ),
        controls=tuple(msgspec.structs.replace(move, tick=move.tick - start) for move in controls),
        content_offset_ticks=0,
        loop_length_ticks=None,
        muted=clips[0].muted,
        take_id=strictest_take(project, (clip.take_id for clip in clips)),
        origins=tuple(origins),
    )


def _held_into(clip: NotesClip) -> Counter[tuple[int, int]]:
    """Pitch and velocity of the notes that sound already where the clip begins."""
    offset = clip.content_offset_ticks
    return Counter(
        (note.pitch, note.velocity) for note in clip.notes if note.start_ticks < offset < note.end_ticks
    )


def _joined(before: list[Note], after: list[Note], held: Counter[tuple[int, int]]) -> list[Note]:
    """Both, a note that ends where its held continuation begins made one with it."""
    seam = after[0].start_ticks if after else 0
    open_notes = {
        (note.pitch, note.velocity): index for index, note in enumerate(before) if note.end_ticks == seam
    }
    joined = list(before)
    for note in after:
        kind = note.pitch, note.velocity
        index = open_notes.get(kind)
        if note.start_ticks == seam and index is not None and held[kind] > 0:
            first = joined[index]
            joined[index] = msgspec.structs.replace(first, length_ticks=note.end_ticks - first.start_ticks)
            del open_notes[kind]
        else:
            joined.append(note)
    return joined


def _control_order(control: Control) -> tuple[int, str, int]:
    return control.tick, control.kind, control.number


def _glued_audio(project: Project, clips: Sequence[AudioClip]) -> AudioClip:
    for left, right in pairwise(clips):
        if not _goes_on(project, left, right):
            raise UserInputError(
                f"“{right.name}” does not go on in the audio file where “{left.name}” ends, so they cannot "
                "be glued: bounce them to one file instead."
            )
    first, last = clips[0], clips[-1]
    return msgspec.structs.replace(
        first,
        length_ticks=last.end_ticks - first.start_ticks,
        source_offset_frames=(last if first.reversed else first).source_offset_frames,
        fade_out_ms=last.fade_out_ms,
        take_id=strictest_take(project, (clip.take_id for clip in clips)),
    )


def _goes_on(project: Project, left: AudioClip, right: AudioClip) -> bool:
    earlier, later = (right, left) if left.reversed else (left, right)
    lasts_s = project.tempo_map.seconds_between(earlier.start_ticks, earlier.end_ticks)
    expected = earlier.source_offset_frames + round(lasts_s * source_of(project, earlier).rate)
    return (
        (left.source_id, left.reversed, left.gain_db) == (right.source_id, right.reversed, right.gain_db)
        and left.end_ticks == right.start_ticks
        and abs(later.source_offset_frames - expected) <= _SAME_PLACE_FRAMES
        and (left.fade_out_ms, right.fade_in_ms) == (0.0, 0.0)
    )

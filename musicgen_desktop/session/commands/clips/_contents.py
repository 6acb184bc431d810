"""The notes and controls inside a clip, seen from its left end."""

from itertools import pairwise

import msgspec

from musicgen_desktop.document import NotesClip
from musicgen_desktop.music import Control, Note, note_order


def counted_from_start(clip: NotesClip) -> NotesClip:
    """The clip whose content begins where it does; notes that ended before are left out.

    A note that already sounds there begins there, and of the controls the last of each kind opens the clip.
    """
    offset = clip.content_offset_ticks
    if offset == 0:
        return clip
    notes = tuple(
        Note(start, note.end_ticks - offset - start, note.pitch, note.velocity)
        for note in clip.notes
        if note.end_ticks > offset
        for start in (max(0, note.start_ticks - offset),)
    )
    held = {
        (control.kind, control.number): msgspec.structs.replace(control, tick=0)
        for control in sorted(clip.controls, key=lambda control: control.tick)
        if control.tick <= offset
    }
    later = [
        msgspec.structs.replace(control, tick=control.tick - offset)
        for control in clip.controls
        if control.tick > offset
    ]
    return msgspec.structs.replace(
        clip,
        notes=tuple(sorted(notes, key=note_order)),
        controls=(*held.values(), *later),
        content_offset_ticks=0,
    )


def mirrored(clip: NotesClip) -> NotesClip:
    """The clip played backwards: each note ends where it began. Mirrored twice, it sounds as before.

    A loop stays a loop, its length of content mirrored. Without one, notes outside the clip's ends are
    mirrored with the rest, so that pulling the ends out shows them on the other side.
    """
    loop, offset, length = clip.loop_length_ticks, clip.content_offset_ticks, clip.length_ticks
    if loop is None:
        heard_end = offset + length
        new_offset = max(0, max((note.end_ticks for note in clip.notes), default=0) - heard_end)
        axis = new_offset + heard_end
        notes = clip.notes
    else:
        new_offset = -(offset + length) % loop
        axis = loop
        notes = tuple(
            Note(note.start_ticks, min(note.end_ticks, loop) - note.start_ticks, note.pitch, note.velocity)
            for note in clip.notes
            if note.start_ticks < loop
        )
    turned = (Note(axis - note.end_ticks, note.length_ticks, note.pitch, note.velocity) for note in notes)
    return msgspec.structs.replace(
        clip,
        notes=tuple(sorted(turned, key=note_order)),
        controls=_mirrored_controls(clip.controls, axis),
        content_offset_ticks=new_offset,
    )


def _mirrored_controls(controls: tuple[Control, ...], axis: int) -> tuple[Control, ...]:
    """Controls whose values hold over the mirrored stretches: each moves where the next one did."""
    kinds: dict[tuple[str, int], list[Control]] = {}
    for control in sorted((each for each in controls if each.tick < axis), key=lambda each: each.tick):
        kinds.setdefault((control.kind, control.number), []).append(control)
    turned: list[Control] = []
    for moves in kinds.values():
        turned.append(msgspec.structs.replace(moves[-1], tick=0))
        for move, after in pairwise(moves):
            turned.append(msgspec.structs.replace(move, tick=axis - after.tick))
    return tuple(sorted(turned, key=lambda control: control.tick))

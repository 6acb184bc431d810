"""A clip of notes as MIDI inside the project file: our ticks are the source's ticks."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import NotesClip, Project
from musicgen_desktop.instruments import general_midi_program
from musicgen_desktop.music import Control, Note, Patch, note_order, one_key_at_a_time
from musicgen_desktop.timing import PPQ

from ._text import Block, guid

_DRUM_CHANNEL = 9
_CONTROL, _PROGRAM, _PRESSURE, _BEND = 0xB0, 0xC0, 0xD0, 0xE0
_NOTE_OFF, _NOTE_ON = 0x80, 0x90
_ALL_NOTES_OFF = 0x7B


class Content(NamedTuple):
    """What a source holds, from tick 0 on; an item may repeat it."""

    notes: tuple[Note, ...]
    controls: tuple[Control, ...]
    length_ticks: int
    loops: bool


def content_of(clip: NotesClip) -> Content:
    """The clip's notes from its start on: one round of a loop where that is all, else everything written out.

    A loop that begins in its middle is one that begins there, unless a note sounds across that place.
    """
    whole = _heard(clip)
    loop = clip.loop_length_ticks
    if loop is None or loop >= clip.length_ticks:
        return Content(*whole, clip.length_ticks, loops=False)
    notes, controls = _heard(clip.trimmed_to(clip.start_ticks, loop))
    if (_repeated(notes, loop, clip.length_ticks), _moved(controls, loop, clip.length_ticks)) != whole:
        return Content(*whole, clip.length_ticks, loops=False)
    return Content(notes, controls, loop, loops=True)


def write_midi_source(
    into: Block, project: Project, clip: NotesClip, content: Content, patch: Patch | None
) -> None:
    """Add the source to an item or a take."""
    channel = _DRUM_CHANNEL if patch is not None and patch.is_drums else 0
    source = into.block("SOURCE", "MIDI")
    source.line("HASDATA", 1, PPQ, "QN")
    source.line("POOLEDEVTS", guid(project, clip.id, "events"))
    now = 0
    for tick, _order, status, first, second in sorted(_events(content, patch)):
        source.line("E", tick - now, f"{status | channel:02x}", f"{first:02x}", f"{second:02x}")
        now = tick
    # Where this one stands the source ends, and a loop begins again.
    source.line("E", content.length_ticks - now, f"{_CONTROL | channel:02x}", f"{_ALL_NOTES_OFF:02x}", "00")
    source.line("GUID", guid(project, clip.id, "source"))
    source.line("IGNTEMPO", 0, 120, 4, 4)


def _events(content: Content, patch: Patch | None) -> Iterator[tuple[int, int, int, int, int]]:
    """(tick, order among those of one tick, status, and two values)."""
    if patch is not None:
        if patch.source == "general_midi" and patch.bank and not patch.is_drums:
            yield 0, 0, _CONTROL, 0, patch.bank >> 7 & 0x7F
            yield 0, 1, _CONTROL, 32, patch.bank & 0x7F
        yield 0, 2, _PROGRAM, general_midi_program(patch), 0
    for control in content.controls:
        yield control.tick, 3, *_control(control)
    for note in one_key_at_a_time(content.notes):
        # At one tick a note ends before the next begins, or receivers cut the new one.
        yield note.end_ticks, 4, _NOTE_OFF, note.pitch, 0
        yield note.start_ticks, 5, _NOTE_ON, note.pitch, note.velocity


def _control(control: Control) -> tuple[int, int, int]:
    if control.kind == "pitch_bend":
        high, low = divmod(control.value + 8192, 128)
        return _BEND, low, high
    if control.kind == "pressure":
        return _PRESSURE, control.value, 0
    return _CONTROL, control.number, control.value


def _heard(clip: NotesClip) -> tuple[tuple[Note, ...], tuple[Control, ...]]:
    """Notes and controls from the clip's start on, muted or not."""
    start = clip.start_ticks
    notes = (
        Note(note.start_ticks - start, note.length_ticks, note.pitch, note.velocity)
        for note in clip.unrolled_notes()
    )
    controls = clip.muted_as(muted=False).sounding_controls()
    return tuple(sorted(notes, key=note_order)), tuple(
        msgspec.structs.replace(control, tick=control.tick - start) for control in controls
    )


def _repeated(notes: tuple[Note, ...], loop: int, length: int) -> tuple[Note, ...]:
    """One round's notes as an item sounds that repeats it: cut where the item ends."""
    rounds = (
        Note(at, min(note.length_ticks, length - at), note.pitch, note.velocity)
        for begin in range(0, length, loop)
        for note in notes
        if (at := begin + note.start_ticks) < length
    )
    return tuple(sorted(rounds, key=note_order))


def _moved(controls: tuple[Control, ...], loop: int, length: int) -> tuple[Control, ...]:
    """One round's controls as an item sends them that repeats it."""
    return tuple(
        msgspec.structs.replace(control, tick=at)
        for begin in range(0, length, loop)
        for control in controls
        if (at := begin + control.tick) < length
    )

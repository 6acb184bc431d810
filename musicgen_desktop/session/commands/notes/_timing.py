"""When notes sound: quantize, humanize, legato, reverse, stretch. Notes, clips and errors as in `_draw`."""

from bisect import bisect_right
from collections.abc import Collection
from random import Random

from musicgen_desktop.document import Project
from musicgen_desktop.music import Note, note_order
from musicgen_desktop.session.commands._edit import counted
from musicgen_desktop.timing import Grid, MeterMap

from ._exchange import NotesEdit, changed_note, exchange_notes, find_notes_clip, map_notes, song_tick


def quantize_notes(
    project: Project,
    clip_id: str,
    notes: Collection[Note],
    grid: Grid,
    *,
    strength: float = 1.0,
    ends: bool = False,
) -> NotesEdit:
    """Draw notes to the lines of a grid, which begins anew at every bar line of the song.

    The swing is the grid's: every second line of a bar comes late by swing × a third of a step. With 1/8
    steps, 0 is straight, 1 the triplet feel, and 0.5 lies midway. A step longer than a bar leaves bar lines.

    Args:
        project: the project as it is.
        clip_id: of a notes clip; the grid lies where the song's does, also under a clip that starts beside
            it. A looping clip is seen where its content sounds first.
        notes: what to quantize.
        grid: of straight, dotted or triplet steps: `Grid.of("1/16", triplet=True, swing=0.5)`.
        strength: 0 leaves the notes, 1 puts them on the lines, between them they go part of the way.
        ends: draw the ends to lines too, the next line at least; else lengths stay.

    Raises:
        ValueError: when the strength does not lie between 0 and 1.
    """
    if not 0.0 <= strength <= 1.0:
        raise ValueError("strength lies between 0 and 1")
    clip = find_notes_clip(project, clip_id)[1]
    meter_map = project.meter_map

    def quantized(note: Note) -> Note:
        shift = song_tick(clip, note.start_ticks) - note.start_ticks
        line = _nearest_line(meter_map, grid, note.start_ticks + shift)
        while line < shift:  # before the content's first tick there is no room
            line = _line_after(meter_map, grid, line)
        start = note.start_ticks + round((line - shift - note.start_ticks) * strength)
        if not ends:
            return changed_note(note, start_ticks=start)
        end_line = _nearest_line(meter_map, grid, note.end_ticks + shift)
        if end_line <= line:
            end_line = _line_after(meter_map, grid, line)
        end = note.end_ticks + round((end_line - shift - note.end_ticks) * strength)
        return changed_note(note, start_ticks=start, length_ticks=max(1, end - start))

    return map_notes(project, clip_id, counted("Quantize", "note", len(notes)), notes, quantized)


def humanize_notes(
    project: Project, clip_id: str, notes: Collection[Note], *, timing_ticks: int, velocity: int, seed: int
) -> NotesEdit:
    """Let notes be a little early or late, softer or louder, small deviations being commoner than large ones.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what to humanize; the same set and seed give the same result, in whichever order it is named.
        timing_ticks: the largest deviation of a start, 0 or more; lengths stay, and starts at 0 or later.
        velocity: the largest deviation of a velocity, 0 or more; within 1 … 127.
        seed: of the random numbers.
    """
    random = Random(seed)
    changed: list[Note] = []
    for note in sorted(notes, key=note_order):
        late = round((random.random() - random.random()) * timing_ticks)
        loud = round((random.random() - random.random()) * velocity)
        changed.append(
            changed_note(
                note,
                start_ticks=max(0, note.start_ticks + late),
                velocity=max(1, min(127, note.velocity + loud)),
            )
        )
    return exchange_notes(project, clip_id, counted("Humanize", "note", len(notes)), notes, changed)


def legato_notes(project: Project, clip_id: str, notes: Collection[Note], *, gap_ticks: int = 0) -> NotesEdit:
    """Let each note last until the next one starts, notes that start together counting as one chord.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what to join; those that start last keep their length.
        gap_ticks: silence before the next note; negative lets them overlap. A note lasts at least one tick.
    """
    starts = sorted({note.start_ticks for note in notes})

    def joined(note: Note) -> Note:
        after = bisect_right(starts, note.start_ticks)
        if after == len(starts):
            return note
        return changed_note(note, length_ticks=max(1, starts[after] - note.start_ticks - gap_ticks))

    return map_notes(project, clip_id, "Legato", notes, joined)


def reverse_notes(project: Project, clip_id: str, notes: Collection[Note]) -> NotesEdit:
    """Play notes backwards within the span that they fill: what ended last starts first."""
    first = min((note.start_ticks for note in notes), default=0)
    last = max((note.end_ticks for note in notes), default=0)
    return map_notes(
        project,
        clip_id,
        counted("Reverse", "note", len(notes)),
        notes,
        lambda note: changed_note(note, start_ticks=first + last - note.end_ticks),
    )


def stretch_notes(project: Project, clip_id: str, notes: Collection[Note], factor: float) -> NotesEdit:
    """Slow notes down (above 1) or speed them up (below) from the first start on: 2 is half time.

    Raises:
        ValueError: when the factor is not above 0.
    """
    if not factor > 0.0:
        raise ValueError("a stretch factor lies above 0")
    first = min((note.start_ticks for note in notes), default=0)

    def stretched(note: Note) -> Note:
        start = first + round((note.start_ticks - first) * factor)
        end = first + round((note.end_ticks - first) * factor)
        return changed_note(note, start_ticks=start, length_ticks=max(1, end - start))

    return map_notes(project, clip_id, counted("Stretch", "note", len(notes)), notes, stretched)


def _nearest_line(meter_map: MeterMap, grid: Grid, tick: int) -> int:
    """The line next to a tick of the song; halfway goes to the later one."""
    bar = meter_map.bar_of(tick)
    begin, after = meter_map.tick_of_bar(bar), meter_map.tick_of_bar(bar + 1)
    line = begin + grid.snap(tick - begin)
    return after if after - tick <= abs(line - tick) else line


def _line_after(meter_map: MeterMap, grid: Grid, line: int) -> int:
    """The line that follows a line."""
    bar = meter_map.bar_of(line)
    begin, after = meter_map.tick_of_bar(bar), meter_map.tick_of_bar(bar + 1)
    return min(after, begin + grid.line(grid.index_of(line - begin) + 1))

"""Edits of the song's form."""

import msgspec

from musicgen_desktop.document import Automation, AutomationPoint, Clip, Project, Section, Track
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.session.commands._curves import value_before
from musicgen_desktop.session.commands._cut import split_clip
from musicgen_desktop.session.commands._edit import Edit, checked_name, checked_tick, edited
from musicgen_desktop.session.commands._ripple import time_inserted

from ._chords import chords_outside


def add_section(project: Project, name: str, start_ticks: int, length_ticks: int) -> tuple[Edit, str]:
    """Name a part of the song.

    Returns:
        The edit and the section's id.

    Raises:
        UserInputError: for an empty name, a place before the song or no length.
    """
    checked_tick("A section", start_ticks)
    section = Section(new_id("section"), checked_name("A section", name), start_ticks, length_ticks)
    return edited("Add section", project, _with_section(project, section)), section.id


def rename_section(project: Project, section_id: str, name: str) -> Edit:
    """Call a section otherwise.

    Raises:
        UserInputError: for an empty name, or when it is not there.
    """
    section = msgspec.structs.replace(find_section(project, section_id), name=checked_name("A section", name))
    return edited("Rename section", project, _with_section(project, section))


def move_section(project: Project, section_id: str, start_ticks: int) -> Edit:
    """Move a section's frame; what it frames stays where it is.

    Raises:
        UserInputError: for a place before the song, or when it is not there.
    """
    section = find_section(project, section_id).moved_to(checked_tick("A section", start_ticks))
    return edited("Move section", project, _with_section(project, section))


def resize_section(
    project: Project, section_id: str, *, start_ticks: int | None = None, end_ticks: int | None = None
) -> Edit:
    """Drag an end of a section; None leaves it where it is.

    Raises:
        UserInputError: when nothing would be left, for a place before the song, or when it is not there.
    """
    section = find_section(project, section_id)
    start = section.start_ticks if start_ticks is None else checked_tick("A section", start_ticks)
    end = section.end_ticks if end_ticks is None else end_ticks
    if end <= start:
        raise UserInputError(f"Nothing would be left of “{section.name}”: let it end after it begins.")
    resized = msgspec.structs.replace(section, start_ticks=start, length_ticks=end - start)
    return edited("Resize section", project, _with_section(project, resized))


def delete_section(project: Project, section_id: str) -> Edit:
    """Take a section's frame away; what it frames stays.

    Raises:
        UserInputError: when it is not there.
    """
    section = find_section(project, section_id)
    kept = tuple(other for other in project.sections if other is not section)
    return edited("Delete section", project, msgspec.structs.replace(project, sections=kept))


def duplicate_section(project: Project, section_id: str) -> tuple[Edit, str]:
    """Play a section twice: all behind it moves later, and its clips, chords, keys and automation are copied.

    Returns:
        The edit and the new section's id.

    Raises:
        UserInputError: when the meter changes later and the section is no whole number of bars, or when it
            is not there.
    """
    section = find_section(project, section_id)
    start, end, length = section.start_ticks, section.end_ticks, section.length_ticks
    opened = time_inserted(project, end, length)
    twin = msgspec.structs.replace(section, id=new_id("section"), start_ticks=end)
    copied = [
        msgspec.structs.replace(key, tick=key.tick + length)
        for key in project.keys
        if start <= key.tick < end
    ]
    chords = [
        msgspec.structs.replace(
            chord,
            tick=max(chord.tick, start) + length,
            length_ticks=min(chord.tick + chord.length_ticks, end) - max(chord.tick, start),
        )
        for chord in project.chords
        if chord.tick < end and start < chord.tick + chord.length_ticks
    ]
    after = msgspec.structs.replace(
        opened,
        keys=tuple(sorted([*opened.keys, *copied], key=lambda key: key.tick)),
        chords=tuple(
            sorted([*chords_outside(opened.chords, end, end + length), *chords], key=lambda chord: chord.tick)
        ),
        tracks=tuple(
            _with_copy(project, old, new, section)
            for old, new in zip(project.tracks, opened.tracks, strict=True)
        ),
        master=_with_copy(project, project.master, opened.master, section),
    )
    return edited(f"Duplicate {section.name}", project, _with_section(after, twin)), twin.id


def find_section(project: Project, section_id: str) -> Section:
    """The section with this id.

    Raises:
        UserInputError: when there is none.
    """
    for section in project.sections:
        if section.id == section_id:
            return section
    raise UserInputError("This section is no longer in the song; choose another one.")


def _with_section(project: Project, section: Section) -> Project:
    others = [other for other in project.sections if other.id != section.id]
    sections = sorted([*others, section], key=lambda each: each.start_ticks)
    return msgspec.structs.replace(project, sections=tuple(sections))


def _with_copy(project: Project, old: Track, opened: Track, section: Section) -> Track:
    """The track, its new time filled with what it plays in the section."""
    parts = [
        part.duplicated(part.start_ticks + section.length_ticks)
        for clip in old.clips
        for part in _part_in(project, clip, section)
    ]
    clips = sorted([*opened.clips, *parts], key=lambda clip: clip.start_ticks)
    curves = tuple(
        _curve_with_copy(before, after, section)
        for before, after in zip(old.automation, opened.automation, strict=True)
    )
    return msgspec.structs.replace(opened, clips=tuple(clips), automation=curves)


def _part_in(project: Project, clip: Clip, section: Section) -> list[Clip]:
    if clip.end_ticks <= section.start_ticks or section.end_ticks <= clip.start_ticks:
        return []
    if clip.start_ticks < section.start_ticks:
        _, clip = split_clip(project, clip, section.start_ticks)
    if clip.end_ticks > section.end_ticks:
        clip, _ = split_clip(project, clip, section.end_ticks)
    return [clip]


def _curve_with_copy(old: Automation, opened: Automation, section: Section) -> Automation:
    start, end, length = section.start_ticks, section.end_ticks, section.length_ticks
    arrived = value_before(old, end)
    if arrived is None:
        return opened
    inside = [point for point in old.points if start <= point.tick < end]
    opens = old.value_at(start)
    if not inside and opens == arrived:
        return opened
    copies = [msgspec.structs.replace(point, tick=point.tick + length) for point in inside]
    if not inside or inside[0].tick > start:
        before = [point for point in old.points if point.tick < start]
        copies.insert(0, AutomationPoint(end, opens, before[-1].curve if before else "hold"))
    return msgspec.structs.replace(
        opened,
        points=(
            *(point for point in opened.points if point.tick < end),
            AutomationPoint(end, arrived, "hold"),  # what the first round arrives at, before the jump back
            *copies,
            *(point for point in opened.points if point.tick >= end + length),
        ),
    )

"""What every command returns."""

import msgspec

from musicgen_desktop.document import Project, check_project
from musicgen_desktop.foundation import UserInputError


class Edit(msgspec.Struct, frozen=True):
    """A changed project and what the user reads behind “Undo”."""

    label: str
    project: Project


def edited(label: str, before: Project, after: Project) -> Edit:
    """The edit that leads from one project to the other; the same project when nothing changed.

    Raises:
        BadProjectError: when the edit would make a project that contradicts itself.
    """
    if after is before or after == before:
        return Edit(label, before)
    check_project(after, known=before, collected=False)
    return Edit(label, after)


def counted(verb: str, noun: str, count: int) -> str:
    """A label that says how many.

    >>> counted("Move", "clip", 1), counted("Move", "clip", 3)
    ('Move clip', 'Move 3 clips')
    """
    return f"{verb} {noun}" if count == 1 else f"{verb} {count} {noun}s"


def checked_name(what: str, name: str) -> str:
    """A name without blanks around it.

    Raises:
        UserInputError: when nothing is left.
    """
    shown = name.strip()
    if not shown:
        raise UserInputError(f"{what} needs a name: type at least one letter.")
    return shown


def checked_tick(what: str, tick: int) -> int:
    """A place in the song.

    Raises:
        UserInputError: when it lies before the song.
    """
    if tick < 0:
        raise UserInputError(f"{what} cannot lie before the song: choose bar 1 or later.")
    return tick

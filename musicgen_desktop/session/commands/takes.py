"""Edits of what the project remembers of its takes: star and name."""

from musicgen_desktop.document import Project, Take
from musicgen_desktop.foundation import UserInputError

from ._edit import Edit, checked_name, edited


def star_take(project: Project, take_id: str, *, starred: bool = True) -> Edit:
    """Set a take's star, or take it away.

    Raises:
        UserInputError: when it is not there.
    """
    take = _find_take(project, take_id).starred_as(starred)
    return edited("Star take" if starred else "Unstar take", project, project.with_take(take))


def rename_take(project: Project, take_id: str, name: str) -> Edit:
    """Call a take otherwise; its clips keep their names.

    Raises:
        UserInputError: for an empty name, or when it is not there.
    """
    take = _find_take(project, take_id).renamed(checked_name("A take", name))
    return edited("Rename take", project, project.with_take(take))


def _find_take(project: Project, take_id: str) -> Take:
    try:
        return project.take(take_id)
    except KeyError:
        raise UserInputError("This take is no longer in the project; choose another one.") from None

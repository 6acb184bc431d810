"""Time put in or taken out, over all tracks and lanes."""

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._edit import Edit, checked_tick, edited
from musicgen_desktop.session.commands._ripple import time_deleted, time_inserted


def insert_time(project: Project, start_ticks: int, end_ticks: int) -> Edit:
    """Open empty time between two ticks; all that was behind the first lies behind the second.

    Clips are split there. The new time has the tempo, meter and key of what comes before it.

    Raises:
        UserInputError: for an empty span, one before the song, or one that is no whole number of bars
            although the meter changes later.
    """
    _check_span(start_ticks, end_ticks)
    return edited("Insert time", project, time_inserted(project, start_ticks, end_ticks - start_ticks))


def delete_time(project: Project, start_ticks: int, end_ticks: int) -> Edit:
    """Take the span between two ticks out of the song; all behind it moves up to its start.

    Raises:
        UserInputError: for an empty span, one before the song, or one that is no whole number of bars
            although the meter changes in it or later.
    """
    _check_span(start_ticks, end_ticks)
    return edited("Delete time", project, time_deleted(project, start_ticks, end_ticks))


def _check_span(start_ticks: int, end_ticks: int) -> None:
    checked_tick("A span of time", start_ticks)
    if end_ticks <= start_ticks:
        raise UserInputError("This span of time is empty: let it end after it begins.")

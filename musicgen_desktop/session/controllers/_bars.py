"""Bars as a person counts them."""

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError


def checked_bars(project: Project, first_bar: int | None, last_bar: int | None) -> tuple[int, int]:
    """First and last bar, both included; None means the song's own ends.

    Raises:
        UserInputError: when the song does not have them.
    """
    bars = project.meter_map.bar_of(max(0, project.length_ticks - 1))
    first = 1 if first_bar is None else first_bar
    last = bars if last_bar is None else last_bar
    if not 1 <= first <= last <= bars:
        raise UserInputError(f"Bars {first} to {last} are not in this song; give a range within 1 to {bars}.")
    return first, last

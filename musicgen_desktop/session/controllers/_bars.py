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
    for bar in (first, last):
        if bar < 1:
            raise UserInputError(
                f"Bars count from 1, so there is no bar {bar}; give bars within 1 to {bars}."
            )
        if bar > bars:
            has = "1 bar" if bars == 1 else f"{bars} bars"
            raise UserInputError(
                f"The song has {has}, so bar {bar} is behind its end; give bars within 1 to {bars}."
            )
    if last < first:
        raise UserInputError(
            f"The last bar, {last}, lies before the first, {first}; give a range within 1 to {bars}."
        )
    return first, last

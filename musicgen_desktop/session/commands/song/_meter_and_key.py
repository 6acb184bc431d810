"""Edits of meter and key, both at the beginning of a bar."""

import msgspec

from musicgen_desktop.document import KeyChange, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Key
from musicgen_desktop.session.commands._edit import Edit, edited
from musicgen_desktop.timing import Meter, MeterChange, MeterMap

_LAST_BAR = 100_000


def set_meter(project: Project, bar: int, meter: Meter | str) -> Edit:
    """Count otherwise from a bar on. Bar lines move; what lies on them keeps its ticks.

    Args:
        project: as it is.
        bar: from 1; a change that is there is replaced.
        meter: such as “7/8”.

    Raises:
        UserInputError: for text that is no meter, or a bar below 1 or above 100 000.
    """
    _check_bar(bar)
    wanted = Meter.parse(meter) if isinstance(meter, str) else meter
    others = [change for change in project.meter_map.changes if change.bar != bar]
    changes = tuple(sorted([*others, MeterChange(bar, wanted)], key=lambda change: change.bar))
    return edited("Set meter", project, msgspec.structs.replace(project, meter_map=MeterMap(changes)))


def delete_meter(project: Project, bar: int) -> Edit:
    """Take a change of meter away; the meter before it holds on.

    Raises:
        UserInputError: for bar 1, or when the meter does not change at that bar.
    """
    if bar == 1:
        raise UserInputError("The song needs a meter at its start: change it instead of deleting it.")
    changes = tuple(change for change in project.meter_map.changes if change.bar != bar)
    if len(changes) == len(project.meter_map.changes):
        raise UserInputError(f"The meter does not change at bar {bar}; choose another bar.")
    return edited("Delete meter", project, msgspec.structs.replace(project, meter_map=MeterMap(changes)))


def set_key(project: Project, bar: int, key: str) -> Edit:
    """Let the song be in another key from a bar on. No note is changed.

    Args:
        project: as it is.
        bar: from 1; a change at its beginning is replaced.
        key: as `music.Key` reads it: “F# minor”, “Bb”, “D dorian”.

    Raises:
        UserInputError: for text that is no key, or a bar below 1 or above 100 000.
    """
    _check_bar(bar)
    tick = project.meter_map.tick_of_bar(bar)
    others = [change for change in project.keys if change.tick != tick]
    keys = tuple(sorted([*others, KeyChange(tick, str(Key.parse(key)))], key=lambda change: change.tick))
    return edited("Set key", project, msgspec.structs.replace(project, keys=keys))


def delete_key(project: Project, bar: int) -> Edit:
    """Take the changes of key in a bar away; the key before them holds on.

    Raises:
        UserInputError: when the key does not change in that bar.
    """
    keys = tuple(change for change in project.keys if project.meter_map.bar_of(change.tick) != bar)
    if len(keys) == len(project.keys):
        raise UserInputError(f"The key does not change in bar {bar}; choose another bar.")
    return edited("Delete key", project, msgspec.structs.replace(project, keys=keys))


def _check_bar(bar: int) -> None:
    if not 1 <= bar <= _LAST_BAR:
        raise UserInputError(f"Bars count from 1 to {_LAST_BAR}, so there is no bar {bar}.")

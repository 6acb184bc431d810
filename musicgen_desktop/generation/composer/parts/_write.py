"""Writes all parts of a plan, or one of them."""

from collections.abc import Callable

from musicgen_desktop.generation.composer._plan import Plan

from ._arp import write_arp
from ._bass import write_bass
from ._chords import write_chords
from ._counter import write_counter
from ._drums import write_drums
from ._melody import write_melody
from ._pad import write_pad
from ._part_notes import Others, PartNotes
from ._percussion import write_percussion
from ._song import Song

_WRITERS: dict[str, Callable[[Song, Others, int], PartNotes]] = {
    "drums": write_drums,
    "bass": write_bass,
    "chords": write_chords,
    "pad": write_pad,
    "arp": write_arp,
    "melody": write_melody,
    "counter": write_counter,
    "percussion": write_percussion,
}
ORDER = tuple(_WRITERS)
"""The order in which parts are written; each may listen to those before it."""


def write_parts(plan: Plan) -> dict[str, PartNotes]:
    """The notes of every stem of the plan, by role, in the plan's order."""
    song = Song(plan)
    roles = {stem.role for stem in plan.stems}
    parts: dict[str, PartNotes] = {}
    for role in ORDER:
        if role in roles:
            parts[role] = _WRITERS[role](song, parts, plan.seed)
    return {stem.role: parts[stem.role] for stem in plan.stems}


def write_part(plan: Plan, role: str, others: Others, seed: int) -> PartNotes:
    """One part anew, for the same harmony and form.

    Args:
        plan: the song.
        role: which part; need not be among the plan's stems' sections in every bar.
        others: the parts as they are; only those before `role` in `ORDER` are listened to.
        seed: the plan's own gives the part as `write_parts` wrote it, another a different one.

    Raises:
        ValueError: for an unknown role.
    """
    if role not in _WRITERS:
        raise ValueError(role)
    earlier = {name: others[name] for name in ORDER[: ORDER.index(role)] if name in others}
    return _WRITERS[role](Song(plan), earlier, seed)

"""The unit of musical time."""

import re

from musicgen_desktop.foundation import UserInputError

Tick = int
"""Musical time in whole ticks."""

PPQ = 960
"""Ticks per quarter note: divides by 2⁶, 3 and 5, so triplets and quintuplets of small notes are exact."""

WHOLE_TICKS = 4 * PPQ

_NOTE_VALUE = re.compile(r"1/(1|2|4|8|16|32|64|128)(T|t|\.)?")


def note_ticks(text: str) -> int:
    """The length of a written note value in ticks.

    >>> note_ticks("1/4"), note_ticks("1/16"), note_ticks("1/8T"), note_ticks("1/8.")
    (960, 240, 320, 720)

    Args:
        text: `1/1` … `1/128`; a `T` behind it is a triplet, a dot half as long again.

    Raises:
        UserInputError: for any other text.
    """
    match = _NOTE_VALUE.fullmatch(text.strip())
    if match is None:
        raise UserInputError(
            "A note value is written 1/1, 1/2, 1/4 … 1/128, with T for a triplet, like 1/8T."
        )
    ticks = WHOLE_TICKS // int(match[1])
    if match[2] == ".":
        return ticks * 3 // 2
    return ticks * 2 // 3 if match[2] else ticks

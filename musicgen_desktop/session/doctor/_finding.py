"""One thing that was looked at."""

from typing import Literal

import msgspec

State = Literal["works", "optional", "broken"]
"""`optional` is missing but nothing that was asked for needs it; `broken` must be mended."""


class Finding(msgspec.Struct, frozen=True):
    """What was looked at, how it stands, and what to do about it.

    Attributes:
        name: the part, such as “SoundFont”.
        state: how it stands.
        says: one sentence for a person.
        mend: what to do; empty when nothing is to be done.
    """

    name: str
    state: State
    says: str
    mend: str = ""


def works(name: str, says: str) -> Finding:
    """All is well."""
    return Finding(name, "works", says)


def optional(name: str, says: str, mend: str) -> Finding:
    """Missing, and the rest works without."""
    return Finding(name, "optional", says, mend)


def broken(name: str, says: str, mend: str) -> Finding:
    """Must be mended."""
    return Finding(name, "broken", says, mend)

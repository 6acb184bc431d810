"""Makes a checkout ready to run: looks what is there, and adds what is missing."""

from collections.abc import Iterable
from pathlib import Path

from environment import Environment, installed_groups, make, works, write_stamp


def prepare(root: Path, groups: Iterable[str]) -> Environment:
    """An environment with these groups of packages in it, made or mended as far as needed.

    Raises:
        SetupError: something is missing that this program cannot add by itself.
    """
    environment = Environment(root)
    present = installed_groups(environment)
    missing = frozenset(groups) - present
    if missing:
        fill(environment, present | missing)
    return environment


def fill(environment: Environment, groups: frozenset[str]) -> None:
    """Make the folder when it is missing or broken, and install the groups."""
    from packages import install  # noqa: PLC0415 - a set-up that is ready needs none of it

    if not works(environment):
        make(environment)
    environment.unfinished.touch()
    install(environment, groups)
    write_stamp(environment, groups)
    environment.unfinished.unlink()

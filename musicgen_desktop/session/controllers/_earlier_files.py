"""What lies in a folder already is not written over unasked."""

import os
from collections.abc import Iterable
from pathlib import Path

from musicgen_desktop.foundation import UserInputError


def already_holds(folder: Path, what: str, *, option: str = "--out") -> UserInputError:
    """The refusal; `what` names what would be lost, `option` says where to."""
    return UserInputError(f"“{folder}” already holds {what}; choose another {option}, or add --replace.")


def refuse_earlier_files(folder: Path, names: Iterable[str], *, replace: bool, option: str = "--out") -> None:
    """See that no file would be written over.

    Args:
        folder: may be missing.
        names: of the files that will be written, relative to it.
        replace: whether they may be.
        option: of the command line, that chose the folder.

    Raises:
        UserInputError: naming the first that is there.
    """
    there = [] if replace else [name for name in names if os.path.lexists(folder / name)]
    if there:
        others = {1: "", 2: " and another file"}.get(len(there), f" and {len(there) - 1} other files")
        raise already_holds(folder, f"“{there[0]}”{others}, which would be written over", option=option)

"""Files of a take that is being made: named after their process, so that another one can tell them lost."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from musicgen_desktop.session.workspace._process_identity import process_start

# Each is written under a hidden name that ends in “.part” before it has its own.
_PART = re.compile(r"\.?(take-[0-9a-f]{12})\.partial-(\d{1,10})-\d+\.wav(\..+\.part)?")
_UNFINISHED = re.compile(r"\.(take-[0-9a-f]{12})\..+\.part")


def part_name(take_id: str, number: int) -> str:
    """The name of a take's part, counted from 1."""
    return f"{take_id}.partial-{os.getpid()}-{number:02d}.wav"


def remove_lost_parts(folder: Path) -> None:
    """Remove what takes left behind whose process is gone; whole takes and all tokens stay.

    Args:
        folder: of takes. What cannot be removed there is left.
    """
    parts = list(_matching(folder, _PART))
    owners = {int(found[2]) for _, found in parts}
    living = {pid for pid in owners if process_start(pid) is not None}
    being_made = {found[1] for _, found in parts if int(found[2]) in living}
    for path, found in (*parts, *_matching(folder, _UNFINISHED)):
        if found[1] not in being_made:
            with suppress(OSError):  # one may look at a project without writing into it
                path.unlink(missing_ok=True)


def _matching(folder: Path, name: re.Pattern[str]) -> Iterator[tuple[Path, re.Match[str]]]:
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if (found := name.fullmatch(path.name)) is not None:
                yield path, found

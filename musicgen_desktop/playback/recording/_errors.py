"""What can end a recording, each in one sentence."""

import errno
from pathlib import Path

from musicgen_desktop.foundation import UserInputError

_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())


class CannotRecordError(UserInputError):
    """A take cannot be begun or go on. Everything written before is kept.

    Args:
        folder: where the takes are written.
        error: the system's refusal.
    """

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"Recording into “{folder}” stopped ({error.strerror or 'input/output error'}); what was "
            "recorded so far is kept. Check the disk, or choose another folder."
        )
        self.folder = folder


class DiskFullError(UserInputError):
    """There is no room for more. Everything that was captured is kept.

    Args:
        folder: where the takes are written.
        has_begun: whether anything was captured.
    """

    def __init__(self, folder: Path, *, has_begun: bool = True) -> None:
        super().__init__(
            f"Recording stopped because the disk that holds “{folder}” is full; everything recorded so far "
            "is kept. Free some space to record more."
            if has_begun
            else f"There is too little room to record on the disk that holds “{folder}”; free some space."
        )
        self.folder = folder


def disk_error(folder: Path, error: OSError, *, has_begun: bool = True) -> CannotRecordError | DiskFullError:
    """The right one of them."""
    if error.errno in _FULL:
        return DiskFullError(folder, has_begun=has_begun)
    return CannotRecordError(folder, error)

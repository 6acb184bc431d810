"""What can go wrong with a sound file, worded for its owner."""

import errno
from pathlib import Path

from musicgen_desktop.foundation import UserInputError


class UnreadableAudioError(UserInputError):
    """A file cannot be read as sound.

    Args:
        path: the file.
        reason: continues the sentence “NAME …”, with how to mend it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"“{path.name}” {reason}")
        self.path = path


class CannotWriteError(UserInputError):
    """A file cannot be written where it was asked for.

    Args:
        path: the file.
        reason: continues the sentence “NAME cannot be written: …”.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"“{path.name}” cannot be written: {reason}")
        self.path = path


def cannot_write(path: Path, error: OSError) -> CannotWriteError:
    """The system's refusal in words."""
    folder = path.parent
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            reason = f"the disk that holds “{folder}” is full; free some space or choose another folder."
        case errno.EFBIG:
            reason = f"it would be larger than the disk at “{folder}” allows; choose another folder."
        case errno.ENOENT:
            reason = f"the folder “{folder}” does not exist; make it first."
        case errno.ENOTDIR:
            reason = f"“{folder}” is not a folder; choose another one."
        case errno.EISDIR:
            reason = "a folder of this name is in the way; choose another name."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            reason = f"the folder “{folder}” may not be written to; choose another folder."
        case errno.ENAMETOOLONG:
            reason = "its name is too long; choose a shorter one."
        case _:
            reason = f"{error.strerror or 'the system refused'}; choose another folder."
    return CannotWriteError(path, reason)

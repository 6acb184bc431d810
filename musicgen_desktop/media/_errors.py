"""What can go wrong with a file, worded for its owner."""

import errno
from pathlib import Path

from musicgen_desktop.foundation import UnreadableFileError, UserInputError


class UnreadableAudioError(UnreadableFileError):
    """A file cannot be read as sound."""


class NoSoundFileError(UnreadableAudioError):
    """A file that is of another kind."""


class CannotWriteError(UserInputError):
    """A file cannot be written where it was asked for.

    Args:
        path: the file.
        error: the system's refusal; the sentence tells it in words.
    """

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"“{readable(path.name)}” cannot be written: {_reason(path.parent, error)}")
        self.path = path
        self.error = error


class CannotWriteIntoError(UserInputError):
    """A folder cannot be made, or nothing can be written into it.

    Args:
        folder: the folder.
        error: the system's refusal; the sentence tells it in words.
    """

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"Cannot write into “{readable(str(folder))}”: {_folder_reason(folder, error)}")
        self.folder = folder


def refuse_broken_name(path: Path) -> None:
    """See that a path is text: what a report or a terminal cannot repeat, nobody would find again.

    Raises:
        OSError: when it holds bytes that are none (`EILSEQ`, as file systems say that insist on it).
    """
    if readable(str(path)) != str(path):
        raise OSError(errno.EILSEQ, "Illegal byte sequence")


def readable(text: str) -> str:
    """The text as a terminal can show it: bytes of a file name that are no letters become “?”."""
    return text.encode("utf-8", "replace").decode()


def _reason(folder: Path, error: OSError) -> str:
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
        case errno.EILSEQ:
            reason = "its path holds bytes that are no letters; choose a path of plain text."
        case _:
            reason = f"{error.strerror or 'the system refused'}; choose another folder."
    return reason


def _folder_reason(folder: Path, error: OSError) -> str:
    match error.errno:
        case errno.EEXIST | errno.ENOTDIR:
            return "a file is in the way, not a folder; choose another folder."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "it may not be written to; choose another folder."
        case errno.ENOENT:
            return "it cannot be made there; choose another folder."
    return _reason(folder, error)

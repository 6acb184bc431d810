"""What can go wrong between a project and its folder, each in one sentence."""

import errno
from pathlib import Path

from musicgen_desktop.foundation import UserInputError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class NotAProjectError(UserInputError):
    """There is no project in the folder."""


class NewerProjectError(UserInputError):
    """The project was written by a later version of this program."""

    def __init__(self, name: str, schema: int) -> None:
        super().__init__(
            f"The project “{name}” was saved by a newer version of MusicGen Desktop (schema {schema}); "
            "update MusicGen Desktop to open it."
        )
        self.schema = schema


class DamagedProjectError(UserInputError):
    """The project file makes no sense, and neither does any backup of it. `reason` says where."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"The project “{name}” is damaged: {reason}, and it has no backup that opens; "
            "put back a copy of its folder from before."
        )
        self.reason = reason


class CannotReadProjectError(UserInputError):
    """The disk or its rights keep the project from being read."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"The project “{folder.name}” cannot be read ({error.strerror or 'input/output error'}); "
            "check the rights of its folder and the disk it lies on."
        )


class CannotSaveError(UserInputError):
    """The project could not be written; what was saved before is still there."""

    def __init__(self, folder: Path, error: OSError) -> None:
        if error.errno in _FULL:
            mend = "the disk is full; free some space and save again"
        elif error.errno in _FORBIDDEN:
            mend = f"the folder {folder} may not be written; save the project somewhere else"
        elif error.errno in {errno.EEXIST, errno.ENOTDIR}:
            mend = f"a file is in the way of the folder {folder}; save under another name"
        else:
            mend = f"{error.strerror or 'input/output error'}; check the disk, or save somewhere else"
        super().__init__(
            f"The project “{folder.name}” was not saved, its last saved version is untouched: {mend}."
        )
        self.errno = error.errno


class ProjectInUseError(UserInputError):
    """Another window has the project open for writing."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"The project “{folder.name}” is open in another window ({holder}); "
            "close it there, or save a copy under another name."
        )

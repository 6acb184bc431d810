"""Getting, adding, checking and removing models."""

import secrets
import shutil
from importlib.util import find_spec
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, UserInputError, mending
from musicgen_desktop.generation.host import add_model, check_model
from musicgen_desktop.generation.musicgen.library import (
    ENGINE,
    alone_with,
    download_folder,
    get_model,
    model_folder,
    models_folder,
)

from ._names import model_here, model_in_catalogue

_REMOVING = ".removing-"


class GetModel(msgspec.Struct, frozen=True):
    """Download a model of the catalogue from the hub and install it: the only job that ever goes online.

    Attributes:
        name: its id, name or repository.
        keep: leave the downloaded files where they are.
    """

    name: str
    keep: bool = False

    def run(self, report: Report, stop: StopFlag) -> str:
        """Do it; returns the model's id. What has arrived when it is stopped is kept for the next time.

        Raises:
            UserInputError: for an unknown name, an installed model, or while the user stays offline.
            MusicgenDesktopError: when the hub cannot be reached, or a process fails.
            Stopped: when `stop` was set.
        """
        model = model_in_catalogue(self.name)
        _check_engine()
        return get_model(model, report, stop, keep=self.keep)


class AddModel(msgspec.Struct, frozen=True):
    """Install a model from a folder or a zip.

    Attributes:
        name: for a person; what the files say, or what they are called, unless said.
    """

    source: Path
    name: str | None = None

    def run(self, report: Report, stop: StopFlag) -> str:
        """Do it; returns the model's id.

        Raises:
            UserInputError: when it is no model, with the reason.
            MusicgenDesktopError: when the process fails.
            Stopped: when `stop` was set; nothing is left behind.
        """
        if not self.source.exists():
            raise UserInputError(f"There is no “{self.source}”; choose the folder or the zip of a model.")
        _check_engine()
        return add_model(ENGINE, self.source, self.name, report, stop)


class CheckModel(msgspec.Struct, frozen=True):
    """Compare a model's hashes and have it make a second of sound.

    Attributes:
        name: its id or name.
    """

    name: str

    def run(self, report: Report, stop: StopFlag) -> str:
        """Do it; returns what was found, in a sentence.

        Raises:
            UserInputError: when it is damaged or not there.
            MusicgenDesktopError: when the process fails.
            Stopped: when `stop` was set.
        """
        model_id = model_here(self.name)
        _check_engine()
        return check_model(ENGINE, model_id, report, stop)


def remove_model(name: str) -> str:
    """Delete an installed model and what is left of its download; returns its id. There is no way back.

    Args:
        name: its id or name.

    Raises:
        UserInputError: when nothing of it is here, or it is being got or in use, or the disk refuses.
    """
    model_id = model_here(name, or_download=True)
    try:
        with alone_with(model_id):
            _remove(model_id)
    except OSError as error:
        raise UserInputError(
            f"“{model_id}” cannot be removed ({error.strerror or error}); let its takes end,"
            " close other windows of the program, and try again."
        ) from error
    return model_id


def _remove(model_id: str) -> None:
    folder = model_folder(model_id)
    if folder.is_dir():
        # Out of sight in one step: half a model must never look like one.
        hidden = models_folder() / f"{_REMOVING}{secrets.token_hex(4)}"
        folder.rename(hidden)
    for rest in models_folder().glob(f"{_REMOVING}*"):
        shutil.rmtree(rest, ignore_errors=True)
    if download_folder(model_id).is_dir():
        shutil.rmtree(download_folder(model_id))


def _check_engine() -> None:
    if find_spec("torch") is None:
        mend = mending("python3 installers/bootstrap.py run --neural")
        raise UserInputError(f"Models need the neural engine, which is not installed; {mend}.")

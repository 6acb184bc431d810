"""Getting a model of the catalogue: download, verify, install, tidy up."""

import contextlib
import shutil

from musicgen_desktop.foundation import Report, StopFlag, UserInputError, check_online
from musicgen_desktop.generation.host import add_model

from ._alone import alone_with
from ._catalogue import CatalogueModel
from ._download import download, download_folder
from ._installed import model_folder

ENGINE = "musicgen"
"""The name of the engine's entry point."""

_DOWNLOADING = 0.85  # of the whole, as far as a bar shows it


def get_model(model: CatalogueModel, report: Report, stop: StopFlag, *, keep: bool = False) -> str:
    """Download a model that the user asked for, and install it; returns its id.

    Args:
        model: of the catalogue.
        report: told the share done and the stage.
        stop: heeded within a second; what has arrived is kept, and the next call goes on from there.
        keep: leave the downloaded files in `download_folder` when the model is installed.

    Raises:
        UserInputError: when it is installed already, somebody gets or removes it, downloads are switched
            off, or it cannot be installed.
        MusicgenDesktopError: when the hub cannot be reached, or a process fails.
        Stopped: when `stop` was set.
    """
    check_online()  # before anything is made for it
    try:
        with alone_with(model.id):
            return _get(model, report, stop, keep=keep)
    except OSError as error:
        raise UserInputError(
            f"“{model.name}” cannot be got ({error.strerror or error}); check the disk of the cache."
        ) from error


def _get(model: CatalogueModel, report: Report, stop: StopFlag, *, keep: bool) -> str:
    if model_folder(model.id).is_dir():
        raise UserInputError(f"“{model.name}” is installed already; check it, or remove it to get it again.")
    folder = download_folder(model.id)
    download(model.repository, folder, lambda done, stage: report(_DOWNLOADING * done, stage), stop)
    installed = add_model(
        ENGINE,
        folder,
        model.name,
        lambda done, stage: report(_DOWNLOADING + (1.0 - _DOWNLOADING) * done, stage),
        stop,
    )
    if not keep:
        with contextlib.suppress(OSError):  # what cannot be deleted now is only in the way
            shutil.rmtree(folder)
    return installed

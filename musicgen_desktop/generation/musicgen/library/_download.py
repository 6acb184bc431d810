"""The download, in a process of its own: no other one of ours ever opens a connection to the outside."""

import os
import shutil
import time
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    Report,
    StopFlag,
    UserInputError,
    check_online,
    mending,
    own_program,
    user_cache_folder,
)
from musicgen_desktop.generation.host import DOWNLOADING, GenerationClient, run_host

from ._fetch import LineCutError, fetch
from ._hub import Hub
from ._hub_file import HubListing

DOWNLOAD_PROCESS = "download-process"
"""The word that the program is started with to be this process."""

_REPORT_EVERY_S = 0.1
_ROOM_BYTES = 500_000_000  # is left on the disk for everything else


class _Download(msgspec.Struct, frozen=True):
    repository: str
    folder: str


def download_folder(model_id: str) -> Path:
    """Where a model's download lies until it is installed."""
    return user_cache_folder() / "downloads" / model_id


def download(repository: str, folder: Path, report: Report, stop: StopFlag) -> None:
    """Fetch exactly the files that make a model, and verify them. What is there already is not fetched again.

    Args:
        repository: of the hub, “owner/name”.
        folder: made if need be; what arrived stays there when it ends early.
        report: told the share done, and the bytes.
        stop: heeded within a second.

    Raises:
        UserInputError: when downloads are switched off, the hub has no such model, or the disk is full.
        MusicgenDesktopError: when the hub cannot be reached, and for any other failure.
        Stopped: when `stop` was set.
    """
    check_online()
    if find_spec("huggingface_hub") is None:
        mend = mending("python3 installers/bootstrap.py run --neural")
        raise UserInputError(f"Getting models needs the neural engine, which is not installed; {mend}.")
    client = GenerationClient((*own_program(), DOWNLOAD_PROCESS), DOWNLOADING)
    try:
        client.run(msgspec.msgpack.encode(_Download(repository, str(folder.absolute()))), report, stop)
    finally:
        client.close()


def run_download_process(_arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes it or dies.

    Returns:
        The exit status.
    """
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):  # which every process of ours is given
        os.environ.pop(name, None)
    return run_host(_work, _nothing_to_load, DOWNLOADING)


def _nothing_to_load() -> None:
    """The hub's library is loaded by the one task there is."""


def _work(data: bytes, report: Report, stop: StopFlag) -> bytes:
    check_online()
    task = msgspec.msgpack.decode(data, type=_Download)
    try:
        report(0.0, "Asking the hub")
        hub = Hub(task.repository)
        listing = hub.listing()
        fetch_all(listing, hub, Path(task.folder), report, stop)
    except LineCutError as error:
        raise MusicgenDesktopError(
            "The hub does not answer; check the connection to the internet and get the model again:"
            " what has arrived is kept."
        ) from error
    except OSError as error:
        raise UserInputError(
            f"The download cannot be written ({error.strerror or error}); check the disk of “{task.folder}”."
        ) from error
    return b""


def fetch_all(listing: HubListing, hub: Hub, folder: Path, report: Report, stop: StopFlag) -> None:
    """Every file of a model, one after another.

    Raises:
        As `fetch`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _check_room(listing, folder)
    told = _Told(listing.size, report)
    for file in listing.files:
        stop.raise_if_set()
        fetch(file, folder, partial(hub.ask, revision=listing.revision), told.at, stop)
        told.end_of(file.size)


class _Told:
    """Tells how far it is, not oftener than somebody can look."""

    def __init__(self, size: int, report: Report) -> None:
        self._size, self._report = size, report
        self._before = 0
        self._last_s = -_REPORT_EVERY_S

    def at(self, arrived: int) -> None:
        now_s = time.monotonic()
        if now_s - self._last_s < _REPORT_EVERY_S and arrived > 0:
            return
        self._last_s = now_s
        done = self._before + arrived
        self._report(done / max(1, self._size), f"{size_text(done)} of {size_text(self._size)}")

    def end_of(self, size: int) -> None:
        self._before += size


def _check_room(listing: HubListing, folder: Path) -> None:
    """The download, and the model made of it, which is as large at most."""
    here = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    wanted = 2 * listing.size - here + _ROOM_BYTES
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise UserInputError(
            f"The model needs {size_text(wanted)} until it is installed, and {size_text(free)} are free;"
            f" make room on the disk of “{folder}”."
        )


def size_text(size: int) -> str:
    """Bytes for a person: “2.4 GB”, “817 MB”, “3 kB”."""
    if size >= 999_500_000:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 999_500 else f"{size / 1e3:.0f} kB"

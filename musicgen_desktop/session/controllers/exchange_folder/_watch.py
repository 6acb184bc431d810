"""The folder is looked into beside everything else."""

import threading
from collections.abc import Callable
from pathlib import Path

import platformdirs

from ._arrivals import Arrival, Arrivals

_EVERY_S = 1.0
_CLOSING_S = 2.0


def exchange_folder(chosen: str = "") -> Path:
    """The folder that was chosen; else one for all projects, beside the user's music.

    It lies outside of projects, so that a DAW is told once where to bounce to.
    """
    if chosen:
        return Path(chosen).expanduser()
    return platformdirs.user_music_path() / "MusicGen Desktop Exchange"


class ExchangeWatch:
    """Looks once a second on a thread of its own, until it is closed.

    Args:
        folder: what is looked into.
        told: gets the arrivals of each look that finds some, on that thread.
        every_s: between two looks.
    """

    def __init__(
        self, folder: Path, told: Callable[[tuple[Arrival, ...]], object], *, every_s: float = _EVERY_S
    ) -> None:
        self.folder = folder
        self._told = told
        self._every_s = every_s
        self._over = threading.Event()
        self._arrivals = Arrivals(folder)
        # A network disk may keep a look waiting for minutes; that must not keep the program.
        self._thread = threading.Thread(target=self._look, name="exchange folder", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """No more looks; what is found by one that runs is not told."""
        self._over.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(_CLOSING_S)

    def _look(self) -> None:
        while not self._over.is_set():
            arrived = self._arrivals.look()
            if arrived and not self._over.is_set():
                self._told(arrived)
            self._over.wait(self._every_s)

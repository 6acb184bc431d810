"""Listens to a master, and tells on a page of shared memory what it says."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError, hurry
from musicgen_desktop.timing import MasterClock, MasterClockPage

from ._jack_master import JackMaster
from ._link_master import LinkMaster
from ._master import FollowWish, Master
from ._midi_master import midi_master

_EVERY_S = 0.004
_AGAIN_S = 3.0
_CLOSE_S = 2.0


class Following:
    """Follows on a thread of its own, from `start` to `close`. What is not there yet is waited for.

    Args:
        page: on which it tells.
        wish: whom.
        plays: whether our song is heard to run just now; whoever can be told, is.
    """

    def __init__(self, page: Path, wish: FollowWish, plays: Callable[[], bool]) -> None:
        self._path, self._page = page, MasterClockPage.open(page)
        self._wish = wish
        self._plays = plays
        self._is_ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follow", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def change_bar(self, page: Path, wish: FollowWish) -> bool:
        """The bar of a Link session is another; the session is not left for it, and the song plays on.

        Returns:
            Whether it is only that: another master has to be followed anew.
        """
        as_before = msgspec.structs.replace(self._wish, bpm=wish.bpm, quantum=wish.quantum)
        if (page, wish) != (self._path, as_before):
            return False
        self._wish = wish
        return True

    def close(self) -> None:
        """Follow nobody any longer; waits for it."""
        self._is_ending.set()
        self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        hurry()  # while it waited its turn, threads that hear and send would wait for it
        starts = 0
        while not self._is_ending.is_set():
            try:
                master = open_master(self._wish)
            except MusicgenDesktopError as error:
                starts += 1
                self._page.write(MasterClock("lost", starts=starts, problem=str(error)))
                self._is_ending.wait(_AGAIN_S)
                continue
            try:
                self._listen(master)
            finally:
                master.close()
        self._page.write(MasterClock())

    def _listen(self, master: Master) -> None:
        """Until it ends, or nothing comes: the port may have been unplugged, and be there again."""
        silent_since: float | None = None
        played = False
        while not self._is_ending.wait(_EVERY_S):
            now = time.monotonic()
            if isinstance(master, LinkMaster):
                master.quantum = self._wish.quantum
            clock = master.look(now)
            self._page.write(clock)
            if master.is_gone:
                return
            if isinstance(master, LinkMaster) and (plays := self._plays()) != played:
                played = plays
                master.tell(plays=plays, at_s=now)
            if clock.state in ("waiting", "lost") and (self._wish.port or self._wish.kind == "jack"):
                silent_since = now if silent_since is None else silent_since
                if now - silent_since > _AGAIN_S:
                    return
            else:
                silent_since = None


def open_master(wish: FollowWish) -> Master:
    """Begin to follow.

    Raises:
        MusicgenDesktopError: when it is not there, or cannot be followed here.
    """
    match wish.kind:
        case "link":
            return LinkMaster(wish)
        case "jack":
            return JackMaster(wish)
        case _:
            return midi_master(wish)

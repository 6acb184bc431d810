"""One line that tells how far the installation is."""

import sys
import threading
import time
from types import TracebackType
from typing import Self


class Progress:
    """Shows what is going on and for how long: rewritten in a terminal, line by line in a log."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._text = ""
        self._live = sys.stdout.isatty()
        self._done = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        if self._live:
            self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._live:
            self._ticker.join()
            print(flush=True)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._start

    def show(self, text: str) -> None:
        """Say what is being done now."""
        self._text = text
        if self._live:
            self._rewrite()
        else:
            print(f"[{self.seconds:5.1f} s] {text}", flush=True)

    def _tick(self) -> None:
        while not self._done.wait(0.5):
            self._rewrite()

    def _rewrite(self) -> None:
        line = f"[{self.seconds:5.1f} s] {self._text}"
        print(f"\r{line[:100]:<100}", end="", flush=True)

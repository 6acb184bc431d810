"""The thread that lets the engine work, as urgent as the system allows."""

import threading
from collections.abc import Callable

from musicgen_desktop.foundation import hurry
from musicgen_desktop.playback.speaker import SpeakerLostError

from ._engine import Engine


class RenderThread:
    """Runs an engine until it is ended or the device goes away.

    Args:
        engine: what to run.
        on_lost: told the sentence when the device went away, on this thread; it ends then.
        look: looks at the engine after each step, on this thread.
    """

    def __init__(
        self,
        engine: Engine,
        on_lost: Callable[[str], None],
        look: Callable[[Engine], None] | None = None,
    ) -> None:
        self._engine = engine
        self._on_lost = on_lost
        self._look = look
        self._wake = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="render", daemon=True)
        self._thread.start()

    def post(self, work: Callable[[], None]) -> None:
        """Have the engine do something between two blocks, at once."""
        self._engine.post(work)
        self._wake.set()

    def end(self) -> None:
        """Stop, and wait until it has."""
        self._ending = True
        self._wake.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        hurry()
        try:
            while not self._ending:
                wait_s = self._engine.step()
                if self._look is not None:
                    self._look(self._engine)
                if wait_s > 0.0:
                    self._wake.wait(wait_s)
                    self._wake.clear()
        except SpeakerLostError as error:
            self._on_lost(str(error))

"""Engines that make sound, found by their entry points, and what their failures are called."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points

from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError, mending
from musicgen_desktop.generation.sound import ENTRY_POINTS, SoundEngine

_TOO_LARGE = (
    "There is not enough memory for this;"
    " ask for less: a smaller model, fewer takes at once or a shorter one."
)


class SoundEngines:
    """Each engine is made once, when it is first asked for. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, SoundEngine] = {}

    def named(self, name: str) -> SoundEngine:
        """The engine of that name.

        Raises:
            UserInputError: when there is none, or its package does not load.
        """
        with self._lock:
            if name not in self._made:
                self._made[name] = _new_engine(name)
            return self._made[name]

    def made(self) -> dict[str, SoundEngine]:
        """Those that were asked for, by name."""
        return dict(self._made)  # one step, so that nobody waits for an engine that is being loaded


def _new_engine(name: str) -> SoundEngine:
    found = entry_points(group=ENTRY_POINTS)
    if name not in found.names:
        choice = f"choose from {', '.join(sorted(found.names))}" if found.names else "none is installed"
        raise UserInputError(f"There is no sound engine called “{name[:40]}”; {choice}.")
    try:
        engine: SoundEngine = found[name].load()()
    except ModuleNotFoundError as error:
        raise UserInputError(
            f"The sound engine “{name}” needs {error.name}, which is not installed;"
            f" {mending('python3 installers/bootstrap.py run --neural')}."
        ) from error
    except (Exception, SystemExit) as error:
        logging.getLogger(__name__).exception("An engine does not load")
        raise UserInputError(
            f"The sound engine “{name}” could not be loaded ({error}); reinstall its package."
        ) from error
    return engine


@contextmanager
def plain_failures(engine: str) -> Iterator[None]:
    """Turn whatever an engine raises into a sentence for the user.

    Raises:
        UserInputError: as the engine worded it; or when memory ran out.
        MusicgenDesktopError: for everything else.
    """
    try:
        yield
    except (MusicgenDesktopError, KeyboardInterrupt):
        raise
    # What a Rust library raises when it fails within itself is no Exception; somebody waits for an answer.
    except BaseException as error:
        # Torch's error of that name is no MemoryError, and torch is not known here.
        if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
            raise UserInputError(_TOO_LARGE) from error
        logging.getLogger(__name__).exception("An engine failed")
        raise MusicgenDesktopError(
            f"The sound engine “{engine}” failed through a mistake of its own; the log tells more,"
            " and another wish may work."
        ) from error

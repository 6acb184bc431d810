"""Which engine makes the music: ours, or one that another package brings."""

from importlib.metadata import entry_points

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import Engine
from musicgen_desktop.generation.sound import ENTRY_POINTS as SOUND_ENTRY_POINTS

ENTRY_POINTS = "musicgen_desktop.engines"


def engine_named(name: str) -> Engine:
    """The engine of that name; entry points are only read when it is not our own.

    Raises:
        UserInputError: when there is none, or its package does not load.
    """
    if name == "composer":
        # Imported when it is needed: a window that only opens a project starts without the styles.
        from musicgen_desktop.generation.composer import Composer  # noqa: PLC0415

        return Composer()
    found = entry_points(group=ENTRY_POINTS)
    names = sorted({"composer", *found.names, *entry_points(group=SOUND_ENTRY_POINTS).names})
    if name not in found.names:
        raise UserInputError(f"There is no engine called “{name[:40]}”; choose from {', '.join(names)}.")
    try:
        engine: Engine = found[name].load()()
    except Exception as error:
        raise UserInputError(
            f"The engine “{name}” could not be loaded ({error}); reinstall its package or choose composer."
        ) from error
    return engine

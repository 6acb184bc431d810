"""Builds the window: every object once, from the project on the disk to the last panel."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError

from . import _garbage
from ._interrupt import closed_by_interrupt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from musicgen_desktop.ui.main_window import MainWindow

_FAILED, _WRONG_INPUT = 1, 2
PROJECT_SUFFIX = ".mgproj"


def wants_window(words: Sequence[str]) -> bool:
    """Whether the words on the command line ask for the window: none at all, or one that is a project."""
    if not words:
        return True
    return (
        len(words) == 1 and not words[0].startswith("-") and words[0].rstrip("/\\").endswith(PROJECT_SUFFIX)
    )


def has_screen() -> bool:
    """Whether a window can be shown here: always, but for a Linux without a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_window(words: Sequence[str]) -> int:
    """Show the window until it is closed; returns the exit status."""
    if not has_screen():
        print(  # noqa: T201 - the one sentence for the terminal
            "There is no screen here for the window; “musicgen-desktop --help” lists what works without one.",
            file=sys.stderr,
        )
        return _FAILED
    try:
        return _shown(Path(words[0]).expanduser().absolute() if words else None)
    except MusicgenDesktopError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the one sentence for the terminal
        return _WRONG_INPUT if isinstance(error, UserInputError) else _FAILED


def _shown(folder: Path | None) -> int:
    with shown_window(folder) as (application, window):
        from musicgen_desktop.ui.main_window import tell_mistakes  # noqa: PLC0415 - only the window needs Qt

        tell_mistakes(window.services.bridges.status)
        with closed_by_interrupt(window):
            return application.exec()


@contextmanager
def shown_window(folder: Path | None) -> Iterator[tuple["QApplication", "MainWindow"]]:
    """The window on the screen, with all that it stands on; its event loop is the caller's to run.

    Args:
        folder: the project's; None begins a new one.

    Raises:
        UserInputError: when that project cannot be opened.
    """
    _garbage.hold_off()
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only the window needs Qt

    from musicgen_desktop.generation.host import GenerationClient  # noqa: PLC0415
    from musicgen_desktop.session.controllers.generating import (  # noqa: PLC0415
        SoundClient,
        generate_jobs,
        sound_job,
    )
    from musicgen_desktop.session.preferences import load_preferences  # noqa: PLC0415
    from musicgen_desktop.ui.bridges import (  # noqa: PLC0415
        Actions,
        Bridges,
        HandOverBridge,
        JobsBridge,
        LearnBridge,
        PlayerBridge,
        ProjectBridge,
        Selection,
        Snap,
        SoundBridge,
        Status,
        TakesBridge,
    )
    from musicgen_desktop.ui.main_window import Desk, MainWindow, Services  # noqa: PLC0415
    from musicgen_desktop.ui.theme import apply_theme, speak  # noqa: PLC0415

    application = QApplication([sys.argv[0]])
    application.setApplicationName("musicgen-desktop")
    application.setApplicationDisplayName("MusicGen Desktop")
    application.setDesktopFileName("musicgen-desktop")
    loaded = load_preferences()
    speak(application, loaded.preferences.language)
    apply_theme(application, loaded.preferences.theme)
    desk = Desk(loaded.preferences.rate)
    project = ProjectBridge(desk.first(folder))
    player = PlayerBridge(project)
    status, actions = Status(), Actions()
    bridges = Bridges(
        project=project,
        selection=Selection(project),
        player=player,
        snap=Snap(loaded.preferences.snap),
        status=status,
        actions=actions,
        learning=LearnBridge(project, player, actions, status),
    )
    client, sound = GenerationClient(), SoundClient()  # the latter starts with the first question
    services = Services(
        bridges=bridges,
        desk=desk,
        takes=TakesBridge(
            project,
            player,
            partial(generate_jobs, client=client),
            make_sound=partial(sound_job, client=sound),
        ),
        jobs=JobsBridge(),
        handover=HandOverBridge(project),
        sound=SoundBridge(sound),
        preferences=loaded.preferences,
    )
    desk.take(project)
    window = MainWindow(services, on_shown=client.start)
    window.show()
    _garbage.resume(application)
    project.opened.connect(_garbage.begin_anew)
    if loaded.problem:
        bridges.status.say(loaded.problem, "warn")
    try:
        yield application, window
    finally:
        services.close()
        client.close()
        sound.close()
        desk.close()

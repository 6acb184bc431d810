"""The window's panels without a screen, over a project in memory and without a playback process."""

import gc
from functools import partial

import pytest

from musicgen_desktop.app import _garbage
from musicgen_desktop.document import Project
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.session.controllers._project_of_take import project_of_take
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import (
    Actions,
    Bridges,
    LearnBridge,
    PlayerBridge,
    ProjectBridge,
    Selection,
    Snap,
    Status,
)
from musicgen_desktop.ui.theme import apply_theme


@pytest.fixture(scope="session")
def qapp_args():
    return ["musicgen-desktop"]


@pytest.fixture
def qtbot(qtbot):
    """Waits for longer than pytest-qt's five seconds: other threads do the work, on busy machines too."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=60_000))
    return qtbot


@pytest.fixture(scope="session")
def _dressed(qapp):
    apply_theme(qapp)
    _garbage.resume(qapp)
    yield qapp
    # What lies on the clipboard without a screen is Qt's until the very end: there is no Python then.
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _garbage_is_left_to_the_main_thread():
    """As in the program: no thread deletes widgets. They have gone before any other test begins."""
    gc.disable()


@pytest.fixture
def song_project() -> Project:
    """Eight bars in five stems, as Composer makes them."""
    request = Request(prompt="lofi hip hop, 82 bpm, F minor", bars=8, seed=7)
    return project_of_take(Composer().generate(request))


def bridges_over(project: Project) -> Bridges:
    """Bridges that hold this project in memory."""
    bridge = ProjectBridge(ProjectStore(project))
    player, actions, status = PlayerBridge(bridge), Actions(), Status()
    return Bridges(
        project=bridge,
        selection=Selection(bridge),
        player=player,
        snap=Snap(),
        status=status,
        actions=actions,
        learning=LearnBridge(bridge, player, actions, status),
    )


@pytest.fixture
def bridges(_dressed, song_project):
    made = bridges_over(song_project)
    yield made
    made.player.close()
    made.project.store.close()

"""Headers of the composed song: Drums first, buses and the master last."""

import pytest
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.timeline.headers import HeadersView


class Files(QObject):
    """Stands for the bridge that makes files; remembers what was asked of it."""

    state_changed = Signal()

    def __init__(self):
        super().__init__()
        self.prepared = []
        self.asked = []

    def prepare(self, kind, *ids):
        self.prepared.append((kind, *ids))

    def files(self, kind, ids, _modifiers):
        self.asked.append((kind, tuple(ids)))
        return ()

    def state_of(self, _kind, _ids):
        return "rest"


@pytest.fixture
def files():
    return Files()


@pytest.fixture
def state(bridges):
    made = TimelineState(bridges.project)
    made.set_view_size(1000, 900)
    return made


@pytest.fixture
def headers(qtbot, bridges, state, files):
    made = HeadersView(bridges, state, files)
    qtbot.addWidget(made)
    made.resize(220, 900)
    made.show()
    return made


@pytest.fixture
def ids(bridges):
    return [track.id for track in bridges.project.project.tracks]

"""A lane of the first track's gain, 100 pixels high; a bar is 192 pixels wide."""

import msgspec
import pytest
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.timeline.automation import AutomationLayer

BAR = 3840


@pytest.fixture
def state(bridges):
    made = TimelineState(bridges.project)
    made.set_view_size(1000, 600)
    made.geometry = msgspec.structs.replace(made.geometry, px_per_tick=0.05, scroll_x=0.0)
    return made


@pytest.fixture
def track_id(bridges):
    return bridges.project.project.tracks[0].id


@pytest.fixture
def canvas(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


@pytest.fixture
def layer(bridges, state, canvas):
    return AutomationLayer(bridges, state, canvas)


@pytest.fixture
def lane_of(layer, state, track_id):
    """Opens a lane by its target."""

    def opened(target):
        state.open_lane(track_id, target)
        state.set_row_height(track_id, 100, target)
        return layer.lane(track_id, target)

    return opened

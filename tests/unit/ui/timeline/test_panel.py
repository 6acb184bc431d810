import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.session.commands import add_track
from musicgen_desktop.session.controllers.waveforms import Waveforms
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.timeline import TimelinePanel
from musicgen_desktop.ui.widgets import IconButton
from tests.unit.ui.conftest import bridges_over


@pytest.fixture
def waveforms(tmp_path):
    made = Waveforms(tmp_path)
    yield made
    made.close()


@pytest.fixture
def empty(_dressed, qtbot, waveforms):
    bridges = bridges_over(Project.new("Empty"))
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)
    panel.resize(1000, 600)
    panel.show()
    yield panel, bridges
    bridges.player.close()
    bridges.project.store.close()


def prompts_of(panel):
    return panel.empty_state.buttons


def test_an_empty_song_offers_three_prompts_and_a_click_asks_for_one(qtbot, empty):
    panel, _ = empty
    assert len(prompts_of(panel)) == 3

    with qtbot.waitSignal(panel.prompt_requested) as asked:
        qtbot.mouseClick(prompts_of(panel)[1], Qt.MouseButton.LeftButton)

    assert asked.args == [prompts_of(panel)[1].text()]


def test_the_offer_goes_when_there_is_a_track_and_comes_back(empty):
    panel, bridges = empty

    bridges.project.ask(lambda project: add_track(project, kind="notes")[0])
    assert panel.empty_state.isHidden()
    bridges.project.undo()

    assert not panel.empty_state.isHidden()


def test_the_scroll_bars_and_the_view_move_each_other(qtbot, bridges, waveforms):
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()
    panel.state.zoom_about(0, 20.0)

    panel.across.setValue(500)
    assert panel.state.geometry.scroll_x == 500
    panel.state.scroll_to(x=120, y=30)

    assert (panel.across.value(), panel.down.value()) == (120, 30)


def test_another_project_and_its_outlines_take_the_place_of_the_first(qtbot, bridges, waveforms, tmp_path):
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)
    panel.show()
    other = Waveforms(tmp_path / "other")

    bridges.project.open(ProjectStore(Project.new("Other"))).close()
    panel.use_waveforms(other)
    panel.canvas.grab()

    assert [row.track_id for row in panel.state.geometry.rows] == ["master"]
    assert not panel.empty_state.isHidden()
    other.close()


def test_a_whole_song_of_the_composer_is_painted(qtbot, bridges, waveforms):
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)
    panel.resize(1280, 720)
    panel.show()
    panel.state.fit()
    panel.grab()

    qtbot.waitUntil(lambda: not panel.canvas.tiles.lacking and not panel.canvas.tiles.holds, timeout=10_000)

    image = panel.canvas.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 30


def test_the_toolbar_chooses_tools_and_the_grid(qtbot, bridges, waveforms):
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)
    panel.show()
    draw = next(
        each for each in panel.toolbar.findChildren(IconButton) if each.accessibleName() == "Draw tool"
    )

    qtbot.mouseClick(draw, Qt.MouseButton.LeftButton)
    panel.toolbar.snap.activated.emit(panel.toolbar.snap.findData("1/8"))
    qtbot.mouseClick(panel.toolbar.triplets, Qt.MouseButton.LeftButton)

    assert panel.state.tool == "draw"
    assert draw.isChecked()
    assert (bridges.snap.choice, bridges.snap.triplets) == ("1/8", True)


def test_the_toolbar_shows_a_grid_that_was_chosen_elsewhere(qtbot, bridges, waveforms):
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)

    bridges.snap.choose("bar")

    assert panel.toolbar.snap.currentData() == "bar"


def test_a_narrow_panel_keeps_tools_and_grid(qtbot, bridges, waveforms):
    panel = TimelinePanel(bridges, waveforms)
    qtbot.addWidget(panel)
    panel.show()

    panel.resize(440, 300)

    names = {each.accessibleName() for each in panel.toolbar.findChildren(IconButton) if each.isVisible()}
    assert "Select tool" in names
    assert "Glue" not in names
    assert panel.toolbar.snap.isVisible()


def test_the_canvas_stays_clear_of_the_headers_when_there_is_little_room(empty):
    panel, _bridges = empty
    place = QWidget()  # a panel that is no window gets no room from its own layout
    panel.setParent(place)
    place.show()
    panel.show()

    panel.resize(panel.minimumWidth(), 300)
    QApplication.processEvents()

    headers = panel.headers
    edge = headers.mapTo(panel, QPoint(headers.width(), 0)).x()
    assert panel.canvas.mapTo(panel, QPoint()).x() >= edge
    assert panel.lanes.mapTo(panel, QPoint()).x() >= edge
    panel.setParent(None)

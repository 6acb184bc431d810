import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.session.commands import rename_project, set_tempo
from musicgen_desktop.ui.main_window._history import HistoryPanel


@pytest.fixture
def history(qtbot, bridges):
    made = HistoryPanel(bridges)
    qtbot.addWidget(made)
    made.show()
    return made


def click(qtbot, history, row):
    box = history.list.visualItemRect(history.list.item(row))
    qtbot.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def test_a_click_goes_back_to_that_edit_and_forward_again(qtbot, bridges, history):
    first = bridges.project.project
    bridges.project.ask(set_tempo, 0, 90.0)
    second = bridges.project.project
    bridges.project.ask(rename_project, "Other")
    third = bridges.project.project
    assert history.list.count() == 3

    click(qtbot, history, 0)
    assert bridges.project.project is first
    click(qtbot, history, 1)
    assert bridges.project.project is second
    click(qtbot, history, 2)
    assert bridges.project.project is third


def test_it_reads_nothing_while_nobody_looks(bridges, history):
    history.hide()

    bridges.project.ask(set_tempo, 0, 90.0)

    assert history.list.count() == 1

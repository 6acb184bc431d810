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


def lines(history):
    return [history.list.item(row).text() for row in range(history.list.count())]


def test_an_edit_after_going_back_takes_the_place_of_what_was_undone(qtbot, bridges, history):
    bridges.project.ask(set_tempo, 0, 90.0)
    bridges.project.ask(rename_project, "Other")
    assert lines(history)[-1].startswith("▸ ")
    click(qtbot, history, 1)
    undone = lines(history)
    faint = history.list.item(2).foreground().color()

    bridges.project.ask(set_tempo, 0, 100.0)

    assert [line.startswith("▸ ") for line in undone] == [False, True, False]
    assert [line.startswith("▸ ") for line in lines(history)] == [False, False, True]
    assert lines(history)[1] == lines(history)[2].removeprefix("▸ ")
    assert history.list.item(2).foreground().color() != faint


def test_an_edit_does_not_write_the_lines_before_it_anew(bridges, history):
    for bpm in range(80, 90):
        bridges.project.ask(set_tempo, 0, float(bpm))
    before = [history.list.item(row) for row in range(9)]

    bridges.project.ask(rename_project, "Other")

    assert [history.list.item(row) for row in range(9)] == before


def test_a_click_far_back_is_one_change(qtbot, bridges, history):
    for bpm in range(80, 90):
        bridges.project.ask(set_tempo, 0, float(bpm))
    changes = []
    bridges.project.changed.connect(changes.append)

    click(qtbot, history, 2)

    assert len(changes) == 1
    assert bridges.project.project.tempo_map.points[0].bpm == 81.0

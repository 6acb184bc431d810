from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.session.workspace import LeftBehind, Recent
from musicgen_desktop.storage import save_project
from musicgen_desktop.ui.start import StartPage
from musicgen_desktop.ui.start._examples import examples


@pytest.fixture
def recent(tmp_path):
    """Three projects, of which the middle one is gone."""
    made = Recent(tmp_path / "recent.json")
    for number, name in enumerate(("Oldest", "Gone", "Newest")):
        folder, project = tmp_path / f"{name}.mgproj", Project.new(name)
        if name != "Gone":
            save_project(project, folder)
        made.add(folder, project, now=datetime(2026, 3, 1 + number, tzinfo=UTC))
    return made


@pytest.fixture
def page(qtbot, _dressed, recent):
    made = StartPage(recent)
    qtbot.addWidget(made)
    made.resize(1000, 720)
    made.show()
    return made


def test_return_in_the_prompt_asks_for_its_song(qtbot, page):
    qtbot.keyClicks(page.field, "  slow jazz ")

    with qtbot.waitSignal(page.prompt_requested) as asked:
        qtbot.keyClick(page.field, Qt.Key.Key_Return)

    assert asked.args == ["slow jazz"]


def test_an_empty_prompt_asks_for_nothing(qtbot, page):
    with qtbot.assertNotEmitted(page.prompt_requested):
        qtbot.keyClick(page.field, Qt.Key.Key_Return)

    assert not page.compose.isEnabled()


def test_one_click_on_an_example_composes_it(qtbot, page):
    with qtbot.waitSignal(page.prompt_requested) as asked:
        qtbot.mouseClick(page.cards[1], Qt.MouseButton.LeftButton)

    assert asked.args == [examples()[1].prompt]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_composer_understands_each_example(example):
    take = Composer().generate(Request(prompt=example.prompt, seed=1))

    assert f"{take.bars} bars" in example.prompt
    assert take.style != "pop"


def test_a_click_on_a_recent_project_opens_it(qtbot, page, tmp_path):
    place = page.recent.visualItemRect(page.recent.item(0)).center()

    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert asked.args == [(tmp_path / "Newest.mgproj").resolve()]


def test_arrows_and_return_open_a_recent_project(qtbot, page, tmp_path):
    page.recent.setFocus()
    qtbot.keyClick(page.recent, Qt.Key.Key_Down)
    qtbot.keyClick(page.recent, Qt.Key.Key_Down)

    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)

    assert asked.args == [(tmp_path / "Oldest.mgproj").resolve()]


def test_a_missing_project_says_so_and_does_not_open(qtbot, page):
    item = page.recent.item(1)

    assert "missing" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    with qtbot.assertNotEmitted(page.open_requested):
        page.recent.setCurrentRow(1)
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)


def test_a_missing_project_is_removed_by_its_button(qtbot, page, recent):
    button = page.recent.itemWidget(page.recent.item(1)).findChild(QPushButton)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.recent.count() == 2)

    assert [each.name for each in recent.projects()] == ["Newest", "Oldest"]


def test_delete_takes_rows_off_until_the_list_is_gone(qtbot, page, recent):
    page.recent.setFocus()

    for _ in range(3):
        qtbot.keyClick(page.recent, Qt.Key.Key_Delete)

    assert recent.projects() == ()
    assert page.recent.isHidden()


def test_the_menu_of_a_row_copies_its_path(page, recent):
    menu = page.recent.menu_of(recent.projects()[0])

    next(action for action in menu.actions() if action.text() == "Copy path").trigger()

    assert QApplication.clipboard().text() == recent.projects()[0].path


def test_empty_project_and_open_ask_for_them(qtbot, page):
    with qtbot.waitSignal(page.new_requested):
        qtbot.mouseClick(page.empty, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)

    assert asked.args == [None]


def test_a_crash_is_asked_about_once(qtbot, page, tmp_path):
    left = LeftBehind(tmp_path / "S.mgproj", "2026-01-01T00:00:00", "open", 1, 12, "", None, tmp_path / "m")
    page.show_left_behind([left])
    notice = page.notices.itemAt(0).widget()

    with qtbot.waitSignal(page.recover_requested) as answered:
        qtbot.mouseClick(notice.buttons["saved"], Qt.MouseButton.LeftButton)

    assert answered.args == [left, "saved"]
    assert notice.isHidden()


def test_a_machine_without_sound_is_told_what_works_all_the_same(page):
    page.say_no_sound("There is no sound card.")
    assert "There is no sound card." in page.sound.sentence
    assert "compose" in page.sound.sentence

    page.say_no_sound("")
    assert page.sound.isHidden()


def test_a_narrow_page_stands_its_cards_below_each_other_and_scrolls(qtbot, page):
    page.resize(420, 400)
    qtbot.waitUntil(lambda: page.cards[1].y() > page.cards[0].y())
    qtbot.waitUntil(lambda: page.widget().width() <= page.viewport().width())

    assert page.cards[1].x() == page.cards[0].x()
    assert page.verticalScrollBar().maximum() > 0


def test_the_row_that_the_arrows_reach_is_scrolled_to(qtbot, page):
    page.resize(420, 400)
    page.recent.setFocus()
    qtbot.keyClick(page.recent, Qt.Key.Key_End)

    item = page.recent.visualItemRect(page.recent.item(2)).center()
    seen = page.recent.viewport().mapTo(page.viewport(), QPoint(item))
    assert 0 <= seen.y() <= page.viewport().height()


def test_everything_that_takes_the_focus_has_a_name(page, tmp_path):
    page.show_left_behind(
        [LeftBehind(tmp_path / "S", "2026-01-01T00:00:00", "open", 1, 12, "", None, tmp_path / "m")]
    )

    nameless = [
        each
        for each in page.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isVisibleTo(page)
        and not each.accessibleName()
    ]

    assert nameless == []


def test_the_list_is_read_anew_on_refresh(page, recent):
    assert page.recent.count() == 3
    recent.clear()

    page.refresh()

    assert page.recent.count() == 0

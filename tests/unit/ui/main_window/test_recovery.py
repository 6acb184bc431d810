from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.session.workspace import LeftBehind
from musicgen_desktop.ui.main_window._recovery import RecoveryDialog

SONG = LeftBehind(
    folder=Path("/music/Song.mgproj"),
    begun="2026-01-01T00:00:00+00:00",
    phase="opening",
    attempts=2,
    edits=0,
    problem="",
    last_backup=Path("/music/Song.mgproj/backups/1"),
    mark=Path("/marks/1"),
)
WALTZ = msgspec.structs.replace(SONG, folder=Path("/music/Waltz.mgproj"), phase="open", edits=3)


@pytest.fixture
def answers():
    return []


@pytest.fixture
def dialog(qtbot, _dressed, answers):
    made = RecoveryDialog([SONG, WALTZ])
    qtbot.addWidget(made)
    made.answered.connect(lambda left, choice: answers.append((left.folder.stem, choice)))
    made.show()
    return made


def test_one_that_crashed_while_it_was_opened_offers_the_safe_way_and_its_backup(dialog):
    assert list(dialog.notices[0].buttons) == ["safe", "backup", "later"]
    assert list(dialog.notices[1].buttons) == ["recover", "saved", "later"]


def test_opening_one_leaves_the_others_for_later(qtbot, dialog, answers):
    qtbot.mouseClick(dialog.notices[0].buttons["safe"], Qt.MouseButton.LeftButton)

    assert sorted(answers) == [("Song", "safe"), ("Waltz", "later")]
    assert answers[-1] == ("Song", "safe")
    assert not dialog.isVisible()


def test_one_that_is_not_wanted_now_leaves_the_question_about_the_other(qtbot, dialog, answers):
    qtbot.mouseClick(dialog.notices[0].buttons["later"], Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert answers == [("Song", "later")]

    qtbot.mouseClick(dialog.notices[1].buttons["recover"], Qt.MouseButton.LeftButton)
    assert answers == [("Song", "later"), ("Waltz", "recover")]
    assert not dialog.isVisible()


def test_escape_answers_every_question_once(qtbot, dialog, answers):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert answers == [("Song", "later"), ("Waltz", "later")]

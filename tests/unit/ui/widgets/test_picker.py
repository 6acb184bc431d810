import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from musicgen_desktop.music import Patch
from musicgen_desktop.ui.widgets import InstrumentPicker, Picker, PickerEntry

FRUIT = (
    PickerEntry("a", "Apple", "Sweet"),
    PickerEntry("b", "Banana", "Sweet", words="yellow"),
    PickerEntry("l", "Lemon", "Sour", words="yellow"),
)


pytestmark = pytest.mark.usefixtures("_dressed")


@pytest.fixture
def picker(qapp):  # noqa: ARG001 - widgets need the application
    made = Picker("Fruit", FRUIT, current="b")
    made.open_at(QPoint(0, 0))
    yield made
    if isValid(made):  # one that was closed has deleted itself
        made.close()


def test_it_lists_all_and_begins_at_what_is_in_use(picker, qtbot):
    assert picker.shown == ("a", "b", "l")

    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.keyClick(picker.findChild(QLineEdit), Qt.Key.Key_Return)

    assert chosen.args == ["b"]


def test_typing_narrows_the_list_by_name_heading_and_words(picker, qtbot):
    qtbot.keyClicks(picker.findChild(QLineEdit), "yellow so")

    assert picker.shown == ("l",)


def test_arrows_walk_past_the_headings(picker, qtbot):
    field = picker.findChild(QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Down)

    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert chosen.args == ["l"]


def test_nothing_found_is_said_and_return_chooses_nothing(picker, qtbot):
    chosen = []
    picker.chosen.connect(chosen.append)
    field = picker.findChild(QLineEdit)

    qtbot.keyClicks(field, "stone")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert picker.shown == ()
    assert picker._none.isVisible()
    assert chosen == []


def test_escape_closes_without_a_choice(picker, qtbot):
    chosen = []
    picker.chosen.connect(chosen.append)

    qtbot.keyClick(picker.findChild(QLineEdit), Qt.Key.Key_Escape)

    assert chosen == []


def test_an_instrument_is_found_by_a_musicians_word(qtbot):
    picker = InstrumentPicker(Patch(source="general_midi", program=0))
    picker.open_at(QPoint(0, 0))
    field = picker.findChild(QLineEdit)
    qtbot.keyClicks(field, "rhodes")

    with qtbot.waitSignal(picker.patch_chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert chosen.args[0].name == "Electric Piano 1"

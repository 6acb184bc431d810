import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.ui.widgets import NumberField, decibels, pan_text, typed_decibels, typed_pan

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def field(qtbot, _dressed):
    made = NumberField("Gain", -60.0, 12.0, step=0.5, written=decibels, read=typed_decibels)
    made.value_requested.connect(made.show_value)
    qtbot.addWidget(made)
    made.resize(120, 26)
    made.show()
    return made


@pytest.fixture
def heard(field):
    """What the field asked for, and “released” where a gesture ended."""
    told = []
    field.value_requested.connect(told.append)
    field.released.connect(lambda: told.append("released"))
    return told


def wheel(widget, turn, modifiers=NONE):
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own order
    )
    QApplication.sendEvent(widget, event)


def drag(qtbot, widget, pixels_up, modifiers=NONE, *, release=True):
    start = widget.rect().center()
    qtbot.mousePress(widget, LEFT, modifiers, start)
    for step in range(1, 11):
        move(widget, start - QPoint(0, round(pixels_up * step / 10)), modifiers)
    if release:
        qtbot.mouseRelease(widget, LEFT, modifiers, start - QPoint(0, pixels_up))


def move(widget, place, modifiers):
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifiers,
    )
    QApplication.sendEvent(widget, event)


def test_a_typed_value_is_asked_for_as_one_gesture(qtbot, field, heard):
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClicks(field, "-6,5")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert heard == [-6.5, "released"]
    assert field.text() == "−6.5 dB"


def test_a_typed_value_beyond_the_end_is_held_there(qtbot, field, heard):
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClicks(field, "99")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert heard == [12.0, "released"]


def test_escape_takes_typed_text_back(qtbot, field, heard):
    qtbot.mouseClick(field, LEFT)
    qtbot.keyClicks(field, "-6")
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert heard == []
    assert field.text() == "0.0 dB"


def test_what_is_no_number_is_refused_in_a_sentence(qtbot, field, heard):
    with qtbot.waitSignal(field.refused) as refused:
        qtbot.mouseClick(field, LEFT)
        qtbot.keyClicks(field, "loud")
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert "loud" in refused.args[0]
    assert heard == []


@pytest.mark.usefixtures("_dressed")
def test_a_sentence_of_the_reader_is_told_as_it_is(qtbot):
    def read(_text):
        raise UserInputError("Bars count from 1.")

    made = NumberField("Start", 0.0, 10.0, read=read)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.refused) as refused:
        qtbot.keyClicks(made, "0")
        qtbot.keyClick(made, Qt.Key.Key_Return)

    assert refused.args == ["Bars count from 1."]


def test_dragging_up_is_more_and_ends_one_gesture(qtbot, field, heard):
    drag(qtbot, field, 30)

    assert heard[-2:] == [5.0, "released"]
    assert heard.count("released") == 1
    assert heard[:-1] == sorted(heard[:-1])


def test_shift_makes_a_drag_fine(qtbot, field, heard):
    drag(qtbot, field, 30, SHIFT)

    assert heard[-2] == pytest.approx(0.5)


def test_escape_ends_a_drag_where_it_began(qtbot, field, heard):
    drag(qtbot, field, 30, release=False)
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert heard[-2:] == [0.0, "released"]


def test_a_double_click_resets(qtbot, field, heard):
    field.show_value(-12.0)

    qtbot.mouseDClick(field, LEFT)

    assert heard == [0.0, "released"]


def test_the_wheel_steps_and_is_one_gesture_when_it_rests(qtbot, field, heard):
    with qtbot.waitSignal(field.released):
        wheel(field, 120)
        wheel(field, 120)
        wheel(field, -120, SHIFT)

    assert heard == [0.5, 1.0, pytest.approx(0.95), "released"]


def test_arrow_keys_step(qtbot, field, heard):
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down, SHIFT)

    assert heard == [0.5, "released", pytest.approx(0.45), "released"]


def test_values_that_differ_are_a_dash_and_steps_begin_at_the_first(qtbot, field, heard):
    field.show_value(-3.0, mixed=True)
    assert field.text() == "–"

    qtbot.keyClick(field, Qt.Key.Key_Up)

    assert heard[0] == -2.5
    assert field.text() == "−2.5 dB"


def test_levels_and_places_are_written_as_people_read_them():
    assert [decibels(each) for each in (-6.0, 2.0, -0.01, -144.0)] == [
        "−6.0 dB",
        "+2.0 dB",
        "0.0 dB",
        "−∞ dB",
    ]
    assert [pan_text(each) for each in (-1.0, 0.0, 0.3)] == ["100 L", "C", "30 R"]
    assert [typed_pan(each) for each in ("30 L", "L30", "30", "c")] == [-0.3, -0.3, 0.3, 0.0]
    assert typed_decibels("−∞") == -144.0

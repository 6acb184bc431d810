"""The whole way without a mouse, with real key events."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def focused():
    return QApplication.focusWidget()


def test_type_compose_audition_walk_and_keep(desk):
    desk.panel.focus_prompt()
    QTest.keyClicks(focused(), "lofi, 82 bpm, F minor, 4 bars")
    QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    newest, older = desk.takes.candidates
    QTest.keyClick(focused(), Qt.Key.Key_1)
    heard_first = desk.takes.audition_id
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    heard_then = desk.takes.audition_id
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    assert (heard_first, heard_then) == (newest.id, older.id)
    assert [take.id for take in desk.project.takes] == [older.id]
    assert desk.project.tempo_map.bpm_at(0) == 82.0
    assert {clip.take_id for clip in desk.bridges.selection.clips} == {older.id}
    stems = ", ".join(track.name for track in desk.project.tracks if track.clips)
    assert desk.said[-1] == (f"Kept “{older.take.name}” in bars 1–4: {stems}.", "good")


def test_return_composes_what_is_written(desk):
    desk.panel.focus_prompt()

    QTest.keyClicks(focused(), "lofi, 2 bars")
    QTest.keyClick(desk.panel.prompt, Qt.Key.Key_Return)

    assert [each.wish.prompt for each in desk.takes.candidates] == ["lofi, 2 bars"] * 2
    assert desk.panel.prompt.toPlainText() == "lofi, 2 bars"


def test_takes_that_were_asked_for_by_key_get_the_keyboard(desk):
    desk.panel.fields["bars"].line.setFocus()

    QTest.keyClicks(focused(), "2")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClick(focused(), Qt.Key.Key_A)

    assert focused() is desk.list
    assert desk.takes.audition_id == desk.list.current.id


def test_in_a_small_panel_the_takes_come_into_sight(song_desk, qtbot):
    desk = song_desk
    desk.panel.resize(320, 420)
    desk.panel.focus_prompt()

    QTest.keyClicks(focused(), "lofi, 2 bars")
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    keep = desk.panel.takes.keep_row
    qtbot.waitUntil(lambda: keep.visibleRegion().boundingRect() == keep.rect())
    assert not desk.list.visibleRegion().isEmpty()


def test_whoever_types_on_is_not_torn_away(desk):
    desk.queue.held = True
    desk.panel.focus_prompt()
    QTest.keyClicks(focused(), "lofi, 2 bars")
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    QTest.keyClicks(focused(), ", piano")
    desk.queue.release()

    assert desk.takes.candidates
    assert focused() is desk.panel.prompt
    assert desk.panel.model.prompt == "lofi, 2 bars, piano"


def test_whoever_went_elsewhere_is_not_called_back(desk):
    desk.queue.held = True
    desk.panel.focus_prompt()
    QTest.keyClicks(focused(), "lofi, 2 bars")
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    desk.panel.seed.seed.setFocus()
    desk.queue.release()

    assert focused() is desk.panel.seed.seed


def test_a_click_on_compose_leaves_the_keyboard_where_it_is(desk, qtbot):
    desk.panel.model.set_prompt("lofi, 2 bars")

    qtbot.mouseClick(desk.panel.compose_button, Qt.MouseButton.LeftButton)

    assert desk.takes.candidates
    assert focused() is desk.panel.compose_button


def test_escape_leaves_the_prompt_for_the_takes(desk):
    desk.compose(count=2)
    desk.panel.focus_prompt()

    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    reached = focused()
    QTest.keyClick(focused(), Qt.Key.Key_1)

    assert reached is desk.list
    assert desk.takes.audition_id == desk.takes.candidates[0].id


def test_without_takes_escape_leaves_the_prompt_for_the_examples(desk):
    desk.panel.focus_prompt()

    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    reached = focused()
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    assert reached is desk.panel.takes.examples[0]
    assert focused() is desk.list
    assert desk.takes.candidates[0].wish.prompt == desk.panel.takes.examples[0].prompt


def test_return_that_is_held_composes_once(desk):
    desk.panel.model.set_prompt("lofi, 2 bars")
    desk.panel.model.set_variations(1)
    held = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", autorep=True)

    QTest.keyClick(desk.panel.prompt, Qt.Key.Key_Return)
    QApplication.sendEvent(desk.panel.prompt, held)

    assert len(desk.takes.candidates) == 1


def test_shift_return_begins_a_line_in_the_prompt(desk):
    desk.panel.focus_prompt()

    QTest.keyClicks(focused(), "lofi")
    QTest.keyClick(focused(), Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(focused(), "piano")

    assert desk.panel.model.prompt == "lofi\npiano"
    assert desk.takes.candidates == ()
    assert "Shift+Return" in desk.panel.prompt.hint.text()


def test_keeping_is_one_step_of_the_history(desk):
    desk.compose(count=1)
    empty = desk.project
    desk.list.setFocus()

    QTest.keyClick(focused(), Qt.Key.Key_Return)
    kept = desk.project
    desk.bridges.project.undo()
    undone = desk.project
    desk.bridges.project.redo()

    assert undone is empty
    assert desk.project is kept is not empty


def test_digits_go_into_text_fields_and_nowhere_else(desk):
    desk.compose(count=2)

    for field in (
        desk.panel.prompt,
        desk.panel.fields["tempo"].line,
        desk.panel.seed.seed,
        desk.panel.takes.search,
    ):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "12")

    assert desk.panel.model.prompt == "12"
    assert desk.panel.model.texts["tempo"] == "12"
    assert desk.panel.model.seed == 12
    assert desk.panel.takes.search.text() == "12"
    assert desk.takes.audition_id == ""


def test_digits_audition_from_every_other_place(desk):
    _newest, second = desk.compose(count=2)
    desk.panel.compose_button.setFocus()

    QTest.keyClick(focused(), Qt.Key.Key_2)
    heard = desk.takes.audition_id
    QTest.keyClick(focused(), Qt.Key.Key_2)

    assert heard == second.id
    assert desk.takes.audition_id == ""


def test_a_panel_with_a_digit_of_its_own_keeps_it(desk):
    desk.compose(count=2)
    other = QWidget(desk.panel)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.show()
    pressed = []
    desk.bridges.actions.add(
        "tool", "Tools", "Tool", lambda: pressed.append(1), shortcuts=("1",), owner=other
    )
    other.setFocus()

    QTest.keyClick(other, Qt.Key.Key_1)
    while_there = desk.takes.audition_id
    desk.list.setFocus()
    QTest.keyClick(desk.list, Qt.Key.Key_1)

    assert (pressed, while_there) == ([1], "")
    assert desk.takes.audition_id == desk.takes.candidates[0].id


def test_f2_renames_and_letters_are_letters_meanwhile(desk, qtbot):
    (take,) = desk.compose(count=1)
    desk.list.setFocus()

    QTest.keyClick(focused(), Qt.Key.Key_F2)
    QTest.keyClicks(focused(), "sax 1")
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.takes.candidates[0].take.name == "sax 1")
    assert not desk.takes.candidates[0].take.starred
    assert desk.takes.audition_id == ""
    assert desk.project.takes == ()
    assert take.take.name != "sax 1"


def test_letters_star_switch_sides_and_escape_silences(desk):
    _newest, older = desk.compose(count=2)
    desk.list.setFocus()

    QTest.keyClick(focused(), Qt.Key.Key_S)
    QTest.keyClick(focused(), Qt.Key.Key_A)
    QTest.keyClick(focused(), Qt.Key.Key_X)
    switched = desk.takes.audition_id
    QTest.keyClick(focused(), Qt.Key.Key_Escape)

    assert desk.takes.candidates[0].take.starred
    assert switched == older.id
    assert desk.takes.audition_id == ""


def test_delete_can_be_taken_back(desk):
    newest, older = desk.compose(count=2)
    desk.list.setFocus()

    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    left = desk.takes.candidates
    notice = desk.panel.takes.notice
    sentence = notice.sentence
    desk.takes.restore(newest.id)

    assert left == (older,)
    assert sentence == f"“{newest.take.name}” was deleted."
    assert desk.takes.candidates == (newest, older)


def test_arrows_walk_the_words_and_tab_leaves_them(desk):
    flow = desk.panel.words.flow
    first, second = flow.items[:2]
    first.setFocus()

    QTest.keyClick(first, Qt.Key.Key_Right)
    reached = focused()
    QTest.keyClick(second, Qt.Key.Key_Tab)

    assert reached is second
    assert focused() not in flow.items


def test_everything_that_takes_the_focus_has_a_name(song_desk):
    song_desk.compose(count=2)

    nameless = [
        widget
        for widget in song_desk.panel.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and widget.objectName() != "qt_scrollarea_viewport"
    ]

    assert nameless == []


def test_every_key_of_the_panel_is_used_once_in_its_place(desk):
    window_wide, in_the_list = [], []
    for listed in desk.bridges.actions.listed():
        keys = [key.toString(QKeySequence.SequenceFormat.PortableText) for key in listed.action.shortcuts()]
        (in_the_list if listed.action in desk.list.actions() else window_wide).extend(keys)

    assert len(set(in_the_list + window_wide)) == len(in_the_list + window_wide)


def test_a_seed_that_is_too_large_is_not_taken(desk):
    field = desk.panel.seed.seed
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3999999999")

    assert desk.panel.model.seed == 399999999

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from musicgen_desktop.session.commands import delete_tracks
from musicgen_desktop.ui.mixer._parts import ADD_INSERT, ADD_SEND, MORE_INSERTS, OUTPUT, Part, Spot
from musicgen_desktop.ui.widgets import Picker


def inserts(hand, role):
    return [insert.effect for insert in hand.track(role).inserts]


def insert_part(hand, role, row, name="insert"):
    return Part(name, hand.track(role).inserts[row].id)


def send_part(hand, role, row, name="send"):
    return Part(name, hand.track(role).sends[row].id)


def open_picker() -> Picker:
    found = QApplication.activePopupWidget()
    assert isinstance(found, Picker)
    return found


def choose(hand, menu, text):
    """Click a line of a menu, in its submenus too."""
    for action in menu.actions():
        if action.menu() is not None and action.menu().actions() and choose(hand, action.menu(), text):
            return True
        if action.text().split("\t")[0] == text:
            action.trigger()
            return True
    return False


def test_a_click_on_an_empty_row_adds_an_effect_found_by_typing(hand):
    shown = []
    hand.panel.effect_requested.connect(lambda *ids: shown.append(ids))
    before = inserts(hand, "melody")

    hand.click("melody", ADD_INSERT)
    field = open_picker().findChild(QLineEdit)
    hand.qtbot.keyClicks(field, "reve")
    hand.qtbot.keyClick(field, Qt.Key.Key_Return)

    assert inserts(hand, "melody") == [*before, "reverb"]
    track = hand.track("melody")
    assert shown == [(track.id, track.inserts[-1].id)]
    hand.undo()
    assert inserts(hand, "melody") == before


def test_the_power_dot_bypasses(hand):
    hand.click("bass", insert_part(hand, "bass", 0, "power"))
    assert hand.track("bass").inserts[0].bypassed

    hand.undo()
    assert not hand.track("bass").inserts[0].bypassed


def test_a_click_on_an_effect_asks_for_its_panel(hand, qtbot):
    track = hand.track("bass")

    with qtbot.waitSignal(hand.panel.effect_requested) as asked:
        hand.click("bass", insert_part(hand, "bass", 1))

    assert asked.args == [track.id, track.inserts[1].id]


def test_return_on_the_fader_opens_the_first_effect(hand, qtbot):
    track = hand.track("bass")
    hand.bridges.selection.select_tracks(track.id)

    with qtbot.waitSignal(hand.panel.effect_requested) as asked:
        hand.key(Qt.Key.Key_Return)

    assert asked.args == [track.id, track.inserts[0].id]


def test_an_effect_is_dragged_below_another(hand):
    assert inserts(hand, "drums") == ["bitcrush", "equalizer", "compressor"]

    hand.drag("drums", insert_part(hand, "drums", 0), QPoint(0, 30))
    assert inserts(hand, "drums") == ["equalizer", "bitcrush", "compressor"]

    hand.undo()
    assert inserts(hand, "drums") == ["bitcrush", "equalizer", "compressor"]


def test_an_effect_is_dragged_to_another_strip(hand):
    way = hand.place("percussion", insert_part(hand, "percussion", 0)) - hand.place(
        "drums", insert_part(hand, "drums", 0)
    )

    hand.drag("drums", insert_part(hand, "drums", 0), way - QPoint(0, 8))

    assert inserts(hand, "drums") == ["equalizer", "compressor"]
    assert inserts(hand, "percussion") == ["bitcrush", "equalizer"]


def test_escape_leaves_a_carried_effect_where_it_was(hand):
    start = hand.press("drums", insert_part(hand, "drums", 0))
    hand.move(start + QPoint(0, 30))
    hand.key(Qt.Key.Key_Escape)
    hand.release(start + QPoint(0, 30))

    assert inserts(hand, "drums") == ["bitcrush", "equalizer", "compressor"]


def test_the_menu_removes_an_effect(hand):
    track = hand.track("bass")
    menu = hand.view._menus.at(Spot(track.id, insert_part(hand, "bass", 0)))

    assert choose(hand, menu, "Remove")

    assert inserts(hand, "bass") == ["compressor"]
    hand.undo()
    assert hand.track("bass") == track


def test_the_menu_loads_a_preset(hand):
    track = hand.track("bass")
    menu = hand.view._menus.at(Spot(track.id, insert_part(hand, "bass", 1)))

    assert choose(hand, menu, "Even bass")

    assert hand.track("bass").inserts[1].parameters["ratio"] == pytest.approx(4.0)


def test_delete_removes_the_focused_effect_and_alt_moves_it(hand):
    hand.bridges.selection.select_tracks(hand.track("drums").id)
    hand.view.focus_part(insert_part(hand, "drums", 0))

    hand.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert inserts(hand, "drums") == ["equalizer", "bitcrush", "compressor"]

    hand.key(Qt.Key.Key_Delete)
    assert inserts(hand, "drums") == ["equalizer", "compressor"]


def test_a_low_mixer_says_how_many_effects_have_no_row(hand):
    hand.panel.resize(1400, 290)
    track = hand.track("drums")

    assert not hand.view.rect_of(track.id, MORE_INSERTS).isEmpty()
    assert hand.view.rect_of(track.id, insert_part(hand, "drums", 2)).isEmpty()
    menu = hand.view._menus.at(Spot(track.id, MORE_INSERTS))
    assert [action.text() for action in menu.actions()][:3] == ["Bit crusher", "Equalizer", "Compressor"]


def test_a_send_is_turned_and_its_drag_is_one_step(hand):
    before = hand.track("melody").sends[0].gain_db

    hand.drag("melody", send_part(hand, "melody", 0), QPoint(0, -30))

    assert hand.track("melody").sends[0].gain_db > before
    assert len(hand.bridges.project.store.history) == 1
    hand.undo()
    assert hand.track("melody").sends[0].gain_db == before


def test_the_mark_of_a_send_takes_it_before_the_fader(hand):
    hand.click("melody", send_part(hand, "melody", 0, "tap"))
    assert hand.track("melody").sends[0].pre_fader

    hand.click("melody", send_part(hand, "melody", 0, "tap"))
    assert not hand.track("melody").sends[0].pre_fader


def test_a_send_is_added_and_removed_by_menu(hand):
    track = hand.track("bass")
    menu = hand.view._menus.at(Spot(track.id, ADD_SEND))

    assert choose(hand, menu, "Reverb")
    assert [hand.project.track(send.target).name for send in hand.track("bass").sends] == ["Reverb"]

    menu = hand.view._menus.at(Spot(track.id, send_part(hand, "bass", 0)))
    assert choose(hand, menu, "Remove")
    assert hand.track("bass").sends == ()


def test_the_output_is_chosen_among_the_buses(hand):
    track = hand.track("bass")
    reverb = next(each for each in hand.project.tracks if each.name == "Reverb")
    menu = hand.view._menus.at(Spot(track.id, OUTPUT))

    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Master"]
    assert choose(hand, menu, "Reverb")

    assert hand.track("bass").output == reverb.id
    hand.undo()
    assert hand.track("bass").output is None


def test_an_instrument_is_chosen_by_typing(hand):
    hand.view.pick_instrument(hand.track("bass").id)
    field = open_picker().findChild(QLineEdit)
    hand.qtbot.keyClicks(field, "slap bass 1")
    hand.qtbot.keyClick(field, Qt.Key.Key_Return)

    assert hand.track("bass").patch.name == "Slap Bass 1"
    hand.undo()
    assert hand.track("bass").patch.name == "Fretless Bass"


@pytest.mark.parametrize("gone", ["drums", "bass"])
def test_an_effect_whose_strip_or_target_is_deleted_while_it_is_carried_stays_away(hand, gone):
    start = hand.press("drums", insert_part(hand, "drums", 0))
    target = hand.place("bass", insert_part(hand, "bass", 0))
    hand.move(start + QPoint(12, 4))
    hand.move(target)
    hand.bridges.project.ask(delete_tracks, [hand.track(gone).id])
    left = hand.project

    hand.view.viewport().repaint()
    hand.release(target)

    assert hand.project is left

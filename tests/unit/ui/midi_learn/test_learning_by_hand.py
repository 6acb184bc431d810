"""Right-click, choose “Learn MIDI…”, move a controller: on every panel."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from musicgen_desktop.document import MidiController
from musicgen_desktop.session.commands import learn_controller
from musicgen_desktop.session.controllers.learning import ControlMove, ControlsMoved, MidiInputsOpened
from musicgen_desktop.ui.bridges import LearnSpot, LearnTarget
from musicgen_desktop.ui.main_window._actions import add_transport_actions
from musicgen_desktop.ui.midi_learn import LearnPopup
from musicgen_desktop.ui.mixer import MixerPanel
from musicgen_desktop.ui.mixer._parts import ARM, FADER, MUTE, PAN, SOLO, Part, Spot
from musicgen_desktop.ui.plugin_rack import EffectPanel
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.timeline.headers import HeadersView
from musicgen_desktop.ui.transport import TransportBar

CONTROL, NOTE = 0xB0, 0x90
FIRST = 20


@pytest.fixture
def popup(qtbot, bridges):
    made = LearnPopup(bridges)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def track(bridges):
    return next(each for each in bridges.project.project.tracks if each.inserts and each.sends)


def turn(bridges, number, value=64, kind=CONTROL):
    bridges.player.controls_moved.emit(ControlsMoved((ControlMove("knobs", kind, 0, number, value),)))


def right_click(widget, place=None, reason=QContextMenuEvent.Reason.Mouse):
    """A real event; the menu that it opens."""
    place = widget.rect().center() if place is None else place
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def choose(menu, text):
    """Click a line; it is named by its beginning."""
    lines = {action.text().split("\t")[0]: action for action in menu.actions()}
    found = next(action for line, action in lines.items() if line.startswith(text))
    found.trigger()
    menu.close()


def lines_of(menu):
    return [action.text() for action in menu.actions()]


def bound(bridges):
    return {each.target: each.controller.number for each in bridges.project.project.midi_bindings}


@pytest.fixture
def mixer(qtbot, bridges):
    panel = MixerPanel(bridges)
    qtbot.addWidget(panel)
    panel.resize(1200, 600)
    panel.show()
    qtbot.waitExposed(panel)
    return panel.view


@pytest.mark.usefixtures("popup")
def test_every_part_of_a_strip_that_has_a_value_is_learned_in_the_mixer(mixer, bridges, track):
    parts = [
        FADER,
        PAN,
        MUTE,
        SOLO,
        ARM,
        Part("send", track.sends[0].id),
        Part("insert", track.inserts[0].id),
    ]
    for at, part in enumerate(parts):
        place = mixer.rect_of(track.id, part).center()
        choose(right_click(mixer.viewport(), place), "Learn MIDI")
        turn(bridges, FIRST + at)

    assert bound(bridges) == {
        "gain_db": FIRST,
        "pan": FIRST + 1,
        "muted": FIRST + 2,
        "soloed": FIRST + 3,
        "armed": FIRST + 4,
        f"send:{track.sends[0].id}:gain_db": FIRST + 5,
        f"insert:{track.inserts[0].id}:bypassed": FIRST + 6,
    }


def test_the_mixer_marks_what_is_learned_and_forgets_it(mixer, bridges, track):
    plain = mixer.grab(mixer.strip_rect(track.id)).toImage()
    bridges.project.ask(learn_controller, track.id, "pan", MidiController(0, 10))
    marked = mixer.grab(mixer.strip_rect(track.id)).toImage()
    place = mixer.rect_of(track.id, PAN).center()
    QApplication.sendEvent(
        mixer.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, mixer.viewport().mapToGlobal(place))
    )
    tip = QToolTip.text()
    choose(right_click(mixer.viewport(), place), "Forget MIDI (CC 10 · channel 1)")

    assert marked != plain
    assert tip.endswith("\nMIDI: CC 10 · channel 1")
    assert bound(bridges) == {}
    assert mixer.grab(mixer.strip_rect(track.id)).toImage() == plain


def test_the_menu_of_a_whole_strip_has_all_of_it(mixer, track):
    mixer.open_menu(Spot(track.id, None))
    menu = QApplication.activePopupWidget()
    (lines,) = [action.menu() for action in menu.actions() if action.text() == "Learn MIDI"]

    names = lines_of(lines)
    menu.close()

    assert names == [f"Learn MIDI for {name}…" for name in ("fader", "pan", "mute", "solo", "arm")]


@pytest.mark.usefixtures("popup")
def test_parameters_of_an_effect_are_learned_at_its_knobs(qtbot, bridges, track):
    panel = EffectPanel(bridges)
    qtbot.addWidget(panel)
    insert = track.inserts[0]
    panel.show_insert(track.id, insert.id)
    panel.resize(1000, 500)
    panel.show()
    name, control = next(iter(panel.controls.items()))
    spot = control.learnable.findChild(LearnSpot)

    menu = right_click(control.learnable, reason=QContextMenuEvent.Reason.Keyboard)
    before = spot.is_marked
    choose(menu, "Learn MIDI")
    turn(bridges, 40)

    assert bound(bridges) == {f"insert:{insert.id}:{name}": 40}
    assert (before, spot.is_marked) == (False, True)


@pytest.mark.usefixtures("popup")
def test_the_buttons_of_the_transport_are_learned_for_the_settings(qtbot, bridges):
    add_transport_actions(bridges, lambda: None)
    bar = TransportBar(bridges)
    qtbot.addWidget(bar)
    bar.resize(1280, 48)
    bar.show()

    choose(right_click(bar._play), "Learn MIDI")
    turn(bridges, 115, 127)

    choose(right_click(bar._play), "Learn MIDI for Stop")
    turn(bridges, 114, 127)

    assert bridges.learning.actions == {
        "transport.play": "CC 115 channel 1",
        "transport.stop": "CC 114 channel 1",
    }
    assert bar._play.findChild(LearnSpot).is_marked


@pytest.mark.usefixtures("popup")
def test_headers_of_the_timeline_learn_what_is_under_the_mouse(qtbot, bridges, track):
    state = TimelineState(bridges.project)
    state.set_view_size(1000, 900)
    headers = HeadersView(bridges, state, None)
    qtbot.addWidget(headers)
    headers.resize(220, 900)
    headers.show()
    plain = headers.grab().toImage()

    choose(right_click(headers, headers.rect_of(track.id, "mute").center()), "Learn MIDI…")
    turn(bridges, 36, 100, NOTE)
    (whole,) = [
        action.menu()
        for action in right_click(headers, headers.rect_of(track.id, "name").center()).actions()
        if action.text() == "Learn MIDI"
    ]

    assert bound(bridges) == {"muted": 36}
    assert "Forget MIDI (Note 36 · channel 1)" in lines_of(whole)
    assert headers.grab().toImage() != plain
    whole.parentWidget().close()


def test_the_popup_says_what_it_waits_for_and_what_it_hears(bridges, popup, track, monkeypatch):
    target = LearnTarget(track.id, "gain_db")
    bridges.learning.learn(target)
    off = popup.inputs.text()
    monkeypatch.setattr(type(bridges.player), "is_open", True)
    bridges.learning.changed.emit()
    looking = popup.inputs.text()
    bridges.player.midi_inputs_opened.emit(MidiInputsOpened())
    none, can_look = popup.inputs.text(), popup.again.isVisible()
    bridges.player.midi_inputs_opened.emit(MidiInputsOpened(("Keys", "Knobs")))

    assert popup.isVisible()
    assert popup.title.text() == f"{track.name}: Gain"
    assert "Playback is off" in off
    assert "Looking" in looking
    assert "No MIDI input is connected" in none
    assert can_look
    assert popup.inputs.text() == "Listening to Keys, Knobs."
    assert not popup.again.isVisible()


def test_escape_and_cancel_end_learning(qtbot, bridges, popup, track):
    for end in (
        lambda: qtbot.keyClick(popup, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(popup.cancel, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(popup.cancel, Qt.Key.Key_Return),
    ):
        bridges.learning.learn(LearnTarget(track.id, "gain_db"))
        end()

        assert bridges.learning.target is None
        assert not popup.isVisible()
    turn(bridges, 7)
    assert bound(bridges) == {}


def test_the_popup_closes_when_it_heard_a_controller(bridges, popup, track):
    bridges.learning.learn(LearnTarget(track.id, "gain_db"))
    turn(bridges, 7)

    assert not popup.isVisible()
    assert bound(bridges) == {"gain_db": 7}


def test_what_is_bound_can_be_forgotten_in_the_popup(qtbot, bridges, popup, track):
    bridges.project.ask(learn_controller, track.id, "gain_db", MidiController(0, 7))
    bridges.learning.learn(LearnTarget(track.id, "gain_db"))

    qtbot.mouseClick(popup.forget, Qt.MouseButton.LeftButton)

    assert bound(bridges) == {}
    assert not popup.isVisible()


def test_the_popup_lies_on_the_screen_wherever_the_mouse_is(bridges, popup, track):
    from PySide6.QtGui import QCursor

    area = popup.screen().availableGeometry()
    QCursor.setPos(area.bottomRight() - QPoint(2, 2))
    bridges.learning.learn(LearnTarget(track.id, "gain_db"))

    assert area.contains(popup.geometry())


@pytest.mark.usefixtures("popup")
def test_the_power_of_the_effect_that_is_shown_is_learned(qtbot, bridges, track):
    panel = EffectPanel(bridges)
    qtbot.addWidget(panel)
    first, second = track.inserts[:2]
    panel.show_insert(track.id, first.id)
    panel.show()
    spot = panel.header.power.findChild(LearnSpot)

    choose(right_click(panel.header.power), "Learn MIDI")
    turn(bridges, 36, 100, NOTE)
    of_first = spot.is_marked
    panel.show_insert(track.id, second.id)

    assert bound(bridges) == {f"insert:{first.id}:bypassed": 36}
    assert (of_first, spot.is_marked) == (True, False)


def test_a_screen_reader_hears_the_controller_of_the_focused_part(mixer, bridges, track):
    bridges.selection.select_tracks(track.id)
    mixer.focus_part(PAN)
    bridges.project.ask(learn_controller, track.id, "pan", MidiController(0, 10))

    assert mixer.accessibleDescription().endswith("MIDI: CC 10 · channel 1")


def test_while_there_is_no_input_the_popup_looks_for_one(qtbot, bridges, popup, track, monkeypatch):
    told = []
    monkeypatch.setattr(bridges.player, "listen_to_midi", told.append)
    bridges.learning.learn(LearnTarget(track.id, "gain_db"))
    bridges.player.midi_inputs_opened.emit(MidiInputsOpened())
    asked = len(told)
    popup._search.timeout.emit()
    again = len(told)
    bridges.player.midi_inputs_opened.emit(MidiInputsOpened(("Knobs",)))
    found = popup._search.isActive()
    bridges.player.midi_inputs_opened.emit(MidiInputsOpened())
    lost = popup._search.isActive()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)

    assert again == asked + 1
    assert (found, lost, popup._search.isActive()) == (False, True, False)

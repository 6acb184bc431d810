"""The page “MIDI” of the settings."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from musicgen_desktop.document import MidiController
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import learn_controller
from musicgen_desktop.session.controllers.live_midi import MidiPort, MidiPorts
from musicgen_desktop.session.controllers.playing import DeviceList
from musicgen_desktop.session.preferences import Preferences, load_preferences
from musicgen_desktop.ui.settings import SettingsDialog
from musicgen_desktop.ui.widgets import IconButton

PORTS = MidiPorts(
    (MidiPort("ALSA", "Keys"), MidiPort("ALSA", "Knobs")), (MidiPort("ALSA", "Synth"),), can_offer=True
)


@pytest.fixture
def open_dialog(qtbot, bridges):
    dialogs = []  # Qt would take those away that nobody holds

    def opened(preferences=None, loader=lambda: PORTS):
        dialog = SettingsDialog(
            preferences or Preferences(), lambda: DeviceList((), ()), loader, bridges.learning
        )
        dialogs.append(dialog)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.show_page(dialog.midi)
        qtbot.waitUntil(dialog.midi.again.isEnabled)
        qtbot.waitUntil(lambda: all(box.isVisible() for box in dialog.midi.boxes.values()))
        return dialog

    return opened


@pytest.fixture
def track(bridges):
    return bridges.project.project.tracks[0]


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def tick(qtbot, box):
    """Click on the square: beside the text, in the middle of a wide box, nothing is clicked."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def test_all_inputs_are_listened_to_until_some_are_taken_away(qtbot, open_dialog):
    dialog = open_dialog()
    page = dialog.midi
    at_first = {name: box.isChecked() for name, box in page.boxes.items()}, page.all.isChecked()

    tick(qtbot, page.boxes["Keys"])
    chosen = dialog.preferences.midi_inputs
    tick(qtbot, page.boxes["Keys"])

    assert at_first == ({"Keys": True, "Knobs": True}, True)
    assert chosen == ("Knobs",)
    assert dialog.preferences.midi_inputs == ()
    assert "2 input(s) found." in page.state.text()


def test_the_keys_stay_on_the_box_that_they_tick(qtbot, open_dialog):
    page = open_dialog().midi
    box = page.boxes["Keys"]
    box.setFocus()

    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Space)

    assert page.boxes["Keys"] is box
    assert (box.isChecked(), page.all.isChecked()) == (True, True)


def test_a_chosen_input_that_is_gone_is_kept_and_said(open_dialog):
    dialog = open_dialog(Preferences(midi_inputs=("Old keys",)))

    assert dialog.midi.boxes["Old keys"].text() == "Old keys (not connected)"
    assert not dialog.midi.boxes["Keys"].isChecked()
    assert dialog.preferences.midi_inputs == ("Old keys",)
    assert not dialog.is_changed


def test_without_an_input_and_without_ports_of_our_own_it_says_what_to_do(qtbot, open_dialog):
    hint = "Make one with loopMIDI."
    page = open_dialog(loader=lambda: MidiPorts((), (), can_offer=False, hint=hint)).midi

    assert "No MIDI input is connected" in page.state.text()
    assert page.state.width() > page.again.width()
    qtbot.waitUntil(lambda: page.state.heightForWidth(page.state.width()) <= page.state.height())
    assert page.notice.sentence == hint
    assert not page.virtual.isEnabled()


def test_a_system_that_does_not_answer_is_told_and_asked_again(qtbot, open_dialog):
    answers = [UserInputError("MIDI keyboards cannot be used."), PORTS]

    def loader():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    page = open_dialog(loader=loader).midi
    told = page.notice.sentence
    page.look()
    qtbot.waitUntil(lambda: "Keys" in page.boxes)

    assert told == "MIDI keyboards cannot be used."


def test_ways_and_delays_are_written_by_ok(qtbot, open_dialog):
    dialog = open_dialog()
    choose(dialog.midi.takeover, "jump")
    choose(dialog.midi.virtual, "tracks")
    field = dialog.midi.fields["Synth"]
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    qtbot.keyClicks(field, "-12.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)

    kept = load_preferences().preferences
    assert (kept.midi_takeover, kept.midi_virtual) == ("jump", "tracks")
    assert kept.midi_offsets_ms == {"Synth": -12.5}


def test_learned_controllers_are_listed_and_forgotten_at_once(qtbot, open_dialog, bridges, track):
    bridges.actions.add("transport.play", "Transport", "Play or stop", lambda: None)
    dialog = open_dialog()
    page = dialog.midi.controllers
    empty = page.empty.isVisible()
    bridges.learning.use({"transport.play": "CC 115 channel 1"}, (), "pickup")
    bridges.project.ask(learn_controller, track.id, "gain_db", MidiController(0, 7))
    listed = page.rows()

    def forgets():
        name = "Forget the controller of Play or stop"
        return [
            each
            for each in page.findChildren(IconButton)
            if each.isVisible() and each.accessibleName() == name
        ]

    qtbot.waitUntil(lambda: len(forgets()) == 1)

    assert empty
    assert listed == (("Play or stop", "CC 115 channel 1"), (f"{track.name}: Gain", "CC 7 channel 1"))
    assert not page.empty.isVisible()
    assert not dialog.is_changed
    qtbot.mouseClick(forgets()[0], Qt.MouseButton.LeftButton)
    assert page.rows() == listed[1:]
    qtbot.mouseClick(page.forget_all, Qt.MouseButton.LeftButton)
    assert page.rows() == ()
    assert page.empty.isVisible()
    bridges.project.undo()
    assert page.rows() == ((f"{track.name}: Gain", "CC 7 channel 1"),)


def test_a_controller_is_typed_and_what_is_none_is_refused(qtbot, open_dialog, bridges, track):
    bridges.project.ask(learn_controller, track.id, "gain_db", MidiController(0, 7))
    page = open_dialog().midi.controllers

    def type_into(text):
        field = next(each for each in page.findChildren(QLineEdit) if each.isVisible())
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    type_into("knob")
    refused = page.notice.sentence
    type_into("CC 21 channel 3")

    assert "no controller" in refused
    assert page.rows() == ((f"{track.name}: Gain", "CC 21 channel 3"),)
    assert bridges.learning.bindings[0].controller == MidiController(2, 21)


def test_what_a_controller_sends_is_chosen_where_it_fits(open_dialog, bridges, track):
    bridges.project.ask(learn_controller, track.id, "gain_db", MidiController(0, 7))
    page = open_dialog().midi.controllers
    box = next(each for each in page.findChildren(QComboBox) if each.isVisible())
    choices = [box.itemData(row) for row in range(box.count())]
    choose(box, "relative_twos")

    assert "toggle" not in choices
    assert bridges.learning.bindings[0].mode == "relative_twos"


def test_actions_learned_while_it_is_open_are_not_overwritten(qtbot, open_dialog, bridges):
    bridges.actions.add("transport.play", "Transport", "Play or stop", lambda: None)
    dialog = open_dialog()
    bridges.learning.use({"transport.play": "CC 115 channel 1"}, (), "pickup")
    choose(dialog.midi.takeover, "jump")
    qtbot.mouseClick(dialog.apply_button, Qt.MouseButton.LeftButton)

    assert load_preferences().preferences.midi_actions == {"transport.play": "CC 115 channel 1"}

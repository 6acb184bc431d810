import threading

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError, load_settings
from musicgen_desktop.session.controllers.live_midi import MidiPorts
from musicgen_desktop.session.controllers.playing import Device, DeviceList
from musicgen_desktop.session.preferences import Preferences, load_preferences
from musicgen_desktop.ui.settings import SettingsDialog, _dialog


def a_device(index, name, host_api, outputs=2):
    return Device(
        index,
        name,
        host_api,
        2,
        outputs,
        48_000,
        0.01,
        0.04,
        0.01,
        is_default_output=index == 0,
        is_default_input=False,
    )


DEVICES = DeviceList(
    (a_device(0, "Built-in", "ALSA"), a_device(1, "Studio", "JACK"), a_device(2, "Microphone", "ALSA", 0)),
    ("ALSA", "JACK"),
    0,
)


def no_ports():
    return MidiPorts((), (), can_offer=True)


@pytest.fixture
def dialog(qtbot, bridges):
    made = SettingsDialog(Preferences(), lambda: DEVICES, no_ports, bridges.learning, languages=("en", "de"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.sound.again.isEnabled)
    return made


def texts(box):
    return [box.itemText(row) for row in range(box.count())]


def choose(box, text):
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_devices_that_play_are_listed_once_they_are_found(dialog):
    assert texts(dialog.sound.device) == ["The system’s choice (Built-in)", "Built-in", "Studio"]
    assert texts(dialog.sound.way) == ["The usual one", "ALSA", "JACK"]
    assert not dialog.is_changed


def test_while_they_are_looked_for_it_says_so(qtbot, bridges):
    may_answer = threading.Event()

    def slowly():
        may_answer.wait()
        return DEVICES

    dialog = SettingsDialog(Preferences(), slowly, no_ports, bridges.learning)
    qtbot.addWidget(dialog)
    dialog.show()

    assert "Looking for devices" in dialog.sound.state.text()
    assert not dialog.sound.again.isEnabled()
    may_answer.set()
    qtbot.waitUntil(lambda: dialog.sound.device.count() == 3)


def test_a_sound_system_that_fails_is_told_and_can_be_asked_again(qtbot, bridges):
    answers = [MusicgenDesktopError("The sound system does not answer."), DEVICES]

    def loader():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    dialog = SettingsDialog(Preferences(), loader, no_ports, bridges.learning)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.sound.notice.sentence != "")
    assert dialog.sound.notice.sentence == "The sound system does not answer."

    qtbot.mouseClick(dialog.sound.notice._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.sound.device.count() == 3)

    assert dialog.sound.notice.sentence == ""


def test_a_chosen_device_that_is_gone_stays_chosen(qtbot, bridges):
    preferences = Preferences(device="Old interface", host_api="JACK")
    dialog = SettingsDialog(preferences, lambda: DEVICES, no_ports, bridges.learning)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.sound.again.isEnabled)

    assert dialog.sound.device.currentText() == "Old interface (not connected)"
    assert dialog.preferences == preferences


def test_a_driver_lists_its_own_devices_only(dialog):
    choose(dialog.sound.way, "JACK")

    assert texts(dialog.sound.device)[1:] == ["Studio"]
    assert dialog.preferences.host_api == "JACK"


def test_ok_writes_what_was_chosen_and_tells(qtbot, dialog):
    choose(dialog.sound.device, "Studio")
    choose(dialog.sound.rate, "96 kHz")
    qtbot.mouseClick(dialog.look.themes.buttons()[1], Qt.MouseButton.LeftButton)
    choose(dialog.look.language, "Deutsch")
    choose(dialog.editing.snap, "1/8 note")
    choose(dialog.files.bits, "32 bit float")

    with qtbot.waitSignal(dialog.applied) as applied:
        qtbot.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)

    wanted = msgspec.structs.replace(
        Preferences(),
        device="Studio",
        rate=96_000,
        theme="light",
        language="de",
        snap="1/8",
        export_bits=32,
    )
    assert applied.args == [wanted]
    assert load_preferences().preferences == wanted
    assert dialog.result() == SettingsDialog.DialogCode.Accepted


def test_cancel_writes_nothing(qtbot, dialog):
    choose(dialog.sound.device, "Studio")

    with qtbot.assertNotEmitted(dialog.applied):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert load_preferences().preferences == Preferences()


def test_apply_can_be_used_when_something_was_changed(qtbot, dialog):
    assert not dialog.apply_button.isEnabled()

    qtbot.mouseClick(dialog.look.themes.buttons()[1], Qt.MouseButton.LeftButton)
    assert dialog.apply_button.isEnabled()
    qtbot.mouseClick(dialog.apply_button, Qt.MouseButton.LeftButton)

    assert load_preferences().preferences.theme == "light"
    assert not dialog.apply_button.isEnabled()


def test_a_disk_that_refuses_is_told_and_the_dialog_stays(qtbot, dialog, monkeypatch):
    def refuse(_preferences):
        raise UserInputError("The disk is full; make room.")

    monkeypatch.setattr(_dialog, "save_preferences", refuse)
    choose(dialog.sound.device, "Studio")

    qtbot.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)

    assert dialog.notice.sentence == "The disk is full; make room."
    assert dialog.isVisible()
    assert dialog.is_changed


def test_the_look_ahead_is_typed_turned_and_dragged(qtbot, dialog):
    field, slider = dialog.sound.look_ahead, dialog.sound.slider

    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field, "250")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.preferences.look_ahead_ms == 250.0

    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert dialog.preferences.look_ahead_ms == 10.0

    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert dialog.preferences.look_ahead_ms == 2000.0


def test_autosave_and_metronome_are_typed(qtbot, dialog):
    dialog.show_page(dialog.editing)
    for field, text in ((dialog.editing.autosave, "0"), (dialog.editing.metronome, "-12,5")):
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert dialog.editing.autosave.text() == "never"
    assert dialog.preferences.autosave_minutes == 0
    assert dialog.preferences.metronome_db == -12.5


def test_a_turn_of_the_wheel_over_autosave_is_a_minute(dialog):
    dialog.show_page(dialog.editing)
    middle = QPointF(dialog.editing.autosave.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(dialog.editing.autosave.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own order
    )
    QApplication.sendEvent(dialog.editing.autosave, event)

    assert dialog.preferences.autosave_minutes == 6


def test_a_soundfont_is_chosen_and_given_back(qtbot, dialog, tmp_path, monkeypatch):
    own = tmp_path / "Grand.sf2"
    own.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(own), ""))
    dialog.show_page(dialog.files)

    qtbot.mouseClick(dialog.files.choose_font, Qt.MouseButton.LeftButton)
    assert dialog.files.name.text() == "Grand.sf2"
    assert dialog.apply()
    assert load_settings().soundfont_path == own

    qtbot.mouseClick(dialog.files.shipped, Qt.MouseButton.LeftButton)
    assert dialog.apply()
    assert load_settings().soundfont_path is None


def test_the_exchange_folder_is_chosen_and_watched(qtbot, dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(tmp_path))
    dialog.show_page(dialog.files)
    assert not dialog.preferences.exchange_watched

    dialog.files.watch.click()
    qtbot.mouseClick(dialog.files.choose_exchange, Qt.MouseButton.LeftButton)

    assert dialog.files.exchange.toolTip() == str(tmp_path)
    assert dialog.apply()
    kept = load_preferences().preferences
    assert (kept.exchange_watched, kept.exchange_folder) == (True, str(tmp_path))


def test_what_others_do_is_asked_of_them(qtbot, dialog):
    with qtbot.waitSignal(dialog.latency_requested):
        qtbot.mouseClick(dialog.sound.measure, Qt.MouseButton.LeftButton)
    assert not dialog.sound.measure.isEnabled()
    dialog.say_latency("There and back takes 9.4 ms.")
    assert dialog.sound.notice.sentence == "There and back takes 9.4 ms."

    with qtbot.waitSignal(dialog.reset_layout_requested):
        dialog.show_page(dialog.look)
        qtbot.mouseClick(dialog.look.reset, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.shortcuts_requested):
        qtbot.mouseClick(dialog.shortcuts, Qt.MouseButton.LeftButton)


def test_the_arrows_walk_the_pages(qtbot, dialog):
    dialog.pages.setFocus()
    qtbot.keyClick(dialog.pages, Qt.Key.Key_Down)

    assert dialog.stack.currentWidget() is dialog.midi


def test_everything_that_takes_the_focus_has_a_name(dialog):
    nameless = []
    for page in (dialog.sound, dialog.midi, dialog.look, dialog.editing, dialog.files):
        dialog.show_page(page)
        nameless += [
            each
            for each in dialog.findChildren(QWidget)
            if each.focusPolicy() != Qt.FocusPolicy.NoFocus
            and each.isVisibleTo(dialog)
            and not each.accessibleName()
        ]

    assert nameless == []

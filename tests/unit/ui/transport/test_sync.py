import threading

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu

from musicgen_desktop.foundation import MidiPort
from musicgen_desktop.session.controllers.live_midi import MidiPorts
from musicgen_desktop.session.controllers.sync import SyncSettings
from musicgen_desktop.timing import MasterClock
from musicgen_desktop.ui.main_window._actions import add_transport_actions
from musicgen_desktop.ui.transport import TransportBar, _sync

_PORTS = MidiPorts((MidiPort("ALSA", "Drum box"),), (MidiPort("ALSA", "Synth"),), can_offer=True)


@pytest.fixture
def bar(qtbot, bridges, monkeypatch):
    monkeypatch.setattr(_sync, "list_midi_ports", lambda: _PORTS)
    add_transport_actions(bridges, lambda: None)
    made = TransportBar(bridges)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.sync._finder.found):
        made.sync._finder.look()
    made.resize(1400, 48)
    made.show()
    return made


@pytest.fixture
def sync(bridges):
    return bridges.player.sync


def _say(sync, **fields):
    sync.master = MasterClock(**fields)
    sync.changed.emit()


def _in_the_menu(act):
    """Do this as soon as a menu is open: whatever opens it does not come back before it is closed."""

    def look():
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            act(menu)
        else:
            QTimer.singleShot(1, look)

    QTimer.singleShot(0, look)


def _choose(qtbot, button, *path):
    """Open the menu with a click, and choose by its texts."""

    def pick(menu):
        for text in path[:-1]:
            menu = next(each for each in menu.actions() if each.text() == text).menu()
        action = next(each for each in menu.actions() if each.text() == path[-1])
        action.trigger()
        QApplication.activePopupWidget().close()

    _in_the_menu(pick)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("path", "wished"),
    [
        (("Follow MIDI clock from", "Drum box"), SyncSettings(follow="clock", follow_port="Drum box")),
        (
            ("Follow MIDI time code from", "A port of this program (“Sync”)"),
            SyncSettings(follow="timecode"),
        ),
        (("Follow Ableton Link",), SyncSettings(follow="link")),
        (("Send MIDI clock to", "Synth"), SyncSettings(clock=("Synth",))),
    ],
)
def test_the_menu_says_whom_to_run_with(qtbot, bar, sync, path, wished):
    with qtbot.waitSignal(sync.chosen) as chosen:
        _choose(qtbot, bar.sync, *path)

    assert chosen.args == [wished]
    assert sync.settings == wished


def test_the_keyboard_opens_the_menu_and_off_ends_it(qtbot, bar, sync):
    sync.use(SyncSettings(clock=("Synth",)))
    assert bar.sync.text() == "Sync: sending"

    def pick(popup):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)

    bar.sync.setFocus()
    _in_the_menu(pick)
    qtbot.keyClick(bar.sync, Qt.Key.Key_Return)

    assert sync.settings == SyncSettings()
    assert bar.sync.text() == "Sync: off"


def test_the_button_tells_how_following_goes(bar, sync):
    sync.use(SyncSettings(follow="clock", follow_port="Drum box"))
    texts = [bar.sync.text()]
    for said in (
        {"state": "stopped"},
        {"state": "rolling", "speed": 123.4 * 16},
        {"state": "lost", "problem": "The clock is gone."},
    ):
        _say(sync, **said)
        texts.append(bar.sync.text())

    assert texts == ["… MIDI clock", "■ MIDI clock", "▶ 123.4 BPM", "! Clock lost"]
    assert bar.sync.toolTip() == "The clock is gone."


def test_while_following_the_masters_tempo_is_shown(bar, sync):
    sync.use(SyncSettings(follow="link"))
    before = bar.tempo.text()
    _say(sync, state="rolling", speed=91.5 * 16)
    while_following = bar.tempo.text()
    _say(sync)

    assert (before, while_following, bar.tempo.text()) == ("82.00 BPM", "91.50 BPM", "82.00 BPM")


def test_an_output_that_was_chosen_and_is_away_can_be_taken_back(qtbot, bar, sync):
    sync.use(SyncSettings(clock=("Gone",)))

    _choose(qtbot, bar.sync, "Send MIDI clock to", "Gone")

    assert sync.settings.clock == ()


def _texts(button, title):
    """What the menu lists under this title; disabled ones in brackets."""
    menu = next(each for each in button._menu.actions() if each.text() == title).menu()
    return [each.text() if each.isEnabled() else f"({each.text()})" for each in menu.actions()]


@pytest.fixture
def slow_system(qtbot, bridges, monkeypatch):
    """A button that nobody has opened yet, and an event for which the system's answer waits."""
    answers = threading.Event()

    def list_ports():
        answers.wait(10.0)  # a window that waits with it would wait for ever
        return _PORTS

    monkeypatch.setattr(_sync, "list_midi_ports", list_ports)
    add_transport_actions(bridges, lambda: None)
    bar = TransportBar(bridges)
    qtbot.addWidget(bar)
    yield bar.sync, answers
    answers.set()


def test_the_menu_opens_before_a_slow_system_has_answered_and_is_filled_then(qtbot, slow_system):
    button, answers = slow_system

    button._menu.popup(QPoint())
    before = _texts(button, "Send MIDI clock to"), _texts(button, "Follow MIDI clock from")
    with qtbot.waitSignal(button._finder.found):
        answers.set()
    after = _texts(button, "Send MIDI clock to"), _texts(button, "Follow MIDI clock from")
    button._menu.close()

    own = "A port of this program (“Sync”)"
    assert before == (["(Looking for MIDI ports…)"], ["(Looking for MIDI ports…)"])
    assert after == ([own, "Synth"], [own, "Drum box"])


def test_meanwhile_the_ports_of_the_last_time_are_listed(qtbot, slow_system):
    button, answers = slow_system
    button._ports = MidiPorts((), (MidiPort("ALSA", "Old synth"),), can_offer=False)

    button._menu.popup(QPoint())
    before = _texts(button, "Send MIDI clock to"), _texts(button, "Follow MIDI clock from")
    with qtbot.waitSignal(button._finder.found):
        answers.set()
    button._menu.close()

    assert before == (["Old synth"], ["(No MIDI input is there)"])

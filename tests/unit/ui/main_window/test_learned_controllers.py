"""The window keeps what is learned, and shows what waits for a controller."""

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from musicgen_desktop.session.controllers.learning import ControlMove, ControlsMoved
from musicgen_desktop.session.preferences import load_preferences
from musicgen_desktop.ui.bridges import LearnTarget
from musicgen_desktop.ui.settings import SettingsDialog


def press(bridges, value=127):
    bridges.player.controls_moved.emit(ControlsMoved((ControlMove("pads", 0x90, 9, 36, value),)))


def test_a_learned_action_is_kept_in_the_settings_and_works(window):
    bridges = window.services.bridges
    bridges.learning.learn(LearnTarget(action="transport.metronome"))
    is_shown = window.learn_popup.isVisible()
    press(bridges)
    press(bridges, 0)
    press(bridges)

    assert is_shown
    assert not window.learn_popup.isVisible()
    assert load_preferences().preferences.midi_actions == {"transport.metronome": "note 36 channel 10"}
    assert window.dialogs.preferences.midi_actions == {"transport.metronome": "note 36 channel 10"}
    assert bridges.player.metronome


def test_the_settings_say_how_and_where_midi_goes(window, monkeypatch):
    ways, uses = [], []
    bridges = window.services.bridges
    monkeypatch.setattr(bridges.player.midi_out, "set_ways", lambda *way: ways.append(way))
    monkeypatch.setattr(bridges.learning, "use", lambda *use: uses.append(use))
    wanted = {"midi_virtual": "tracks", "midi_offsets_ms": {"": 3.0}, "midi_takeover": "jump"}

    window.dialogs.apply(msgspec.structs.replace(window.services.preferences, **wanted))

    assert ways == [("tracks", {"": 3.0})]
    assert uses == [({}, (), "jump")]


def test_midi_and_controllers_opens_the_settings_there(window):
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SettingsDialog)
        seen.append(dialog.stack.currentWidget() is dialog.midi)
        dialog.reject()

    QTimer.singleShot(0, look)
    window.services.bridges.actions["file.midi_settings"].trigger()

    assert seen == [True]

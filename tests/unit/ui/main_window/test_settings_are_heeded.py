"""What is applied in the settings holds at once."""

from contextlib import contextmanager

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.ui.main_window import _latency
from musicgen_desktop.ui.main_window._latency import LatencyMeasurement
from musicgen_desktop.ui.settings import SettingsDialog


@contextmanager
def while_open(look):
    """Call `look` in the modal dialog that opens next, and close it whatever happened."""
    failures = []

    def in_it():
        try:
            look()
        except Exception as failure:  # noqa: BLE001 - a dialog that stays open would hang the test
            failures.append(failure)
        QApplication.activeModalWidget().reject()

    QTimer.singleShot(0, in_it)
    yield
    assert failures == []


def test_autosave_follows_the_settings(window):
    preferences = window.services.preferences

    window.dialogs.apply(msgspec.structs.replace(preferences, autosave_minutes=7))
    assert (window._autosave.isActive(), window._autosave.interval()) == (True, 7 * 60_000)

    window.dialogs.apply(msgspec.structs.replace(preferences, autosave_minutes=0))
    assert not window._autosave.isActive()


def test_the_rate_of_new_projects_follows_the_settings(window):
    window.dialogs.apply(msgspec.structs.replace(window.services.preferences, rate=96_000))

    assert window.services.desk.rate == 96_000


def test_the_exchange_folder_is_watched_as_the_settings_say(window, tmp_path):
    wanted = {"exchange_watched": True, "exchange_folder": str(tmp_path / "in")}

    window.dialogs.apply(msgspec.structs.replace(window.services.preferences, **wanted))
    assert window.bounces.folder == tmp_path / "in"

    window.dialogs.apply(window.services.preferences)
    assert window.bounces.folder is None


def test_exchange_folder_opens_the_settings_there(window):
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SettingsDialog)
        seen.append(dialog.stack.currentWidget() is dialog.files)

    with while_open(look):
        window.services.bridges.actions["file.exchange"].trigger()

    assert seen == [True]


class NothingCameBack:
    """In place of a measurement without a cable."""

    def __init__(self, speaker):
        pass

    def run(self, _report, _stop):
        raise MusicgenDesktopError("Nothing came back.")


def test_settings_that_are_opened_again_measure_with_the_same_hands(window, monkeypatch):
    monkeypatch.setattr(_latency, "MeasureDevice", NothingCameBack)
    queue, told = window.services.jobs._queue, []

    def measure():
        dialog = QApplication.activeModalWidget()
        monkeypatch.setattr(dialog.sound, "say_latency", lambda sentence, **_how: told.append(sentence))
        queue.held = True
        dialog.latency_requested.emit()
        queue.release()

    for _ in range(2):
        with while_open(measure):
            window.dialogs.settings()

    assert told == ["Nothing came back."] * 2
    assert len(window.dialogs.findChildren(LatencyMeasurement)) == 1

"""What is applied in the settings holds at once."""

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from musicgen_desktop.ui.settings import SettingsDialog


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
        dialog.reject()

    QTimer.singleShot(0, look)
    window.services.bridges.actions["file.exchange"].trigger()

    assert seen == [True]

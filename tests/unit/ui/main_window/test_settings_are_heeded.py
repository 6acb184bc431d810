"""What is applied in the settings holds at once."""

import msgspec


def test_autosave_follows_the_settings(window):
    preferences = window.services.preferences

    window.dialogs.apply(msgspec.structs.replace(preferences, autosave_minutes=7))
    assert (window._autosave.isActive(), window._autosave.interval()) == (True, 7 * 60_000)

    window.dialogs.apply(msgspec.structs.replace(preferences, autosave_minutes=0))
    assert not window._autosave.isActive()


def test_the_rate_of_new_projects_follows_the_settings(window):
    window.dialogs.apply(msgspec.structs.replace(window.services.preferences, rate=96_000))

    assert window.services.desk.rate == 96_000

"""The user's word that nothing may be downloaded."""

import pytest

from musicgen_desktop.foundation import (
    OFFLINE_VARIABLE,
    UserInputError,
    check_online,
    is_offline,
    load_settings,
    settings_path,
)


def write_settings(text):
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(text)


def test_by_default_what_is_asked_for_may_be_downloaded():
    assert not is_offline()
    check_online()


def test_settings_from_before_the_switch_are_read_as_ever():
    write_settings('soundfont = "a.sf2"\n')

    assert load_settings().soundfont == "a.sf2"
    assert not is_offline()


def test_the_settings_forbid_downloads_and_say_where_to_allow_them():
    write_settings("offline = true\n")

    assert is_offline()
    with pytest.raises(UserInputError, match=r"“Stay offline” .*settings\.toml"):
        check_online()


@pytest.mark.parametrize("word", ["1", "true", " YES "])
def test_the_environment_forbids_downloads_whatever_the_settings_say(monkeypatch, word):
    write_settings("offline = false\n")
    monkeypatch.setenv(OFFLINE_VARIABLE, word)

    assert is_offline()
    with pytest.raises(UserInputError, match="unset it"):
        check_online()


@pytest.mark.parametrize("word", ["0", "", "no"])
def test_the_environment_may_leave_it_to_the_settings(monkeypatch, word):
    monkeypatch.setenv(OFFLINE_VARIABLE, word)

    assert not is_offline()


def test_settings_that_cannot_be_read_allow_nothing():
    write_settings("offline = perhaps\n")

    with pytest.raises(UserInputError, match="cannot be read"):
        check_online()

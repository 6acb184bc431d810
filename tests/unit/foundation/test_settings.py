from pathlib import Path

import pytest

from musicgen_desktop.foundation import Settings, UserInputError, load_settings, settings_path


def write_settings(data):
    settings_path().parent.mkdir(parents=True)
    settings_path().write_bytes(data)


def test_without_a_file_everything_has_its_default():
    assert load_settings() == Settings()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_a_file_written_by_hand_is_read(mark):
    write_settings(mark + 'soundfont = "/music/Größe.sf2"\r\n'.encode())

    assert load_settings().soundfont_path == Path("/music/Größe.sf2")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"soundfont =", b"soundfont = 7", b'sound_font = "x"'])
def test_a_file_that_makes_no_sense_is_told(data):
    write_settings(data)

    with pytest.raises(UserInputError, match="mend or delete the file"):
        load_settings()

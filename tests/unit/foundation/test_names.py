import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import safe_file_name


@given(st.one_of(st.text(max_size=200), st.text(alphabet='abCON1 ./\\:*?"<>|.\x00\n', max_size=20)))
def test_any_text_becomes_a_name_that_every_system_takes(text):
    name = safe_file_name(text)

    assert 0 < len(name.encode()) <= 120
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
    assert name == name.strip(" .")
    assert name.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    name.encode()  # no lone surrogates


@given(st.text(max_size=80))
def test_a_safe_file_name_is_left_as_it_is(text):
    name = safe_file_name(text)

    assert safe_file_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Night Drive", "Night Drive"),
        ("AC/DC: live?", "AC DC live"),
        ("..", "untitled"),
        ("", "untitled"),
        ("con", "con_"),
        ("LPT1", "LPT1_"),
        ("nul.txt", "nul_.txt"),
        ("Zoe\u0308", unicodedata.normalize("NFC", "Zoe\u0308")),
        ("夜のドライブ", "夜のドライブ"),
        ("x" * 200, "x" * 120),
        ("x" * 200 + ".wav", "x" * 116 + ".wav"),
        ("猫" * 99 + ".wav", "猫" * 38 + ".wav"),
        ("Mr. Smith" + "x" * 200, "Mr. Smith" + "x" * 111),
        ("a b .wav", "a b.wav"),
        ("con.wav", "con_.wav"),
        (".wav", "wav"),
        ("caf\udce9", "caf"),
        ("../../etc/passwd", "etc passwd"),
    ],
)
def test_names_stay_readable(text, name):
    assert safe_file_name(text) == name

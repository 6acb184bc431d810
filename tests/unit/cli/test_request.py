import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import STEMS, request_from_values, request_values
from musicgen_desktop.session.controllers import bars_of, request_of, stems_of


def test_text_becomes_a_request():
    request = request_of(
        "late night",
        key="F# minor",
        meter="6/8",
        chords="F#m | D A | E",
        stems="melody, drums",
        tempo=92.5,
        bars=8,
        seed=3,
    )

    assert (str(request.key), str(request.meter), request.tempo_bpm, request.bars) == (
        "F# minor",
        "6/8",
        92.5,
        8,
    )
    assert [[str(chord) for chord in bar] for bar in request.chords] == [["F#m"], ["D", "A"], ["E"]]
    assert request.stems == ("drums", "melody")


def test_a_request_comes_back_from_its_json_values():
    request = request_of(
        "x", style="house", key="Bb", meter="7/8", chords="Bb7/D Ebmaj9", stems="bass", seconds=30, seed=-4
    )

    assert request_from_values(request_values(request)) == request


@pytest.mark.parametrize("text", ["drums bass", "bass,drums", "Drums; BASS", " drums,,bass ,drums"])
def test_stems_are_read_in_any_order_and_writing(text):
    assert stems_of(text) == ("drums", "bass")


@pytest.mark.parametrize(
    ("text", "bars"), [("5-8", (5, 8)), ("5", (5, 5)), (" 1 – 16 ", (1, 16)), ("2:3", (2, 3))]
)
def test_a_range_of_bars_is_read(text, bars):
    assert bars_of(text) == bars


@given(st.text(max_size=30))
def test_any_text_is_a_range_of_bars_or_refused(text):
    try:
        first, last = bars_of(text)
    except UserInputError:
        return

    assert 0 <= first <= 9_999
    assert 0 <= last <= 9_999


@given(
    st.text(max_size=40),
    st.text(max_size=20),
    st.text(max_size=20),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_any_text_is_a_request_or_refused_in_a_sentence(prompt, key, meter, chords, stems):
    told = ""
    try:
        stems_read = request_of(prompt, key=key, meter=meter, chords=chords, stems=stems).stems
    except UserInputError as error:
        told, stems_read = str(error), None

    assert set(stems_read) <= set(STEMS) if stems_read is not None else 0 < len(told) < 400

import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import (
    Remake,
    Request,
    check_remake,
    check_request,
    request_from_values,
    request_values,
)
from musicgen_desktop.music import Key, parse_progression_bars
from musicgen_desktop.timing import Meter


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"bars": 0}, "1 to 999"),
        ({"bars": 10_000}, "1 to 999"),
        ({"seconds": 0.5}, "1 to 3600"),
        ({"seconds": float("nan")}, "1 to 3600"),
        ({"tempo_bpm": -1.0}, "20 to 400"),
        ({"tempo_bpm": 5000.0}, "20 to 400"),
        ({"stems": ("melodie",)}, "melody"),
        ({"stems": ()}, "at least one"),
        ({"bars": 4, "seconds": 8.0}, "not both"),
        ({"chords": ()}, "chord list is empty"),
        ({"prompt": "x" * 2001}, "at most 2000"),
        ({"seed": 10**23}, "at most 18 digits"),
        ({"seed": -(10**19)}, "at most 18 digits"),
    ],
)
def test_an_impossible_request_is_refused_with_its_mend(fields, words):
    with pytest.raises(UserInputError, match=words):
        check_request(Request(**fields))


def test_a_request_survives_being_written_as_json_values():
    request = Request(
        prompt="lo-fi",
        style="lofi",
        bars=12,
        tempo_bpm=91.5,
        key=Key.parse("Bb minor"),
        meter=Meter(7, 8),
        chords=parse_progression_bars("Bbm7 Ab/C | F7b9"),
        stems=("drums", "bass"),
        seed=-3,
    )

    again = request_from_values(request_values(request))

    assert again == request


@pytest.mark.parametrize("values", [{"bars": "many"}, {"key": "H blubb"}, {"chords": 3}, {"seed": 1.5}])
def test_values_that_are_no_request_are_refused(values):
    with pytest.raises(UserInputError):
        request_from_values(values)


@pytest.mark.parametrize(
    ("stems", "first", "last", "words"),
    [
        (("arp",), 1, 2, "no stem “arp”"),
        (("bass",), 0, 2, "1 to 8"),
        (("bass",), 5, 4, "1 to 8"),
        (("bass",), 5, 9, "1 to 8"),
    ],
)
def test_a_remake_outside_the_song_is_refused(stems, first, last, words):
    with pytest.raises(UserInputError, match=words):
        check_remake(Remake(stems, first, last, 1), ("drums", "bass"), 8)

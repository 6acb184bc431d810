"""What `compose` says of what it heard."""

import pytest

from musicgen_desktop.cli import _compose
from musicgen_desktop.listening import GridMeasure
from musicgen_desktop.session.controllers.song_report import MixReport, SongReport, heard_key


def a_report(key="C major", heard="C major", *, agrees=True, tempo_error=0.0):
    return SongReport(
        title="Song",
        prompt="",
        engine="composer",
        model="",
        licence="",
        commercial_use=True,
        seed=1,
        style="House",
        tempo_bpm=120.0,
        key=key,
        meter="4/4",
        bars=8,
        length_s=16.0,
        chords=(),
        sections=(),
        stems=(),
        mix=MixReport("mix.wav", -14.0, -1.0),
        grid=GridMeasure(120.0, tempo_error, 1.0, 8, heard, agrees),
        understood=(),
        not_understood=(),
        request={},
        versions={},
        project="Song.mgproj",
        files=(),
        folder="song",
        elapsed_s=1.0,
    )


@pytest.mark.parametrize(
    ("key", "heard", "agrees", "words"),
    [
        ("F minor", "F minor", True, "key agrees: heard as F minor"),
        ("D dorian", "D minor", True, "key agrees: heard as D minor"),
        ("G dorian", "F major", True, "key agrees: heard as F major, which has the same notes"),
        ("A minor", "C major", True, "key agrees: heard as C major, which has the same notes"),
        ("C major", "G major", True, "key agrees: heard as G major, a fifth apart"),
        ("A minor", "G major", True, "key agrees: heard as G major, a near relative"),
        ("C major", "F# major", False, "key not clear: heard as F# major"),
        ("C major", None, None, ""),
    ],
)
def test_a_key_of_another_name_is_said_to_be_how_it_agrees(key, heard, agrees, words):
    assert heard_key(a_report(key, heard, agrees=agrees)) == words


def test_nothing_is_never_less_than_nothing(capsys):
    _compose._show_song(a_report(tempo_error=-0.003))

    assert (
        "measured: tempo +0.00 %, bar lines 1.0 ms, key agrees: heard as C major\n" in capsys.readouterr().out
    )

"""Sending on what comes in at an input, as far as it is told why that cannot be."""

import pytest

from musicgen_desktop.exchange.live_sync import _thru
from musicgen_desktop.exchange.live_sync._messages import SetThru
from tests.fakes.rtmidi_inputs import RtmidiInputs


@pytest.fixture
def told(monkeypatch):
    """Sentences of a wish for this input."""

    def sentences(wanted, *names, taken=()):
        module = RtmidiInputs(*names, taken=taken)
        monkeypatch.setattr(_thru, "rtmidi_module", lambda: module)
        monkeypatch.setattr(_thru, "midi_systems", lambda _module: [("Windows", module.API_WINDOWS_MM)])
        problems = []
        thru = _thru.Thru(None, problems.append)
        thru.set(SetThru(wanted, "out"))
        thru.close()
        return [problem.sentence for problem in problems]

    return sentences


def test_an_input_that_others_have_is_not_told_as_missing(told):
    (sentence,) = told("Keys", "Keys", "Pads", taken={"Keys"})

    assert sentence.startswith("The MIDI input “Keys” is there but does not open")
    assert "End the other program" in sentence


def test_an_input_that_is_missing_is_told_so(told):
    assert told("Organ", "Keys") == ["There is no MIDI input “Organ” to send on from."]
    assert told("Keys", "Keys") == []

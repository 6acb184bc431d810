"""What comes in at an input is sent on; nothing stays down, and why it cannot be is told."""

import pytest

from musicgen_desktop.exchange.live_sync import _thru
from musicgen_desktop.exchange.live_sync._messages import SetThru
from tests.fakes.rtmidi_inputs import RtmidiInputs


class Sender:
    """Does at once what it is handed."""

    def __init__(self):
        self.sent = []

    def post(self, work):
        work()

    def send(self, port, data):
        self.sent.append((port, data))


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


def test_keys_and_pedals_that_are_down_come_up_when_it_ends():
    sender = Sender()
    thru = _thru.Thru(sender, lambda _problem: None)
    thru._wish = SetThru("keys", "synth", 3)
    for data in ([0x90, 60, 90], [0x90, 62, 90], [0x80, 62, 0], [0xB1, 64, 127], [0xB1, 1, 5]):
        thru._on_message((data, 0.0))
    sender.sent.clear()

    thru.close()
    thru.close()

    assert sender.sent == [("synth", bytes((0x83, 60, 64))), ("synth", bytes((0xB3, 64, 0)))]

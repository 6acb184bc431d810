"""A real JACK server and a keyboard that is not ours: every key is heard, and none stays."""

import builtins
import json

import pytest

from musicgen_desktop.playback.live import (
    MidiPort,
    NoMidiError,
    NoSuchMidiPortError,
    find_midi_input,
    list_midi_inputs,
)

NOTES = 400
PORTS = [MidiPort("ALSA", "Piano 20:0"), MidiPort("ALSA", "Pads 24:0"), MidiPort("JACK", "Piano two")]


@pytest.mark.slow
def test_every_message_of_a_keyboard_arrives_in_order_and_sounds(stage):
    stage.keyboard.order(f"play {NOTES}")
    answer = stage.hearer.ask_until("report", lambda answer: len(answer["data"]) >= 2 * NOTES)

    sent = []
    for number in range(NOTES):
        sent.append(bytes((0x90, number % 128, 1 + number % 127)).hex())
        sent.append(bytes((0x80, number % 128, number % 128)).hex())
    assert "keys:out" in json.loads(stage.hearer.hello)
    assert answer["data"] == sent
    assert answer["at"] == sorted(answer["at"])
    assert answer["failed"] is None
    assert stage.hearer.ask_until("report", lambda answer: answer["notes"] == NOTES)["notes"] == NOTES
    assert answer["latency_ms"] > 0


@pytest.mark.slow
def test_a_keyboard_that_is_pulled_out_leaves_no_note(stage):
    stage.keyboard.order("hold 60 64 67")
    before = stage.hearer.ask_until("check", lambda answer: len(answer["data"]) >= 4)

    stage.keyboard.close()
    after = stage.hearer.ask_until("check", lambda answer: answer["lost"])
    silent = stage.hearer.ask_until("report", lambda answer: not answer["sounding"])

    assert before["lost"] is None
    assert before["data"] == ["903c64", "904064", "904364", "b0407f"]
    assert after["lost"] == "The MIDI input “keys:out” is gone. Plug it in again and choose it anew."
    assert after["data"][4:] == ["803c40", "804040", "804340", "b04000"]
    assert not after["open"]
    assert not silent["sounding"]


@pytest.mark.slow
def test_a_server_that_is_killed_is_noticed_and_leaves_no_note(stage):
    stage.keyboard.order("hold 60")
    stage.hearer.ask_until("report", lambda answer: len(answer["data"]) >= 2)

    stage.server.kill()
    after = stage.hearer.ask_until("check", lambda answer: answer["lost"])

    assert after["lost"]
    assert not stage.hearer.ask_until("report", lambda answer: not answer["sounding"])["sounding"]


@pytest.mark.slow
def test_closing_lets_all_keys_go(stage):
    stage.keyboard.order("hold 48 52")
    stage.hearer.ask_until("report", lambda answer: len(answer["data"]) >= 3)

    answer = stage.hearer.ask("close")

    assert answer["data"][3:] == ["803040", "803440", "b04000"]
    assert not answer["sounding"]
    assert not answer["open"]


def test_an_input_is_found_by_its_name_or_by_a_part_that_only_it_has():
    assert find_midi_input("Pads 24:0", PORTS).name == "Pads 24:0"
    assert find_midi_input("pads", PORTS).name == "Pads 24:0"
    assert find_midi_input(None, PORTS).name == "Piano 20:0"


@pytest.mark.parametrize(
    ("wanted", "ports", "sentence"),
    [
        ("organ", PORTS, "“organ”. There are: “Piano 20:0”, “Pads 24:0”, “Piano two”."),
        ("piano", PORTS, "“piano”. There are: “Piano 20:0”, “Piano two”."),
        ("organ", [], "There is no MIDI input “organ”. There are: none at all."),
    ],
)
def test_an_input_that_is_not_there_or_not_one_is_told_with_those_that_are(wanted, ports, sentence):
    with pytest.raises(NoSuchMidiPortError) as raised:
        find_midi_input(wanted, ports)

    assert sentence in str(raised.value)


def test_without_the_library_one_sentence_says_so(monkeypatch):
    real_import = builtins.__import__

    def without_rtmidi(name, *arguments, **options):
        if name == "rtmidi":
            raise ImportError(name)
        return real_import(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_rtmidi)

    with pytest.raises(NoMidiError, match="MIDI files work all the same"):
        list_midi_inputs()


def test_a_system_that_does_not_answer_has_no_inputs():
    pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")

    assert isinstance(list_midi_inputs(), tuple)

"""Live MIDI from the command line, on a machine with or without MIDI."""

import json

import pytest

from musicgen_desktop.foundation import MidiPort
from musicgen_desktop.session.controllers import live_midi


@pytest.mark.parametrize("words", [(), ("ports",), ("send",), ("latency",)])
def test_help_is_no_error(run, words):
    ran = run("midi", *words, "--help")

    assert (ran.status, ran.err) == (0, "")
    assert "Usage" in ran.out


def test_without_a_word_it_tells_what_there_is(run):
    ran = run("midi")

    assert ran.status == 0
    assert "latency" in ran.out


def test_ports_are_listed_as_one_object(run):
    pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")

    ran = run("midi", "ports", "--json")

    told = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert {"inputs", "outputs", "can_offer"} <= set(told)


@pytest.mark.parametrize(("outputs", "is_hinted"), [((), True), ((MidiPort("ALSA", "Synth"),), False)])
def test_who_has_no_output_is_told_how_to_offer_one(run, monkeypatch, outputs, is_hinted):
    ports = live_midi.MidiPorts((), outputs, can_offer=True)
    monkeypatch.setattr(live_midi, "list_midi_ports", lambda: ports)

    ran = run("midi", "ports")

    assert ("--virtual NAME" in ran.out) is is_hinted
    assert ("No MIDI output was found." in ran.out) is is_hinted


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--port", "a", "--virtual", "b"),
            "Send either to a port that exists or to one of our own, not to both.",
        ),
        (("--track", "nobody"), "nobody"),
        (("--from-bar", 3, "--to-bar", 2), "The song has 2 bars, so bar 3 is behind its end"),
        (("--offset", 900), "--offset"),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence(run, project_folder, words, sentence):
    ran = run("midi", "send", project_folder, *words)

    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_port_that_is_not_there_cannot_be_measured(run):
    pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")

    ran = run("midi", "latency", "--port", "nowhere at all", "--input", "nowhere")

    assert ran.status == 2
    assert "There is no MIDI output “nowhere at all”" in ran.err

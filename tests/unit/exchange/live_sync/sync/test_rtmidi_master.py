"""Inputs of the system that are followed."""

import pytest

from musicgen_desktop.exchange.live_sync.sync import FollowWish, SyncError
from musicgen_desktop.exchange.live_sync.sync import _midi_master as master


class Module:
    """A MIDI library with one input, “Clock”; counts the clients that are open."""

    API_UNIX_JACK = 1

    class RtMidiError(Exception):
        pass

    def __init__(self):
        self.clients = 0

    def MidiIn(self, _api, name):  # noqa: N802 - the library's own word
        self.clients += 1
        return Client(self, name)


class Client:
    def __init__(self, module, name):
        self.module, self.name = module, name

    def get_ports(self):
        return ["Clock"]

    def ignore_types(self, **_):
        pass

    set_callback = open_port = ignore_types

    def cancel_callback(self):
        pass

    def close_port(self):
        pass

    def delete(self):
        self.module.clients -= 1


@pytest.fixture
def module(monkeypatch):
    made = Module()
    monkeypatch.setattr(master, "rtmidi_module", lambda: made)
    monkeypatch.setattr(master, "midi_api_of", lambda _module, _system: 1)
    return made


def test_an_input_that_is_not_there_leaves_no_client_behind(module):
    with pytest.raises(SyncError):
        master.RtMidiMaster(FollowWish("clock", port="Another"), "ALSA")

    assert module.clients == 0


def test_looking_for_an_input_leaves_no_client_behind(module):
    assert master._has(module, "ALSA", "clock")
    assert module.clients == 0

"""Which sentence tells that a MIDI input cannot be followed."""

import pytest

from musicgen_desktop.exchange.live_sync.sync import FollowWish, SyncError, _midi_master
from musicgen_desktop.foundation import WINDOWS
from tests.fakes.rtmidi_inputs import RtmidiInputs


@pytest.fixture
def follow(monkeypatch):
    """Follow the clock of an input."""

    def master(port, *names, taken=()):
        module = RtmidiInputs(*names, taken=taken)
        monkeypatch.setattr(_midi_master, "rtmidi_module", lambda: module)
        monkeypatch.setattr(_midi_master, "midi_systems", lambda _module: [(WINDOWS, module.API_WINDOWS_MM)])
        return _midi_master.midi_master(FollowWish("clock", port))

    return master


@pytest.mark.parametrize("wanted", ["Drum box", "drum"])
def test_an_input_that_others_have_is_not_told_as_missing(follow, wanted):
    with pytest.raises(SyncError) as failure:
        follow(wanted, "Drum box", "Pads", taken={"Drum box"})

    assert str(failure.value).startswith("The MIDI input “Drum box” is there but does not open")
    assert "Settings ▸ MIDI" in str(failure.value)


def test_an_input_that_is_missing_is_told_with_those_that_there_are(follow):
    with pytest.raises(SyncError, match=r"There is no MIDI input “Drum box” to follow. There are: “Pads”"):
        follow("Drum box", "Pads")

    follow("Pads", "Pads").close()

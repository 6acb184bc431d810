"""Which MIDI ports there are."""

import msgspec

from musicgen_desktop.exchange.live_sync import are_virtual_ports_possible, list_midi_outputs
from musicgen_desktop.foundation import MidiPort
from musicgen_desktop.playback.live import list_midi_inputs

WINDOWS_HINT = (
    "Windows gives programs no MIDI ports of their own: make one with loopMIDI or the Windows MIDI Services."
)


class MidiPorts(msgspec.Struct, frozen=True):
    """The ports of all systems that answer, our own left out.

    Attributes:
        inputs: that we can listen to.
        outputs: that we can send to.
        can_offer: whether ports of our own can be offered here.
        hint: how to come by ports where there are none; empty when there is nothing to say.
    """

    inputs: tuple[MidiPort, ...]
    outputs: tuple[MidiPort, ...]
    can_offer: bool
    hint: str = ""


def list_midi_ports() -> MidiPorts:
    """All MIDI inputs and outputs. JACK lets its clients wait meanwhile: not to be asked every second.

    Raises:
        NoMidiError: when the library for live MIDI is not installed.
    """
    inputs, outputs = list_midi_inputs(), list_midi_outputs()
    can_offer = are_virtual_ports_possible()
    return MidiPorts(inputs, outputs, can_offer, "" if can_offer else WINDOWS_HINT)

"""Which MIDI ports there are, by name, for a list to choose from."""

import msgspec

from musicgen_desktop.session.controllers.playing import list_sound_devices


class MidiPortNames(msgspec.Struct, frozen=True):
    """Names of ports, our own left out."""

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


def list_midi_names() -> MidiPortNames:
    """All that answer now.

    Raises:
        MusicgenDesktopError: when the system does not answer.
    """
    return MidiPortNames(list_sound_devices().midi_inputs)

"""What of a project lives outside this program: controllers that move it, and ports that its notes go to."""

from typing import Literal

import msgspec

ControllerKind = Literal["control", "note"]
ControllerMode = Literal["absolute", "toggle", "relative_twos", "relative_offset", "relative_sign"]


class MidiController(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A knob, a fader, a button or a pad of a MIDI controller.

    Attributes:
        channel: 0 … 15.
        number: 0 … 127, of the control change or of the key.
        kind: whether it sends control changes or notes.
    """

    channel: int
    number: int
    kind: ControllerKind = "control"


class MidiBinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A controller that moves a parameter.

    Attributes:
        id: of the binding.
        controller: what the hand moves.
        track_id: whose parameter. The track, or what of it is moved, may be gone: undo may bring it back.
        target: as in `Automation.target`; “soloed”, “armed” and “insert:<id>:bypassed” too.
        mode: “absolute” follows the controller's place; “toggle” turns a switch over with each press. The
            others are endless knobs that send steps: as two's complement, around 64, or with a sign bit.
    """

    id: str
    controller: MidiController
    track_id: str
    target: str
    mode: ControllerMode = "absolute"


class MidiOutput(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a track's notes go besides its own instrument.

    Attributes:
        port: the name of an output port; empty for the one that this program offers to others.
        channel: 0 … 15; None leaves it to the program, which gives each track one of its own.
    """

    port: str = ""
    channel: int | None = None

"""What a move of a controller means: parameters follow it without a jump."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from musicgen_desktop.document import ControllerMode, MidiBinding, MidiController, Project
from musicgen_desktop.session.commands import Edit

from ._parameters import Parameter, find_parameter, text_of_value

Takeover = Literal["pickup", "jump"]

_MOST = 127
_REACH = 2.0 / _MOST
"""So near to where the parameter stands a controller picks it up."""
_SAME = 0.6 / _MOST
"""Values that are written with fewer digits come back so far from where the hand is."""
_PRESSED = 64
_FEW_STEPS = 4
"""More are not turned within one message by a hand that tries a knob out."""


class Touched(msgspec.Struct, frozen=True):
    """A parameter that follows its controller: what it is called, and where it stands now."""

    binding: MidiBinding
    label: str
    text: str


class Waiting(msgspec.Struct, frozen=True):
    """A controller that has to come to where its parameter stands: up, or down."""

    binding: MidiBinding
    label: str
    is_up: bool


class Endless(msgspec.Struct, frozen=True):
    """A knob that sends steps, though it is taken for one that sends its place; `mode` would be right."""

    binding: MidiBinding
    label: str
    mode: ControllerMode


class Moved(msgspec.Struct, frozen=True):
    """What moves of controllers made of the project.

    Attributes:
        edit: what is to be made; None when nothing moved.
        touched: what moved, each once.
        waiting: what has to be picked up first.
        endless: what is bound in a way that cannot be meant.
    """

    edit: Edit | None
    touched: tuple[Touched, ...]
    waiting: tuple[Waiting, ...]
    endless: tuple[Endless, ...] = ()


class _Hand:
    """What is known of a binding's controller: its last value, and where it left the parameter."""

    def __init__(self) -> None:
        self.at: int | None = None
        self.share: float | None = None
        """Of the parameter's way, as it was set last, unrounded."""
        self.set_to = 0.0


class ControlSurface:
    """All controllers that are bound to parameters.

    Args:
        takeover: “pickup” lets a fader of the controller move a parameter only once it has come to where the
            parameter stands; “jump” at once.
    """

    def __init__(self, takeover: Takeover = "pickup") -> None:
        self.takeover = takeover
        self._hands: dict[str, _Hand] = {}

    def forget(self) -> None:
        """Another project is open: nothing is picked up."""
        self._hands.clear()

    def see(self, binding: MidiBinding, value: int) -> None:
        """Know where a controller stands, 0 … 127, without moving anything: it was learned by this move."""
        self._hands.setdefault(binding.id, _Hand()).at = button_value(binding.controller, value)

    def move(
        self, project: Project, bindings: Sequence[MidiBinding], moves: Sequence[tuple[MidiController, int]]
    ) -> Moved:
        """What these moves mean, in order.

        Args:
            project: as it is.
            bindings: what moves what.
            moves: controllers and their values, 0 … 127; a key that is let go has 0.
        """
        edits: list[Edit] = []
        touched: dict[str, Touched] = {}
        waiting: dict[str, Waiting] = {}
        endless: dict[str, Endless] = {}
        for controller, value in _thinned(moves, bindings):
            for binding in bindings:
                parameter = (
                    find_parameter(project, binding.track_id, binding.target)
                    if binding.controller == controller
                    else None
                )
                if parameter is None:
                    continue
                hand = self._hands.setdefault(binding.id, _Hand())
                mode = seems_endless(hand.at, value)
                if mode is not None and binding.mode == "absolute" and not parameter.places:
                    endless[binding.id] = Endless(binding, parameter.label, mode)
                share = self._share(hand, binding, parameter, value)
                if share is not None:
                    waiting.pop(binding.id, None)
                    wanted = parameter.value_at(share)
                    hand.share, hand.set_to = share, parameter.share_of(wanted)
                    if wanted != parameter.value:
                        edits.append(parameter.moved_to(wanted))
                        project = edits[-1].project
                    text = text_of_value(
                        find_parameter(project, binding.track_id, binding.target), binding.target
                    )
                    touched[binding.id] = Touched(binding, parameter.label, text)
                elif binding.mode == "absolute":
                    is_up = parameter.share > value / _MOST
                    waiting[binding.id] = Waiting(binding, parameter.label, is_up)
        labels = {edit.label for edit in edits}
        label = labels.pop() if len(labels) == 1 else "Move controllers"
        edit = Edit(label, project) if edits else None
        return Moved(edit, tuple(touched.values()), tuple(waiting.values()), tuple(endless.values()))

    def _share(self, hand: _Hand, binding: MidiBinding, parameter: Parameter, value: int) -> float | None:
        """Where the parameter goes; None when it stays."""
        value = button_value(binding.controller, value)
        before, hand.at = hand.at, value
        if binding.mode == "toggle":
            return _next_place(parameter) if is_press(before, value) else None
        if binding.mode != "absolute":
            return _stepped(hand, parameter, steps_of(binding.mode, value))
        share = value / _MOST
        if parameter.places or self.takeover == "jump" or _holds(hand, parameter):
            return share
        near = abs(share - parameter.share) <= _REACH
        passed = before is not None and (before / _MOST - parameter.share) * (share - parameter.share) <= 0.0
        return share if near or passed else None


def button_value(controller: MidiController, value: int) -> int:
    """A pad that is struck is a button that is pressed, however softly."""
    if controller.kind == "note":
        return _MOST if value else 0
    return value


def is_press(before: int | None, value: int) -> bool:
    """Whether a button was pressed now: its value came up, or is the highest once more.

    Args:
        before: its last value; None for the first one.
        value: 0 … 127.
    """
    return value >= _PRESSED and (before is None or before < _PRESSED or before == value == _MOST)


def seems_endless(before: int | None, value: int) -> ControllerMode | None:
    """How a knob sends steps, when two values in a row are steps to the left and to the right.

    No fader gets from one end to the other within one message.
    """
    if before is None:
        return None
    low, high = sorted((before, value))
    if not 1 <= low <= _FEW_STEPS:
        return None
    if high > _MOST - _FEW_STEPS:
        return "relative_twos"
    return "relative_sign" if 1 <= high - _PRESSED <= _FEW_STEPS else None


def _thinned(
    moves: Sequence[tuple[MidiController, int]], bindings: Sequence[MidiBinding]
) -> list[tuple[MidiController, int]]:
    """The moves without those that the next one of the same knob makes worth nothing."""
    counted = {each.controller for each in bindings if each.mode != "absolute"}
    last = {controller: at for at, (controller, _) in enumerate(moves)}
    # The first one tells from where the knob came: it may have passed the place where it takes over.
    first = {controller: at for at, (controller, _) in reversed(tuple(enumerate(moves)))}
    return [
        (controller, value)
        for at, (controller, value) in enumerate(moves)
        if controller in counted or at in (first[controller], last[controller])
    ]


def steps_of(mode: ControllerMode, value: int) -> int:
    """How far an endless knob was turned: its message as steps, more than 0 to the right."""
    if mode == "relative_twos":
        return value if value < _PRESSED else value - 128
    if mode == "relative_offset":
        return value - _PRESSED
    return value if value < _PRESSED else _PRESSED - value


def _holds(hand: _Hand, parameter: Parameter) -> bool:
    """Whether the parameter still stands where this controller left it."""
    return hand.share is not None and abs(parameter.share - hand.set_to) <= _SAME


def _next_place(parameter: Parameter) -> float:
    """A switch turned over, or the next of some choices."""
    last = max(parameter.places - 1, 1)
    return ((round(parameter.share * last) + 1) % (last + 1)) / last


def _stepped(hand: _Hand, parameter: Parameter, steps: int) -> float | None:
    if steps == 0:
        return None
    # Where rounding swallows small steps, the unrounded place counts on.
    begin = hand.share if hand.share is not None and _holds(hand, parameter) else parameter.share
    return min(1.0, max(0.0, begin + steps / _MOST))

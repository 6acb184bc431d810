"""Which controllers were learned, without a window."""

from pathlib import Path

import msgspec

from musicgen_desktop.session.preferences import load_preferences
from musicgen_desktop.storage import open_project

from ._controllers import text_of_controller
from ._parameters import find_parameter


class LearnedController(msgspec.Struct, frozen=True):
    """One that moves something.

    Attributes:
        controller: such as “CC 7 channel 1”.
        moves: “Drums: Gain”, or the id of an action, such as “transport.play”.
        mode: what it sends: “absolute”, “toggle”, or steps as `MidiBinding.mode` names them.
        kept_in: “settings” or “project”.
    """

    controller: str
    moves: str
    mode: str
    kept_in: str


def list_controllers(project: Path | None = None) -> tuple[LearnedController, ...]:
    """Those that the settings keep, then those of a project.

    Args:
        project: its folder; None is the settings alone.

    Raises:
        UserInputError: when that is no project, or a damaged one.
    """
    found = [
        LearnedController(controller, action, "toggle", "settings")
        for action, controller in load_preferences().preferences.midi_actions.items()
    ]
    if project is not None:
        song = open_project(project).project
        for binding in song.midi_bindings:
            parameter = find_parameter(song, binding.track_id, binding.target)
            if parameter is not None:
                text = text_of_controller(binding.controller)
                found.append(LearnedController(text, parameter.label, binding.mode, "project"))
    return tuple(found)

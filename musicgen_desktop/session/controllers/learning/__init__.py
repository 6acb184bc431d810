"""MIDI learn: which controllers move what, and what a move of one means for the project."""

from musicgen_desktop.playback.host import ControlMove, ControlsMoved, ListenToMidi, MidiInputsOpened

from ._controllers import controller_of, read_controller, status_of, text_of_controller
from ._listing import LearnedController, list_controllers
from ._parameters import Parameter, find_parameter, text_of_value
from ._surface import ControlSurface, Endless, Moved, Takeover, Touched, Waiting, button_value, is_press

__all__ = [
    "ControlMove",
    "ControlSurface",
    "ControlsMoved",
    "Endless",
    "LearnedController",
    "ListenToMidi",
    "MidiInputsOpened",
    "Moved",
    "Parameter",
    "Takeover",
    "Touched",
    "Waiting",
    "button_value",
    "controller_of",
    "find_parameter",
    "is_press",
    "list_controllers",
    "read_controller",
    "status_of",
    "text_of_controller",
    "text_of_value",
]

"""Controllers in words."""

import pytest

from musicgen_desktop.document import MidiController
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.learning import (
    ControlMove,
    controller_of,
    read_controller,
    status_of,
    text_of_controller,
)


@pytest.mark.parametrize("controller", [MidiController(0, 7), MidiController(15, 127, "note")], ids=str)
def test_what_is_written_can_be_read(controller):
    assert read_controller(text_of_controller(controller)) == controller


@pytest.mark.parametrize(
    "text", ["", "7", "CC 128 channel 1", "CC 7 channel 17", "CC 7 channel 0", "x 1 channel 1"]
)
def test_what_is_no_controller_is_told(text):
    with pytest.raises(UserInputError, match="no controller"):
        read_controller(text)


@pytest.mark.parametrize("kind", [0xB0, 0x90])
def test_a_message_names_its_controller(kind):
    controller = controller_of(ControlMove("keys", kind, 3, 40, 99))

    assert status_of(controller) == (kind, 3, 40)

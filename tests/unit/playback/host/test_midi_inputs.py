"""One opening of each MIDI input, for keys that sound and for controllers that are told."""

import pytest

from musicgen_desktop.playback.board import BoardReading
from musicgen_desktop.playback.host._commands import ListenToMidi, SetLive
from musicgen_desktop.playback.host._events import ControlMove, MidiInputsOpened, Problem
from musicgen_desktop.playback.host._midi_inputs import MidiInputs
from musicgen_desktop.playback.host._wishes import Wishes
from musicgen_desktop.playback.live import MidiPortLostError, NoSuchMidiPortError
from tests.fakes.midi_keyboards import Keyboards


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keyboards():
    return Keyboards("keys", "knobs")


@pytest.fixture
def inputs(keyboards, clock):
    made = MidiInputs(
        clock, there=keyboards.there, there_quietly=keyboards.there, open_input=keyboards.open_input
    )
    yield made
    made.close()
    assert not keyboards.opened


def bytes_of(heard):
    return [event.data for event in heard]


def test_controllers_and_keys_of_all_inputs_are_told(inputs, keyboards):
    told = inputs.listen(ListenToMidi(is_on=True))

    keyboards.send("knobs", 0xB2, 7, 100)
    keyboards.send("keys", 0x90, 60, 90)
    keyboards.send("keys", 0x80, 60, 64)
    keyboards.send("keys", 0xE0, 0, 64)

    assert told.names == ("keys", "knobs")
    assert inputs.moved().moves == (
        ControlMove("knobs", 0xB0, 2, 7, 100),
        ControlMove("keys", 0x90, 0, 60, 90),
        ControlMove("keys", 0x90, 0, 60, 0),
    )
    assert inputs.moved() is None


def test_only_chosen_inputs_are_open(inputs, keyboards):
    inputs.listen(ListenToMidi(is_on=True, inputs=("knobs",)))
    chosen = set(keyboards.opened)
    inputs.listen(ListenToMidi())

    assert chosen == {"knobs"}
    assert not keyboards.opened


def test_an_input_that_does_not_open_is_told_and_the_others_are_heard(inputs, keyboards):
    keyboards.broken.add("keys")

    told = inputs.listen(ListenToMidi(is_on=True))

    assert told.names == ("knobs",)
    assert "“keys”" in told.problem


def test_keys_sound_and_are_told_through_one_opening(inputs, keyboards):
    heard = []
    inputs.listen(ListenToMidi(is_on=True))

    names = inputs.play("", heard.append)
    keyboards.send("knobs", 0x90, 60, 90)

    assert names == ("keys", "knobs")
    assert bytes_of(heard) == [bytes((0x90, 60, 90))]
    assert len(inputs.moved().moves) == 1


def test_where_nothing_was_said_of_inputs_the_first_keyboard_sounds(inputs, keyboards):
    heard = []

    assert inputs.play("", heard.append) == ("keys",)
    assert set(keyboards.opened) == {"keys"}


def test_what_moves_something_in_the_window_is_neither_heard_nor_recorded(inputs, keyboards):
    heard = []
    inputs.listen(ListenToMidi(is_on=True, reserved=((0xB0, 0, 7), (0x90, 9, 36))))
    inputs.play("keys", heard.append)

    for data in ((0xB0, 7, 1), (0x99, 36, 90), (0x89, 36, 0), (0xB0, 1, 5), (0x90, 36, 90)):
        keyboards.send("keys", *data)

    assert bytes_of(heard) == [bytes((0xB0, 1, 5)), bytes((0x90, 36, 90))]
    assert len(inputs.moved().moves) == 5


def test_a_key_that_is_reserved_while_it_sounds_does_not_stay(inputs, keyboards):
    heard = []
    inputs.play("keys", heard.append)
    keyboards.send("keys", 0x90, 36, 90)

    inputs.listen(ListenToMidi(is_on=True, reserved=((0x90, 0, 36),)))
    keyboards.send("keys", 0x80, 36, 0)

    assert bytes_of(heard) == [bytes((0x90, 36, 90)), bytes((0x80, 36, 64))]


def test_at_rest_keys_come_up_and_inputs_that_nobody_wants_close(inputs, keyboards):
    heard = []
    inputs.play("keys", heard.append)
    keyboards.send("keys", 0x90, 60, 90)

    inputs.rest()

    assert bytes_of(heard)[-1] == bytes((0x80, 60, 64))
    assert not keyboards.opened


def test_a_keyboard_that_is_not_there_is_told_by_name(inputs):
    with pytest.raises(NoSuchMidiPortError, match="organ"):
        inputs.play("organ", print)


def test_a_keyboard_that_is_pulled_out_is_told_once_and_found_again(inputs, keyboards, clock):
    inputs.listen(ListenToMidi(is_on=True))
    keyboards.names.remove("knobs")
    clock.now = 3.0
    lost = inputs.look_around()
    clock.now = 5.5
    still = inputs.look_around()
    keyboards.names.append("knobs")
    clock.now = 10.0
    found = inputs.look_around()
    again = inputs.look_around()

    gone = "The MIDI input “knobs” is gone; it is used again as soon as it is back."
    assert lost == [MidiInputsOpened(("keys",), gone), Problem(gone)]
    assert still == again == []
    assert found == [MidiInputsOpened(("keys", "knobs"))]


def test_keyboards_that_go_together_are_all_told(inputs, keyboards, clock):
    inputs.listen(ListenToMidi(is_on=True))
    keyboards.names.clear()
    clock.now = 3.0

    told, problem = inputs.look_around()

    assert told.names == ()
    assert "“keys”" in problem.sentence
    assert "“knobs”" in problem.sentence


def test_keys_of_all_inputs_sound_again_when_one_is_back_and_it_is_told_that_it_went(
    inputs, keyboards, clock
):
    heard = []
    inputs.listen(ListenToMidi())
    inputs.play("", heard.append)
    keyboards.names.remove("keys")
    clock.now = 3.0
    _, problem = inputs.look_around()
    keyboards.names.append("keys")
    clock.now = 6.0
    inputs.look_around()
    keyboards.send("keys", 0xB0, 1, 5)

    assert problem.sentence.endswith("it is used again as soon as it is back.")
    assert bytes_of(heard) == [bytes((0xB0, 1, 5))]


def test_a_keyboard_that_was_asked_for_by_name_is_to_be_chosen_anew(inputs, keyboards, clock):
    inputs.play("keys", print)
    keyboards.names.remove("keys")
    clock.now = 3.0

    with pytest.raises(MidiPortLostError, match="choose it anew"):
        inputs.look_around()


def test_what_is_reserved_changes_without_another_search(keyboards, clock):
    searched = []

    def there():
        searched.append(1)
        return keyboards.there()

    inputs = MidiInputs(clock, there=there, open_input=keyboards.open_input)
    inputs.listen(ListenToMidi(is_on=True))
    told = inputs.listen(ListenToMidi(is_on=True, reserved=((0xB0, 0, 7),)))
    once = len(searched)
    inputs.listen(ListenToMidi(is_on=True, reserved=((0xB0, 0, 7),)))
    inputs.close()

    assert told.names == ("keys", "knobs")
    assert (once, len(searched)) == (1, 2)


def test_chosen_keyboards_sound_also_while_no_controller_is_told(inputs, keyboards, clock):
    heard = []
    inputs.listen(ListenToMidi(inputs=("knobs", "pads")))
    one = inputs.play("", heard.append)
    keyboards.names.append("pads")
    clock.now = 5.0
    told = inputs.look_around()
    keyboards.send("pads", 0x99, 36, 90)
    inputs.rest()

    assert one == ("knobs",)
    assert told == []
    assert bytes_of(heard) == [bytes((0x99, 36, 90)), bytes((0x89, 36, 64))]
    assert inputs.moved() is None
    assert not keyboards.opened


def test_a_keyboard_that_another_program_has_keeps_no_other_one_from_sounding(inputs, keyboards):
    keyboards.broken.add("keys")
    inputs.listen(ListenToMidi())

    names = inputs.play("", print)
    inputs.rest()
    keyboards.broken.add("knobs")

    assert names == ("knobs",)
    with pytest.raises(NoSuchMidiPortError):
        inputs.play("", print)


def test_none_of_the_chosen_keyboards_being_there_is_told(inputs):
    inputs.listen(ListenToMidi(inputs=("organ",)))

    with pytest.raises(NoSuchMidiPortError):
        inputs.play("", print)


def test_another_process_is_told_of_the_inputs_before_tracks_are_live():
    wishes = Wishes()
    wishes.note(SetLive(""))
    wishes.note(ListenToMidi(inputs=("knobs",)))

    again = wishes.again(None, BoardReading(), died=True)

    assert again == [ListenToMidi(inputs=("knobs",)), SetLive("")]


def test_of_very_many_inputs_the_first_are_heard_unless_others_are_chosen(inputs, keyboards):
    keyboards.names[:] = [f"port {number}" for number in range(40)]

    told = inputs.listen(ListenToMidi(is_on=True))
    first = len(keyboards.opened)
    chosen = inputs.listen(ListenToMidi(is_on=True, inputs=("port 39",)))

    assert (len(told.names), first) == (8, 8)
    assert "Choose others in Settings" in told.problem
    assert (chosen.names, chosen.problem) == (("port 39",), "")


def test_jack_is_not_made_to_wait_by_looking_for_more_inputs(clock):
    keyboards, searched = Keyboards("knobs", system="JACK"), []

    def there():
        searched.append(1)
        return keyboards.there()

    inputs = MidiInputs(clock, there=there, there_quietly=lambda: (), open_input=keyboards.open_input)
    inputs.listen(ListenToMidi(is_on=True))
    keyboards.names.append("pads")
    clock.now = 5.0
    (found,) = inputs.look_around()
    inputs.close()

    assert found.names == ("knobs", "pads")
    assert len(searched) == 1

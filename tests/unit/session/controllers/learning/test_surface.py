"""Parameters follow controllers, without a jump."""

import pytest

from musicgen_desktop.document import Insert, MidiBinding, MidiController, Project, Send, Track
from musicgen_desktop.session.commands import (
    learn_controller,
    learnable_targets,
    set_controller_mode,
    set_gain,
)
from musicgen_desktop.session.controllers.learning import ControlSurface, find_parameter

FADER, PAD = MidiController(0, 7), MidiController(9, 36, "note")


@pytest.fixture
def song():
    reverb = Track("reverb", "Reverb", "bus")
    keys = Track(
        "keys",
        "Keys",
        "notes",
        gain_db=0.0,
        inserts=(Insert("eq", "equalizer"), Insert("drive", "distortion"), Insert("echo", "delay")),
        sends=(Send("wet", "reverb", -12.0),),
    )
    return Project.new("Song").with_track(keys).with_track(reverb)


class Desk:
    """A project that controllers move, as the window has it."""

    def __init__(self, project, takeover="pickup"):
        self.project = project
        self.surface = ControlSurface(takeover)
        self.last = None

    def learn(self, target, controller=FADER, mode=None):
        self.project = learn_controller(self.project, "keys", target, controller).project
        if mode is not None:
            (binding,) = self.project.midi_bindings
            self.project = set_controller_mode(self.project, binding.id, mode).project
        return self

    def turn(self, *values, controller=FADER):
        moves = [(controller, value) for value in values]
        self.last = self.surface.move(self.project, self.project.midi_bindings, moves)
        if self.last.edit is not None:
            self.project = self.last.edit.project
        return self

    @property
    def keys(self):
        return self.project.track("keys")


def test_a_fader_moves_nothing_until_it_comes_to_where_the_parameter_stands(song):
    desk = Desk(song).learn("gain_db")

    desk.turn(10)
    below = (desk.keys.gain_db, desk.last.waiting[0].is_up, desk.last.waiting[0].label)
    desk.turn(127)
    across = desk.keys.gain_db
    desk.turn(10)

    assert below == (0.0, True, "Keys: Gain")
    assert across == 6.0
    assert desk.keys.gain_db < -20.0
    assert desk.last.touched[0].text == f"−{abs(desk.keys.gain_db):.1f} dB"


def test_near_where_it_stands_a_fader_takes_over_at_once(song):
    desk = Desk(song).learn("gain_db").turn(94)

    assert desk.keys.gain_db == pytest.approx(-0.4, abs=0.3)
    assert not desk.last.waiting


def test_a_parameter_that_the_mouse_moved_has_to_be_picked_up_again(song):
    desk = Desk(song).learn("gain_db").turn(95).turn(90)
    desk.project = set_gain(desk.project, "keys", 5.0).project

    desk.turn(91)

    assert desk.keys.gain_db == 5.0
    assert desk.last.edit is None


def test_rounded_values_do_not_lose_the_hand(song):
    desk = Desk(song).learn("gain_db").turn(95)

    for value in range(94, -1, -1):
        desk.turn(value)
        assert desk.last.touched, value

    assert desk.keys.gain_db == -144.0


def test_with_jump_the_parameter_goes_where_the_fader_is(song):
    desk = Desk(song, "jump").learn("gain_db").turn(127)

    assert desk.keys.gain_db == 6.0


def test_zero_db_and_the_middle_of_pan_can_be_reached(song):
    level = Desk(song, "jump").learn("gain_db").turn(0).turn(95)
    middle = Desk(song, "jump").learn("pan").turn(0).turn(64)
    ends = [Desk(song, "jump").learn("pan").turn(value).keys.pan for value in (0, 127)]

    assert level.keys.gain_db == 0.0
    assert middle.keys.pan == 0.0
    assert ends == [-1.0, 1.0]


def test_a_press_turns_a_switch_over_and_letting_go_does_nothing(song):
    desk = Desk(song).learn("muted", PAD)

    states = [desk.turn(value, controller=PAD).keys.muted for value in (30, 0, 90, 0, 5, 0)]

    assert states == [True, True, False, False, True, True]


def test_a_button_that_sends_only_presses_turns_over_with_each(song):
    desk = Desk(song).learn("soloed")

    assert [desk.turn(127).keys.soloed for _ in range(3)] == [True, False, True]


def test_a_knob_on_a_switch_turns_it_over_once_on_its_way_up(song):
    desk = Desk(song).learn("armed")

    assert [desk.turn(value).keys.armed for value in (60, 70, 80, 50, 70)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_a_switch_may_follow_its_button_instead(song):
    desk = Desk(song).learn("muted", mode="absolute")

    assert [desk.turn(value).keys.muted for value in (127, 127, 0)] == [True, True, False]


@pytest.mark.parametrize(
    ("mode", "right", "left"),
    [("relative_twos", 1, 127), ("relative_offset", 65, 63), ("relative_sign", 1, 65)],
)
def test_endless_knobs_send_steps(song, mode, right, left):
    desk = Desk(song).learn("pan", mode=mode)

    to_the_right = desk.turn(*[right] * 20).keys.pan
    back = desk.turn(*[left] * 20).keys.pan

    assert to_the_right == pytest.approx(20 / 63, abs=0.01)
    assert back == pytest.approx(0.0, abs=0.01)


def test_steps_smaller_than_a_choice_add_up(song):
    target = next(
        each.target
        for each in learnable_targets(song, song.track("keys"))
        if each.target == "insert:echo:ping_pong"
    )
    desk = Desk(song).learn(target, mode="relative_twos")
    before = find_parameter(desk.project, "keys", target).value

    for _ in range(127):
        desk.turn(1)

    assert before == 0.0
    assert find_parameter(desk.project, "keys", target).value == 1.0


def test_every_parameter_goes_from_end_to_end(song):
    for each in learnable_targets(song, song.track("keys")):
        desk = Desk(song, "jump").learn(each.target, mode="absolute")
        shares = [find_parameter(desk.turn(value).project, "keys", each.target).share for value in (0, 127)]

        assert shares == pytest.approx([0.0, 1.0], abs=0.02), each.target


def test_one_controller_moves_all_that_it_is_bound_to(song):
    desk = Desk(song, "jump").learn("gain_db").learn("send:wet:gain_db").turn(127)

    assert (desk.keys.gain_db, desk.keys.sends[0].gain_db) == (6.0, 6.0)
    assert desk.last.edit.label == "Move controllers"


def test_only_the_first_and_the_last_of_many_moves_of_a_knob_are_made(song, monkeypatch):
    desk = Desk(song, "jump").learn("gain_db")
    made = []
    real = find_parameter

    def counting(*arguments):
        made.append(arguments)
        return real(*arguments)

    monkeypatch.setattr("musicgen_desktop.session.controllers.learning._surface.find_parameter", counting)
    desk.turn(*range(128))

    assert desk.keys.gain_db == 6.0
    assert len(made) <= 4


def test_what_is_gone_or_not_bound_is_passed_over(song):
    desk = Desk(song).learn("gain_db")
    bindings = (MidiBinding("b", FADER, "gone", "gain_db"), MidiBinding("c", FADER, "keys", "insert:no:mix"))

    assert desk.surface.move(desk.project, bindings, [(FADER, 3)]).edit is None
    assert desk.turn(100, controller=MidiController(1, 7)).last.edit is None


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        ((1, 127), "relative_twos"),
        ((126, 2), "relative_twos"),
        ((1, 65), "relative_sign"),
        ((0, 127), None),
        ((1, 2, 3), None),
        ((63, 65), None),
        ((120, 127), None),
    ],
)
def test_an_endless_knob_that_is_taken_for_another_one_is_noticed(song, values, mode):
    desk = Desk(song).learn("gain_db")

    for value in values:
        desk.turn(value)

    assert [each.mode for each in desk.last.endless] == ([mode] if mode else [])
    as_steps = Desk(song).learn("gain_db", mode="relative_twos").turn(1).turn(127)
    assert as_steps.last.endless == ()


def test_a_flick_past_the_place_of_the_parameter_takes_over(song):
    at_once = Desk(song).learn("gain_db").turn(*range(60, 128))
    learned = Desk(song).learn("gain_db")
    learned.surface.see(learned.project.midi_bindings[0], 60)
    learned.turn(127)

    assert at_once.keys.gain_db == 6.0
    assert learned.keys.gain_db == 6.0

"""Keys become notes step by step."""

import pytest

from musicgen_desktop.music import Note
from musicgen_desktop.session.commands.notes import StepInput, delete_notes


class Keyboard:
    """Plays into a song and applies what comes back."""

    def __init__(self, song, **changes):
        self.song = song
        self.step = StepInput("c", **{"step_ticks": 240} | changes)

    def play(self, *pitches, velocity=90):
        for pitch in pitches:
            assert self.step.feed(self.song, ("note_on", pitch, velocity)) is None
        edits = [self.step.feed(self.song, ("note_off", pitch, 0)) for pitch in pitches]
        assert edits[:-1] == [None] * (len(pitches) - 1)
        self.apply(edits[-1])

    def apply(self, edit):
        self.song = edit.project if edit is not None else self.song

    @property
    def notes(self):
        return self.song.track("t").clip("c").notes


@pytest.fixture
def keyboard(a_song):
    return Keyboard(a_song())


def test_each_key_is_one_step(keyboard):
    keyboard.play(60)
    keyboard.step.step_ticks = 480
    keyboard.play(62, velocity=30)

    assert keyboard.notes == (Note(0, 240, 60, 90), Note(240, 480, 62, 30))
    assert keyboard.step.position_ticks == 720


def test_keys_held_together_become_one_chord(keyboard):
    keyboard.play(60, 64, 67)

    assert keyboard.notes == tuple(Note(0, 240, pitch, 90) for pitch in (60, 64, 67))
    assert keyboard.step.position_ticks == 240


def test_the_chord_shows_while_it_is_held(keyboard):
    keyboard.step.feed(keyboard.song, ("note_on", 64, 90))
    keyboard.step.feed(keyboard.song, ("note_on", 60, 90))
    keyboard.step.feed(keyboard.song, ("note_off", 64, 0))

    assert keyboard.step.chord == (60, 64)


def test_a_note_on_without_velocity_lets_go(keyboard):
    keyboard.step.feed(keyboard.song, ("note_on", 60, 90))

    edit = keyboard.step.feed(keyboard.song, ("note_on", 60, 0))

    assert edit is not None
    assert edit.notes == (Note(0, 240, 60, 90),)


def test_a_key_let_go_that_was_not_struck_writes_nothing(keyboard):
    assert keyboard.step.feed(keyboard.song, ("note_off", 60, 0)) is None
    assert keyboard.step.position_ticks == 0


def test_a_rest_leaves_a_step_silent(keyboard):
    keyboard.play(60)
    keyboard.step.rest()
    keyboard.play(62)

    assert [note.start_ticks for note in keyboard.notes] == [0, 480]


def test_a_tie_lengthens_the_step_before(keyboard):
    keyboard.play(60, 64)
    keyboard.apply(keyboard.step.tie(keyboard.song))
    keyboard.apply(keyboard.step.tie(keyboard.song))

    assert keyboard.notes == (Note(0, 720, 60, 90), Note(0, 720, 64, 90))
    assert keyboard.step.position_ticks == 720


def test_a_rest_cannot_be_tied(keyboard):
    assert keyboard.step.tie(keyboard.song) is None
    keyboard.step.rest()

    assert keyboard.step.tie(keyboard.song) is None
    assert keyboard.step.position_ticks == 240


def test_back_takes_steps_and_rests_away_again(keyboard):
    keyboard.play(60)
    keyboard.apply(keyboard.step.tie(keyboard.song))
    keyboard.step.rest()
    first = keyboard.step.back(keyboard.song)
    rest_left = keyboard.step.position_ticks

    keyboard.apply(keyboard.step.back(keyboard.song))

    assert (first, rest_left) == (None, 480)
    assert keyboard.notes == ()
    assert keyboard.step.position_ticks == 0


def test_back_before_the_first_step_walks_left(a_song):
    keyboard = Keyboard(a_song(), position_ticks=300)

    assert [keyboard.step.back(keyboard.song) for _ in range(2)] == [None, None]
    assert keyboard.step.position_ticks == 0


def test_back_leaves_alone_what_was_edited_meanwhile(keyboard):
    keyboard.play(60)
    keyboard.apply(delete_notes(keyboard.song, "c", keyboard.notes))

    assert keyboard.step.back(keyboard.song) is None
    assert keyboard.step.position_ticks == 0


def test_the_clip_grows_with_the_steps(a_song):
    keyboard = Keyboard(a_song(), position_ticks=3840)

    keyboard.play(60)

    assert keyboard.song.track("t").clip("c").length_ticks == 4080


def test_keys_that_are_lost_are_forgotten(keyboard):
    keyboard.step.feed(keyboard.song, ("note_on", 60, 90))

    keyboard.step.release()
    keyboard.play(62)

    assert [note.pitch for note in keyboard.notes] == [62]

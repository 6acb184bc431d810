import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.music import Control, Note
from musicgen_desktop.playback.recording import MidiCapture, Recorder
from musicgen_desktop.playback.recording._midi_notes import EARLY_S, Message, notes_of_rounds
from musicgen_desktop.playback.recording._window import RecordingWindow
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap, TempoPoint

TICK = 25  # frames at 120 BPM and 48 kHz


def played(make, messages, *, course=None, end=48_000, **figures):
    setup = make.setup("", inputs=(), notes=1, **figures)
    capture = MidiCapture(setup.notes[0], setup, course or Playhead())
    for clock, *data in messages:
        capture.hear(bytes(data), clock)
    return capture.finish(end).spans


def test_a_key_becomes_a_note(make):
    messages = [(960 * TICK, 0x90, 60, 100), (1_440 * TICK, 0x80, 60, 0)]

    (span,) = played(make, messages)

    assert (span.start_ticks, span.length_ticks) == (0, 1_920)
    assert span.notes == (Note(960, 480, 60, 100),)
    assert span.controls == ()


def test_a_note_of_no_velocity_lets_the_key_go(make):
    messages = [(0, 0x95, 60, 100), (240 * TICK, 0x95, 60, 0)]

    (span,) = played(make, messages)

    assert span.notes == (Note(0, 240, 60, 100),)


def test_a_key_still_down_at_the_end_is_let_go_there(make):
    (span,) = played(make, [(960 * TICK, 0x90, 60, 100)])

    assert span.notes == (Note(960, 960, 60, 100),)


def test_a_key_struck_again_ends_the_note_before(make):
    messages = [(0, 0x90, 60, 100), (480 * TICK, 0x90, 60, 90), (960 * TICK, 0x80, 60, 0)]

    (span,) = played(make, messages)

    assert span.notes == (Note(0, 480, 60, 100), Note(480, 480, 60, 90))


def test_the_same_key_on_two_channels_is_two_notes(make):
    messages = [(0, 0x90, 60, 100), (480 * TICK, 0x91, 60, 90), (960 * TICK, 0x80, 60, 0)]

    (span,) = played(make, messages)

    assert span.notes == (Note(0, 960, 60, 100), Note(480, 1_440, 60, 90))


def test_pedal_bend_and_pressure_are_kept_and_released_at_the_end(make):
    messages = [(TICK, 0xB0, 64, 127), (2 * TICK, 0xE0, 0, 96), (3 * TICK, 0xD0, 50), (4 * TICK, 0xB0, 7, 90)]

    (span,) = played(make, messages)

    assert span.controls == (
        Control(1, "cc", 64, 127),
        Control(2, "pitch_bend", 0, 4_096),
        Control(3, "pressure", 0, 50),
        Control(4, "cc", 7, 90),
        Control(1_919, "cc", 64, 0),
        Control(1_919, "pitch_bend", 0, 0),
        Control(1_919, "pressure", 0, 0),
    )


def test_a_pedal_held_before_the_recording_opens_it(make):
    messages = [(0, 0xB0, 64, 127), (10 * TICK, 0xB0, 1, 0), (30_000, 0x90, 60, 100)]

    (span,) = played(make, messages, from_clock=24_000)

    assert span.start_ticks == 960
    assert span.controls[0] == Control(0, "cc", 64, 127)
    assert span.controls[1:] == (Control(959, "cc", 64, 0),)


def test_a_player_a_little_ahead_of_the_beat_loses_no_note(make):
    early = [(23_000, 0x90, 60, 100), (26_400, 0x80, 60, 0)]
    long_before = [(10_000, 0x90, 50, 100), (30_000, 0x80, 50, 0)]

    (span,) = played(make, early + long_before, from_clock=24_000)

    assert span.notes == (Note(0, 96, 60, 100),)


def test_each_round_of_a_loop_is_a_take_of_its_own(make):
    course = Playhead(0, 0, (0, 24_000))
    messages = [(0, 0x90, 60, 100), (1_000, 0x80, 60, 0), (60_000, 0x90, 62, 100), (73_000, 0x80, 62, 0)]

    first, third = played(make, messages, course=course, end=96_000)

    assert (first.start_ticks, first.length_ticks, first.notes) == (0, 960, (Note(0, 40, 60, 100),))
    assert third.notes == (Note(480, 480, 62, 100),)


def test_only_what_is_played_between_the_punch_points_is_kept(make):
    messages = [(0, 0x90, 60, 100), (20_000, 0x80, 60, 0), (26_000, 0x90, 61, 100), (40_000, 0x90, 62, 100)]

    (span,) = played(make, messages, punch=(24_000, 36_000))

    assert (span.start_ticks, span.length_ticks) == (960, 480)
    assert [note.pitch for note in span.notes] == [61]


def test_all_notes_off_lets_every_key_go(make):
    messages = [(0, 0x90, 60, 100), (0, 0x90, 64, 100), (480 * TICK, 0xB0, 123, 0)]

    (span,) = played(make, messages)

    assert span.notes == (Note(0, 480, 60, 100), Note(0, 480, 64, 100))
    assert span.controls == ()


def test_a_reset_of_all_controllers_puts_bends_and_pedals_to_rest_and_leaves_the_volume(make):
    course = Playhead(0, 0, (0, 24_000))
    messages = [
        (0, 0xB0, 64, 127),
        (0, 0xE0, 0, 96),
        (0, 0xB0, 7, 90),
        (0, 0xB0, 11, 50),
        (10 * TICK, 0xB0, 121, 0),
        (30_000, 0x90, 60, 100),
    ]

    first, second = played(make, messages, course=course)

    assert [control for control in first.controls if control.tick] == [
        Control(10, "cc", 64, 0),
        Control(10, "pitch_bend", 0, 0),
        Control(10, "cc", 11, 127),
    ]
    assert second.controls == (
        Control(0, "cc", 7, 90),
        Control(0, "cc", 11, 127),
    )


def test_a_short_loop_that_turns_all_day_is_followed_only_where_something_was_played(make):
    day = 24 * 3_600 * make.RATE
    window = RecordingWindow(Playhead(0, 0, (0, 480)))

    rounds = list(window.rounds(day, [day // 2], 0))
    (span,) = played(make, [(day // 2, 0x90, 60, 100)], course=Playhead(0, 0, (0, 48_000)), end=day + 24_000)

    assert [(each.clock, each.frames) for each in rounds] == [(0, 480), (day // 2, 480), (day - 480, 480)]
    assert span.notes == (Note(0, 1_920, 60, 100),)


@pytest.mark.parametrize(
    "data", [b"", b"\x90", b"\x90\x3c", b"\x90\x3c\xff", b"\xf8", b"\x3c\x64\x90", b"\xf0\x01\xf7", bytes(3)]
)
def test_bytes_that_are_no_message_are_passed_over(make, data):
    setup = make.setup("", inputs=(), notes=1)
    capture = MidiCapture(setup.notes[0], setup, Playhead())

    assert not capture.hear(data, 0)
    assert capture.finish(1_000).spans == ()


def test_a_recording_of_notes_alone_ends_by_itself_and_leads_back_after_a_crash(make, tmp_path):
    recorder = Recorder(make.setup(tmp_path, inputs=(), notes=2), Playhead(0, 0, (0, 24_000)))

    recorder.hear("notes-1", b"\x90\x3c\x64", 1_000)
    recorder.hear("notes-1", b"\x80\x3c\x64", 12_000)
    recorder.hear("nobody", b"\x90\x3c\x64", 12_000)
    recorder.end_at(90_000)
    recorder.advance(60_000)
    recorder.advance(90_000)
    result = recorder.finish(10.0)

    assert [notes.track_id for notes in result.notes] == ["notes-1"]
    assert result.notes[0].spans[0].notes == (Note(40, 440, 60, 100),)
    assert make.recovered(tmp_path) == (result,)


MESSAGE = st.tuples(
    st.integers(-2_000, 60_000),
    st.sampled_from([0x80, 0x90, 0x91, 0xB0, 0xD0, 0xE0]),
    st.sampled_from([60, 61, 64, 1, 7, 123, 127]),
    st.integers(0, 127),
)
TEMPO = st.builds(
    lambda slow, fast, ramp: TempoMap((TempoPoint(0, slow, ramp), TempoPoint(700, fast))),
    st.floats(5, 999),
    st.floats(5, 999),
    st.booleans(),
)


@given(
    messages=st.lists(MESSAGE, max_size=40),
    tempo_map=TEMPO,
    rate=st.sampled_from([8_000, 44_100, 48_000, 192_000]),
    loop=st.none() | st.tuples(st.integers(0, 9_000), st.integers(64, 9_000)),
    punch=st.none() | st.tuples(st.integers(0, 20_000), st.integers(1, 9_000)),
    place=st.integers(-500, 9_000),
    end=st.integers(0, 50_000),
)
def test_no_note_hangs_and_all_lie_inside_their_clip(
    make, messages, tempo_map, rate, loop, punch, place, end
):
    setup = make.setup(
        "",
        inputs=(),
        notes=1,
        rate=rate,
        tempo_map=tempo_map,
        punch=None if punch is None else (punch[0], sum(punch)),
    )
    course = Playhead(0, place, None if loop is None else (loop[0], sum(loop)))
    capture = MidiCapture(setup.notes[0], setup, course)
    for clock, status, first, second in messages:
        capture.hear(bytes((status, first) if status == 0xD0 else (status, first, second)), clock)

    finished = capture.finish(end)

    struck = sum(1 for _, status, _, velocity in messages if status in (0x90, 0x91) and velocity)
    assert sum(len(span.notes) for span in finished.spans) <= struck
    for span in finished.spans:
        assert span.start_ticks >= 0
        assert span.length_ticks >= 1
        assert all(note.end_ticks <= span.length_ticks for note in span.notes)
        assert all(0 <= control.tick < span.length_ticks for control in span.controls)
        pedal = [control.value for control in span.controls if (control.kind, control.number) == ("cc", 64)]
        assert not pedal or pedal[-1] == 0


@given(
    keys=st.lists(st.tuples(st.integers(0, 40_000), st.integers(1, 6_000)), max_size=6),
    courses=st.lists(
        st.tuples(st.integers(1, 15_000), st.integers(-100, 3_000), st.integers(64, 3_000)), max_size=3
    ),
    punch=st.none() | st.tuples(st.integers(0, 3_000), st.integers(1, 2_000)),
)
def test_rounds_in_which_nothing_was_played_change_nothing(make, keys, courses, punch):
    window = RecordingWindow(
        Playhead(0, 0, (0, 700)), punch=None if punch is None else (punch[0], sum(punch))
    )
    clock = 0
    for later, place, turn in courses:
        clock += later
        window.set_course(Playhead(clock, place, (500, 500 + turn)))
    pressed = [Message(at, b"\x90\x3c\x64") for at, _ in keys]
    messages = sorted(pressed + [Message(at + held, b"\x80\x3c\x00") for at, held in keys])
    clocks = [message.clock for message in messages]
    tempo = TempoMap.constant(120)

    some = list(window.rounds(40_000, clocks, round(EARLY_S * make.RATE)))
    every = list(window.rounds(40_000, clocks, 80_000)) if keys else some

    assert set(some) <= set(every)
    assert notes_of_rounds(messages, some, make.RATE, tempo) == notes_of_rounds(
        messages, every, make.RATE, tempo
    )

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.recording import MidiCapture, Recorder, TakeSpan
from musicgen_desktop.playback.transport import Playhead


def recorded(setup, course, sound, *, clock=0, blocks=(512,), end=None, courses=()):
    """What a recorder makes of this sound, that came in from this frame of the stream on."""
    recorder = Recorder(setup, course, reserve_s=0.1)
    if end is not None:
        recorder.end_at(end)
    for later in courses:
        recorder.set_course(later)
    done = turn = 0
    while done < len(sound):
        size = blocks[turn % len(blocks)]
        recorder.feed(sound[done : done + size], done, clock + done)
        done, turn = done + size, turn + 1
    return recorder.finish()


def expected(setup, courses, sound, first_clock, end=None):
    """(frames, places): looked up frame by frame, the slow way."""
    kept, places = [], []
    for index in range(len(sound)):
        clock = first_clock + index - setup.latency_frames
        course = next((each for each in reversed(courses) if each.clock <= clock), None)
        if course is None or clock < max(setup.from_clock, course.sounding_clock):
            continue
        if end is not None and clock >= end:
            continue
        place = course.place_at(clock)
        low, high = setup.punch or (0, 2**60)
        if max(low, 0) <= place < high:
            kept.append(index)
            places.append(place)
    return kept, places


def places_of(take):
    return [place for span in take.spans for place in range(span.place, span.end_place)]


def test_a_take_lies_where_its_player_heard_the_song(make, tmp_path):
    setup = make.setup(tmp_path, latency_frames=700)
    sound = make.ramp(10_000)

    take = recorded(setup, Playhead(2_000, 48_000), sound, clock=1_000).takes[0]

    # Input frame 1700 has the stream's clock 2700; what it holds was played to frame 2000.
    assert take.start_frame == 48_000
    np.testing.assert_array_equal(make.sound_of(take.path), sound[1_700:])


def test_nothing_of_a_count_in_is_kept(make, tmp_path):
    setup = make.setup(tmp_path)
    sound = make.ramp(10_000)

    take = recorded(setup, Playhead(0, -4_800, None, 0), sound).takes[0]

    assert take.spans == (TakeSpan(0, 5_200, 0),)
    np.testing.assert_array_equal(make.sound_of(take.path), sound[4_800:])


def test_each_round_of_a_loop_is_a_span_of_the_same_file(make, tmp_path):
    setup = make.setup(tmp_path)
    sound = make.ramp(10_000)

    take = recorded(setup, Playhead(0, 500, (1_000, 4_000)), sound).takes[0]

    assert [(span.place, span.frames) for span in take.spans] == [
        (500, 3_500),
        (1_000, 3_000),
        (1_000, 3_000),
        (1_000, 500),
    ]
    np.testing.assert_array_equal(make.sound_of(take.path), sound)


def test_only_what_lies_between_the_punch_points_is_kept(make, tmp_path):
    setup = make.setup(tmp_path, punch=(1_000, 1_600))
    sound = make.ramp(10_000)

    take = recorded(setup, Playhead(0, 0, (0, 4_000)), sound).takes[0]

    assert take.spans == (TakeSpan(0, 600, 1_000), TakeSpan(600, 600, 1_000), TakeSpan(1_200, 600, 1_000))
    np.testing.assert_array_equal(
        make.sound_of(take.path), np.concatenate([sound[1_000:1_600], sound[5_000:5_600], sound[9_000:9_600]])
    )


def test_tracks_hear_their_own_inputs(make, tmp_path):
    setup = make.setup(tmp_path, inputs=((2,), (1, 0), (7,), (0, 9)))
    sound = make.ramp(1_000, 3)

    takes = recorded(setup, Playhead(), sound).takes

    silence = np.zeros((1_000, 1), np.float32)
    for take, wanted in zip(
        takes, [sound[:, [2]], sound[:, [1, 0]], silence, np.hstack([sound[:, :1], silence])], strict=True
    ):
        np.testing.assert_array_equal(make.sound_of(take.path), wanted)


def test_frames_that_the_device_lost_are_silence_and_what_follows_stays_in_place(make, tmp_path):
    setup = make.setup(tmp_path)
    sound = make.ramp(3_000)
    recorder = Recorder(setup, Playhead(0, 48_000))

    recorder.feed(sound[:1_000], 0, 0)
    recorder.feed(sound[1_500:], 1_500, 1_500)
    take = recorder.finish().takes[0]

    sound[1_000:1_500] = 0.0
    np.testing.assert_array_equal(make.sound_of(take.path), sound)
    assert [(lost.offset_frames, lost.frames) for lost in take.overflows] == [(1_000, 500)]
    assert take.spans == (TakeSpan(0, 3_000, 48_000),)


def test_frames_that_come_twice_are_kept_once(make, tmp_path):
    sound = make.ramp(3_000)
    recorder = Recorder(make.setup(tmp_path), Playhead())

    recorder.feed(sound[:2_000], 0, 0)
    recorder.feed(sound[1_000:], 1_000, 1_000)
    recorder.feed(sound[:500], 0, 0)

    np.testing.assert_array_equal(make.sound_of(recorder.finish().takes[0].path), sound)


def test_what_is_played_while_the_speaker_starves_is_kept_and_the_song_goes_on_in_place(make, tmp_path):
    sound = make.ramp(3_000)
    recorder = Recorder(make.setup(tmp_path), Playhead(0, 48_000))

    recorder.feed(sound[:1_000], 0, 0)
    recorder.feed(sound[1_000:], 1_000, 800)  # the song stood still for 200 frames
    take = recorder.finish().takes[0]

    assert take.spans == (TakeSpan(0, 1_000, 48_000), TakeSpan(1_000, 2_000, 48_800))
    assert take.overflows == ()
    np.testing.assert_array_equal(make.sound_of(take.path), sound)


def test_a_latency_that_changes_meanwhile_cuts_nothing_into_the_take(make, tmp_path):
    sound = make.ramp(3_000)
    recorder = Recorder(make.setup(tmp_path), Playhead(0, 48_000))

    recorder.feed(sound[:1_000], 0, 0)
    recorder.feed(sound[1_000:2_000], 1_000, 1_300)  # all that comes in is heard 300 frames later now
    recorder.feed(sound[2_000:], 2_000, 2_300)
    take = recorder.finish().takes[0]

    assert take.spans == (TakeSpan(0, 1_000, 48_000), TakeSpan(1_000, 2_000, 49_300))
    assert take.overflows == ()
    np.testing.assert_array_equal(make.sound_of(take.path), sound)


def test_an_end_that_is_told_too_late_cuts_what_was_kept_of_it(make, tmp_path):
    sound = make.ramp(10_000)
    recorder = Recorder(make.setup(tmp_path, latency_frames=100), Playhead(0, 0, (0, 3_000)))

    recorder.feed(sound, 0, 0)
    recorder.end_at(7_000)
    take = recorder.finish().takes[0]

    assert [(span.place, span.frames) for span in take.spans] == [(0, 3_000), (0, 3_000), (0, 1_000)]
    np.testing.assert_array_equal(make.sound_of(take.path), sound[100:7_100])


def test_a_recording_without_a_frame_leaves_nothing(make, tmp_path):
    setup = make.setup(tmp_path, punch=(90_000, 91_000))

    result = recorded(setup, Playhead(), make.ramp(5_000))

    assert result.takes == ()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_disk_takes_is_no_obstacle(make, tmp_path):
    setup = make.setup(tmp_path)
    named = [msgspec.structs.replace(track, name="../a:b/" + "x" * 300) for track in setup.tracks]
    setup = type(setup)(
        **{name: getattr(setup, name) for name in setup.__struct_fields__} | {"tracks": tuple(named)}
    )

    take = recorded(setup, Playhead(), make.ramp(100)).takes[0]

    assert [path.parent for path in tmp_path.rglob("*.wav")] == [tmp_path]
    assert take.frames == 100


COURSE = st.builds(
    lambda place, loop, count_in: (place, loop, count_in),
    st.integers(-500, 5_000),
    st.none() | st.tuples(st.integers(0, 3_000), st.integers(64, 2_000)),
    st.integers(0, 800),
)


def a_course(clock, figures):
    place, loop, count_in = figures
    span = None if loop is None else (loop[0], loop[0] + loop[1])
    return Playhead(clock, place, span, place + count_in if count_in else None)


@given(
    first=COURSE,
    later=st.lists(st.tuples(st.integers(1, 4_000), COURSE), max_size=2),
    punch=st.none() | st.tuples(st.integers(0, 4_000), st.integers(1, 2_000)),
    figures=st.tuples(st.integers(-900, 900), st.integers(0, 900), st.integers(-200, 2_000)),
    blocks=st.lists(st.integers(1, 1_500), min_size=1, max_size=4),
    end=st.none() | st.integers(0, 6_000),
)
def test_every_frame_lies_where_counting_puts_it(
    make, tmp_path_factory, first, later, punch, figures, blocks, end
):
    first_clock, latency, from_clock = figures
    setup = make.setup(
        tmp_path_factory.mktemp("takes"),
        latency_frames=latency,
        from_clock=from_clock,
        punch=None if punch is None else (punch[0], sum(punch)),
    )
    courses = [a_course(0, first)]
    for gap, each in later:
        courses.append(a_course(courses[-1].clock + gap, each))
    sound = make.ramp(6_000)

    takes = recorded(
        setup, courses[0], sound, clock=first_clock, blocks=blocks, end=end, courses=courses[1:]
    ).takes

    kept, places = expected(setup, courses, sound, first_clock, end)
    if not kept:
        assert takes == ()
        return
    np.testing.assert_array_equal(make.sound_of(takes[0].path), sound[kept])
    assert places_of(takes[0]) == places
    assert takes[0].frames == len(kept)


def test_a_recorder_ends_by_itself_once_the_last_frame_came_in(make, tmp_path):
    recorder = Recorder(make.setup(tmp_path, latency_frames=300), Playhead())
    sound = make.ramp(2_000)

    recorder.end_at(1_000)
    recorder.feed(sound[:1_200], 0, 0)
    before = recorder.done
    recorder.feed(sound[1_200:], 1_200, 1_200)
    take = recorder.finish(10.0).takes[0]

    assert not before
    assert recorder.done
    np.testing.assert_array_equal(make.sound_of(take.path), sound[300:1_300])


def test_a_folder_that_cannot_be_made_is_told_before_a_frame_is_lost(make, tmp_path):
    (tmp_path / "takes").write_bytes(b"")

    with pytest.raises(Exception, match="Recording into") as caught:
        Recorder(make.setup(tmp_path / "takes"), Playhead())

    assert "\n" not in str(caught.value)


def test_a_mistake_of_the_program_ends_the_recording_and_closes_the_files(make, tmp_path, caplog):
    sound = make.ramp(1_000)
    recorder = Recorder(make.setup(tmp_path), Playhead())

    recorder.feed(sound, 0, 0)
    recorder.set_course(None)
    result = recorder.finish(10.0)

    assert "mistake in this program" in result.failure
    assert "AttributeError" in caplog.text
    np.testing.assert_array_equal(make.sound_of(result.takes[0].path), sound)


def test_notes_that_cannot_be_put_together_cost_no_sound(make, tmp_path, monkeypatch):
    def wrong(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(MidiCapture, "finish", wrong)
    sound = make.ramp(1_000)
    recorder = Recorder(make.setup(tmp_path, notes=1), Playhead())

    recorder.feed(sound, 0, 0)
    result = recorder.finish(10.0)

    assert "mistake in this program" in result.failure
    assert result.notes == ()
    np.testing.assert_array_equal(make.sound_of(result.takes[0].path), sound)

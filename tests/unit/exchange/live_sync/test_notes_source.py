"""Notes are sent once, in order and when they are heard, and every one that begins ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.exchange.live_sync import Part
from musicgen_desktop.exchange.live_sync._notes import NotesSource
from musicgen_desktop.timing import PPQ, Passage, TempoMap

RATE = 48_000
BEAT = RATE // 2  # at 120 BPM


def on(pitch, channel=0, velocity=100):
    return bytes((0x90 | channel, pitch, velocity))


def off(pitch, channel=0):
    return bytes((0x80 | channel, pitch, 0))


def control(number, value, channel=0):
    return bytes((0xB0 | channel, number, value))


def a_part(*messages, part_id="track", port="song", setup=(), channel=0):
    # Of one tick an end comes first, then controllers, then beginnings.
    rank = {0x80: 0, 0x90: 2}
    ordered = sorted(messages, key=lambda each: (each[0], rank.get(each[1][0] & 0xF0, 1)))
    return Part(part_id, port, channel, setup, tuple(ordered))


def a_note(beat, pitch, beats=0.5, channel=0):
    start = round(beat * PPQ)
    return (start, on(pitch, channel)), (start + round(beats * PPQ), off(pitch, channel))


def rolling(place, frames, at_s=0.0, *, begins=False, counts_in=False):
    return Passage(at_s, frames / RATE, place, frames, 1.0 / RATE, RATE, begins, counts_in)


def standing(at_s, *, begins=True):
    return Passage(at_s, 0.01, 0, 0, 0.0, RATE, begins, counts_in=False)


def a_source(*parts):
    source = NotesSource()
    source.set_tempo(TempoMap.constant(120.0))
    source.set_parts(parts, (), 0.0)
    return source


def sent(dues):
    """(seconds, message) in the order in which they leave."""
    return [(round(due.at_s, 6), due.data) for due in sorted(dues, key=lambda due: due[:2])]


def test_notes_are_due_at_the_moments_at_which_their_frames_are_heard():
    source = a_source(a_part(*a_note(0, 60), *a_note(1, 62)))

    found = source.due([rolling(0, 2 * BEAT, at_s=10.0, begins=True)])

    assert sent(found) == [(10.0, on(60)), (10.25, off(60)), (10.5, on(62)), (10.75, off(62))]


def test_a_track_s_sound_is_chosen_before_its_first_note():
    source = a_source(a_part(*a_note(0, 60), setup=(control(0, 1), bytes((0xC0, 5)))))

    found = source.due([rolling(0, BEAT, begins=True)])

    assert [data for _, data in sent(found)][:3] == [control(0, 1), bytes((0xC0, 5)), on(60)]


def test_a_note_that_is_cut_off_by_a_stop_ends_there():
    source = a_source(a_part(*a_note(0, 60, beats=8)))

    source.due([rolling(0, BEAT, begins=True)])
    found = source.due([standing(0.5)])

    assert sent(found) == [(0.5, off(60))]


def test_a_note_that_crosses_a_loop_s_end_ends_there_and_begins_again():
    source = a_source(a_part(*a_note(0, 60, beats=8)))

    found = source.due(
        [rolling(0, BEAT, begins=True), rolling(0, BEAT, at_s=0.5, begins=True), standing(1.0)]
    )

    assert sent(found) == [(0.0, on(60)), (0.5, off(60)), (0.5, on(60)), (1.0, off(60))]


def test_a_note_that_holds_where_the_song_starts_sounds_there():
    source = a_source(a_part(*a_note(0, 60, beats=8), *a_note(0, 64, beats=1)))

    found = source.due([rolling(2 * BEAT, BEAT, begins=True)])

    assert sent(found) == [(0.0, on(60))]


def test_where_the_song_starts_controllers_stand_as_they_would():
    source = a_source(
        a_part((0, control(7, 10)), (PPQ, control(7, 20)), (0, control(11, 99)), (4 * PPQ, control(7, 30)))
    )

    found = source.due([rolling(2 * BEAT, BEAT, begins=True)])

    assert sorted(data for _, data in sent(found)) == sorted([control(7, 20), control(11, 99)])


def test_a_controller_that_stands_right_is_not_sent_again_at_each_turn_of_a_loop():
    source = a_source(a_part((0, control(7, 10))))

    first = source.due([rolling(BEAT, BEAT, begins=True)])
    again = source.due([rolling(BEAT, BEAT, begins=True)])

    assert ([data for _, data in sent(first)], again) == ([control(7, 10)], [])


def test_a_pedal_that_is_down_comes_up_when_the_song_stops():
    source = a_source(a_part((0, control(64, 127))))

    source.due([rolling(0, BEAT, begins=True)])

    assert [data for _, data in sent(source.due([standing(0.5)]))] == [control(64, 0)]


def test_in_a_count_in_nothing_is_struck():
    source = a_source(a_part(*a_note(0, 60), *a_note(1, 62)))

    counted = source.due([rolling(0, BEAT, begins=True, counts_in=True)])
    heard = source.due([rolling(BEAT, BEAT, at_s=0.5, begins=True)])

    assert (counted, sent(heard)) == ([], [(0.5, on(62)), (0.75, off(62))])


def test_a_note_that_an_edit_removes_ends_at_once_and_one_that_it_keeps_sounds_on():
    source = a_source(a_part(*a_note(0, 60, beats=8), *a_note(0, 64, beats=8)))
    source.due([rolling(0, BEAT, begins=True)])

    source.set_parts([a_part(*a_note(0, 64, beats=2))], (), 0.4)
    found = source.due([rolling(BEAT, 2 * BEAT, at_s=0.5)])

    assert sent(found) == [(0.5, off(60)), (1.0, off(64))]


def test_a_track_that_is_muted_or_gone_lets_go_of_its_notes():
    source = a_source(a_part(*a_note(0, 60, beats=8)), a_part(*a_note(0, 64, beats=8), part_id="other"))
    source.due([rolling(0, BEAT, begins=True)])

    source.set_parts([a_part()], ["other"], 0.4)

    assert sorted(data for _, data in sent(source.due([rolling(BEAT, BEAT, at_s=0.5)]))) == [off(60), off(64)]


def test_a_key_that_two_tracks_strike_on_one_channel_ends_with_the_last():
    source = a_source(a_part(*a_note(0, 60, beats=1)), a_part(*a_note(0.5, 60, beats=2), part_id="other"))

    found = source.due([rolling(0, 3 * BEAT, begins=True)])

    assert sent(found) == [(0.0, on(60)), (0.25, off(60)), (0.25, on(60)), (1.25, off(60))]


def test_another_tempo_moves_the_notes():
    source = a_source(a_part(*a_note(1, 60)))
    source.set_tempo(TempoMap.constant(60.0))

    found = source.due([rolling(0, 2 * RATE, begins=True)])

    assert sent(found)[0] == (1.0, on(60))


def test_what_ends_lets_go_of_every_key_and_pedal():
    source = a_source(a_part(*a_note(0, 60, beats=8), (0, control(64, 127))))
    source.due([rolling(0, BEAT, begins=True)])

    assert sorted(due.data for due in source.ending(1.0)) == [off(60), control(64, 0)]
    assert source.ending(2.0) == []


def test_a_port_that_closes_takes_nothing_from_the_others():
    source = a_source(
        a_part(*a_note(0, 60, beats=8), (0, control(64, 127))),
        a_part(*a_note(0, 64, beats=8), (0, control(64, 127)), part_id="other", port="synth"),
    )
    source.due([rolling(0, BEAT, begins=True)])

    assert sorted(due.data for due in source.ending(1.0, "song")) == [off(60), control(64, 0)]
    assert {due.port for due in source.ending(2.0)} == {"synth"}


def test_a_pedal_comes_up_with_the_track_that_holds_it_down():
    source = a_source(a_part((0, control(64, 127)), *a_note(0, 60)))
    source.due([rolling(0, BEAT, begins=True)])

    source.set_parts([a_part()], (), 0.4)

    assert [due.data for due in source.due([rolling(BEAT, BEAT, at_s=0.5)])] == [control(64, 0)]


def test_a_pedal_stays_down_through_an_edit_of_other_notes():
    source = a_source(a_part((0, control(64, 127)), *a_note(0, 60)))
    source.due([rolling(0, BEAT, begins=True)])

    source.set_parts([a_part((0, control(64, 127)), *a_note(4, 62))], (), 0.4)

    assert source.due([rolling(BEAT, BEAT, at_s=0.5)]) == []


def test_a_port_that_was_opened_anew_is_owed_no_note_offs():
    source = a_source(a_part(*a_note(0, 60, beats=8)))
    source.due([rolling(0, BEAT, begins=True)])

    source.forget_port("song")

    assert source.ending(1.0) == []


notes = st.lists(
    st.tuples(st.integers(0, 8 * PPQ), st.integers(1, 4 * PPQ), st.integers(60, 63)), min_size=1, max_size=20
)
moves = st.lists(st.tuples(st.integers(0, 8 * BEAT), st.integers(1, 2 * BEAT)), min_size=1, max_size=8)


@given(notes=notes, moves=moves, edited=st.booleans())
def test_however_the_song_jumps_every_key_that_is_struck_is_let_go_before_it_is_struck_again(
    notes, moves, edited
):
    messages, busy = [], {}
    for start, length, pitch in sorted(notes):
        if start >= busy.get(pitch, 0):
            busy[pitch] = start + length
            messages += [(start, 1, on(pitch)), (start + length, 0, off(pitch))]
    part = a_part(*((tick, data) for tick, _, data in sorted(messages)))
    source, now, dues = a_source(part), 0.0, []
    for number, (place, frames) in enumerate(moves):
        dues += source.due([rolling(place, frames, at_s=now, begins=True)])
        now += frames / RATE
        if edited and number == 1:
            source.set_parts([a_part(*part.messages[len(part.messages) // 2 :])], (), now)
    dues += source.due([standing(now)])

    down = set()
    for _, data in sent(dues):
        if data[0] & 0xF0 == 0x90:
            assert data[1] not in down
            down.add(data[1])
        else:
            down.discard(data[1])
    assert not down


@pytest.mark.parametrize("step", [100, 999, 5_000])
def test_in_however_many_steps_it_is_asked_for_the_same_is_sent(step):
    part = a_part(*[each for beat in range(8) for each in a_note(beat / 2, 60 + beat % 3, beats=0.4)])
    whole = a_source(part).due([rolling(0, 4 * BEAT, begins=True)])
    source, pieces = a_source(part), []
    for place in range(0, 4 * BEAT, step):
        count = min(step, 4 * BEAT - place)
        pieces += source.due([rolling(place, count, at_s=place / RATE, begins=place == 0)])

    assert sent(pieces) == sent(whole)

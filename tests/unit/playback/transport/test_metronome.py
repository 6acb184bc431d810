"""Clicks to the frame, judged by writing down every pulse of the song and looking where it is heard."""

from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.transport import Playhead, clicks_between, count_in_start
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

RATE = 48_000
FOUR = MeterMap.constant(Meter(4, 4))
SECOND = TempoMap.constant(60.0)

tempos = st.lists(
    st.tuples(st.integers(1, 8), st.floats(40.0, 300.0), st.booleans()), min_size=1, max_size=4
).map(
    lambda found: TempoMap(
        tuple(
            TempoPoint(sum(beats for beats, _, _ in found[:at]) * 960 if at else 0, bpm, ramp)
            for at, (_, bpm, ramp) in enumerate(found)
        )
    )
)
meters = st.lists(
    st.sampled_from([Meter(4, 4), Meter(3, 4), Meter(7, 8), Meter(6, 8)]), min_size=1, max_size=3
).map(lambda found: MeterMap(tuple(MeterChange(1 + 2 * at, meter) for at, meter in enumerate(found))))


def clicks(course, clock=0, frames=10 * RATE, tempo=SECOND, meter=FOUR, rate=RATE):
    return clicks_between(course, clock, frames, rate, tempo, meter)


def test_every_beat_clicks_and_bars_are_accented():
    found = clicks(Playhead(), frames=6 * RATE)

    assert found == [(beat * RATE, beat % 4 == 0) for beat in range(6)]


def test_a_compound_meter_clicks_its_dotted_pulses():
    found = clicks(Playhead(), frames=4 * RATE, meter=MeterMap.constant(Meter(6, 8)))

    assert found == [(0, True), (72_000, False), (144_000, True)]


def test_a_loop_of_five_beats_clicks_on_through_its_jumps():
    course = Playhead(loop=(0, 5 * RATE))

    found = clicks(course, frames=12 * RATE)

    accents = [clock // RATE for clock, is_accent in found if is_accent]
    assert [clock for clock, _ in found] == [beat * RATE for beat in range(12)]
    assert accents == [0, 4, 5, 9, 10]


def test_a_loop_from_the_middle_of_a_beat_clicks_where_the_beats_are_heard():
    course = Playhead(place=RATE // 2, loop=(RATE // 2, RATE // 2 + 2 * RATE))

    assert [clock for clock, _ in clicks(course, frames=5 * RATE)] == [
        beat * RATE + RATE // 2 for beat in range(5)
    ]


def test_a_count_in_before_bar_1_clicks_a_whole_bar():
    start = count_in_start(0, 1, RATE, SECOND, FOUR)

    found = clicks(Playhead(place=start, sounds_from=0), frames=5 * RATE)

    assert start == -4 * RATE
    assert found == [(beat * RATE, beat % 4 == 0) for beat in range(5)]


def test_a_count_in_to_the_middle_of_a_bar_is_a_whole_bar_long_and_keeps_the_bar_lines():
    place = 6 * RATE

    start = count_in_start(place, 1, RATE, SECOND, FOUR)
    found = clicks(Playhead(place=start, sounds_from=place), frames=8 * RATE)

    assert start == 2 * RATE
    assert [(clock // RATE, is_accent) for clock, is_accent in found] == [
        (beat, beat in {2, 6}) for beat in range(8)
    ]


def test_a_count_in_to_a_new_meter_counts_the_new_meter():
    changing = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(2, Meter(3, 4))))
    place = 4 * RATE

    start = count_in_start(place, 2, RATE, SECOND, changing)
    found = clicks(Playhead(place=start, sounds_from=place), frames=9 * RATE, meter=changing)

    assert start == -2 * RATE
    assert [is_accent for _, is_accent in found] == [True, False, False] * 3


def test_a_song_that_fades_in_just_before_a_new_meter_is_counted_in_by_that_meter():
    changing = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(2, Meter(3, 4))))
    start = count_in_start(4 * RATE, 2, RATE, SECOND, changing)

    course = Playhead(place=start, sounds_from=4 * RATE - 480)
    found = clicks(course, frames=9 * RATE, meter=changing)

    assert [is_accent for _, is_accent in found] == [True, False, False] * 3


def test_no_count_in_begins_where_it_is():
    assert count_in_start(12_345, 0, RATE, SECOND, FOUR) == 12_345


@given(
    tempo=tempos,
    meter=meters,
    place=st.integers(-100_000, 300_000),
    looped=st.none() | st.tuples(st.integers(0, 400_000), st.integers(30_000, 400_000)),
    rate=st.sampled_from([8_000, 44_100, 48_000]),
)
def test_each_pulse_clicks_whenever_its_frame_is_heard_and_nothing_else_does(
    tempo, meter, place, looped, rate
):
    course = Playhead(1_000, place, looped and (looped[0], sum(looped)))
    pulses = {}
    for bar in range(-60, 200):
        ticks = range(meter.tick_of_bar(bar), meter.tick_of_bar(bar + 1), meter.meter_of_bar(bar).pulse_ticks)
        pulses |= {tempo.frame_at(tick, rate): tick == ticks[0] for tick in ticks}
    expected = [
        (clock, pulses[frame])
        for span in course.spans(1_000, 200_000)
        for frame in sorted(pulses)
        if 0 <= frame - span.place < span.frames
        for clock in [1_000 + span.offset + frame - span.place]
    ]

    found = clicks(course, 1_000, 200_000, tempo, meter, rate)

    assert found == expected


@given(
    tempo=tempos,
    meter=meters,
    bars=st.integers(0, 3),
    tick=st.integers(0, 40_000),
    cuts=st.lists(st.integers(1, 60_000), min_size=1, max_size=8),
)
def test_cut_into_blocks_the_clicks_are_the_same(tempo, meter, bars, tick, cuts):
    place = tempo.frame_at(tick, RATE)
    start = count_in_start(place, bars, RATE, tempo, meter)
    course = Playhead(0, start, (max(place - 50_000, 0), place + 70_000), place)

    pieces, at = [], 0
    for frames in cuts:
        pieces += clicks(course, at, frames, tempo, meter)
        at += frames

    assert pieces == clicks(course, 0, at, tempo, meter)


@given(
    tempo=tempos,
    meter=meters,
    bars=st.integers(1, 4),
    bar=st.integers(1, 12),
    rate=st.sampled_from([44_100, 48_000]),
)
def test_a_count_in_to_a_bar_line_begins_with_an_accent_and_has_all_its_pulses(tempo, meter, bars, bar, rate):
    place = tempo.frame_at(meter.tick_of_bar(bar), rate)
    start = count_in_start(place, bars, rate, tempo, meter)

    found = clicks(Playhead(0, start, None, place), 0, place - start, tempo, meter, rate)

    counted = meter.meter_of_bar(bar)
    per_bar = counted.bar_ticks // counted.pulse_ticks
    assert found[0] == (0, True)
    assert [is_accent for _, is_accent in found] == ([True] + [False] * (per_bar - 1)) * bars

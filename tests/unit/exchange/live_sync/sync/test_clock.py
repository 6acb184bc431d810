import random

import pytest

from musicgen_desktop.exchange.live_sync.sync import ClockFollower, ClockSender, Stretch
from musicgen_desktop.timing import TempoMap, TempoPoint

CLOCK, START, CONTINUE, STOP = b"\xf8", b"\xfa", b"\xfb", b"\xfc"


def _sent(sender, *stretches, until_s=None, window_s=0.05):
    """What is sent when the sender is asked window by window, as it is in real life."""
    end_s = max((each.until_s for each in stretches), default=0.0) if until_s is None else until_s
    sent, at_s = [], 0.0
    while at_s < end_s:
        until = min(at_s + window_s, end_s)
        parts = [
            Stretch(max(each.from_s, at_s), min(each.until_s, until), each.place_s, each.speed)
            for each in stretches
            if each.from_s < until and each.until_s > at_s
        ]
        parts = [
            part._replace(place_s=each.place_s + (part.from_s - each.from_s) * each.speed)
            for part, each in zip(
                parts, [s for s in stretches if s.from_s < until and s.until_s > at_s], strict=True
            )
        ]
        sent += sender.advance(parts, until)
        at_s = until
    return sent


def test_a_song_from_bar_1_is_a_start_and_24_clocks_to_the_quarter():
    sent = _sent(ClockSender(TempoMap.constant(120.0)), Stretch(1.0, 3.0, 0.0), until_s=3.2)

    assert [each.data for each in sent] == [START, *[CLOCK] * 96, STOP]
    assert [each.at_s for each in sent[1:-1]] == pytest.approx([1.0 + k / 48 for k in range(96)])
    assert sent[-1].at_s == pytest.approx(3.0)


def test_a_start_between_two_sixteenths_waits_for_the_next_one():
    sent = _sent(ClockSender(TempoMap.constant(120.0)), Stretch(0.0, 1.0, 2.01))

    assert [each.data for each in sent[:3]] == [b"\xf2\x11\x00", CONTINUE, CLOCK]
    assert sent[2].at_s == pytest.approx(17 * 0.125 - 2.01)


def test_a_jump_stops_the_slave_and_continues_it_where_the_song_goes_on():
    before, behind = Stretch(0.0, 1.0, 1.0), Stretch(1.0, 2.0, 0.5)

    sent = _sent(ClockSender(TempoMap.constant(120.0)), before, behind)

    jump = [each for each in sent if each.data != CLOCK]
    assert [each.data for each in jump] == [
        b"\xf2\x08\x00", CONTINUE, STOP, b"\xf2\x04\x00", CONTINUE,
    ]  # fmt: skip
    assert sum(each.data == CLOCK for each in sent) == 96


def test_clocks_follow_a_ramp_of_tempo_and_varying_speed():
    tempo = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(3840, 120.0)))
    end_s = tempo.seconds_at(3840) / 1.05

    sent = _sent(ClockSender(tempo), Stretch(0.0, end_s, 0.0, 1.05))

    clocks = [each.at_s for each in sent if each.data == CLOCK]
    assert clocks == pytest.approx([tempo.seconds_at(40 * k) / 1.05 for k in range(96)])


def test_what_is_measured_again_neither_leaves_out_nor_repeats_a_clock():
    sender = ClockSender(TempoMap.constant(120.0))
    sent = []
    for k in range(199):
        wobble = 0.0008 if k % 2 else -0.0008
        sent += sender.advance([Stretch(k / 100, (k + 1) / 100, k / 100 + wobble)], (k + 1) / 100)

    assert [each.data for each in sent] == [START, *[CLOCK] * 96]


def _follow(times, *, messages=()):
    follower = ClockFollower("Port")
    events = sorted([(at, CLOCK) for at in times] + list(messages), key=lambda each: each[0])
    for at, data in events:
        follower.hear(data, at)
    return follower


def test_a_follower_knows_place_and_tempo_from_the_second_clock_on():
    follower = _follow([10.0, 10.02], messages=[(9.999, START)])

    clock = follower.look(10.03)

    assert clock.state == "rolling"
    assert clock.bpm == pytest.approx(125.0)
    assert clock.place_at(10.03) == pytest.approx(60.0)


def test_jitter_of_2_ms_and_a_drift_of_5_percent_leave_less_than_4_ms():
    rng = random.Random(5)
    follower = ClockFollower("Port")
    follower.hear(START, 0.0)
    errors, at_s = [], 0.0
    moments = []
    for _ in range(24 * 60):
        moments.append(at_s)
        at_s += 1.0 / (48.0 * (1.0 + 0.05 * min(at_s / 20.0, 1.0)))
    for index, moment in enumerate(moments):
        follower.hear(CLOCK, moment + rng.uniform(-0.002, 0.002))
        if 96 < index < len(moments) - 12:
            clock = follower.look(moment)
            ahead = moments[index + 12]  # a quarter of a second later: so far ahead sound is mixed
            errors.append(abs(clock.place_at(ahead) - 40.0 * (index + 12)) / clock.speed)

    assert max(errors) < 0.004


def test_a_new_tempo_is_believed_within_a_beat():
    times = [k / 48 for k in range(200)]
    times += [times[-1] + (k + 1) / 60 for k in range(24)]

    follower = _follow(times, messages=[(-0.001, START)])

    assert follower.look(times[-1]).bpm == pytest.approx(150.0, rel=0.02)


def test_stop_and_continue_go_on_with_the_next_clock():
    follower = _follow([k / 48 for k in range(25)], messages=[(-0.001, START)])
    follower.hear(STOP, 0.51)
    stopped = follower.look(0.511)
    follower.hear(CONTINUE, 2.0)
    follower.hear(CLOCK, 2.01)
    follower.hear(CLOCK, 2.01 + 1 / 48)

    assert stopped.state == "stopped"
    assert stopped.place == pytest.approx(1000.0)
    assert follower.look(2.04).place_at(2.01) == pytest.approx(1000.0, abs=1.0)


def test_a_song_position_is_where_continue_goes_on():
    follower = ClockFollower("Port")
    follower.hear(b"\xf2\x10\x00", 0.0)
    for k in range(3):
        follower.hear(CLOCK, 0.1 + k / 48)
    follower.hear(CONTINUE, 0.15)
    for k in range(3, 6):
        follower.hear(CLOCK, 0.1 + k / 48)

    clock = follower.look(0.21)

    assert clock.state == "rolling"
    assert clock.place_at(0.1 + 3 / 48) == pytest.approx(16 * 240, abs=0.01)


def test_a_clock_that_stays_away_is_lost_in_one_sentence():
    follower = _follow([k / 48 for k in range(48)], messages=[(-0.001, START)])

    clock = follower.look(2.0)

    assert clock.state == "lost"
    assert "“Port”" in clock.problem
    assert clock.place == pytest.approx(48 * 40)


def test_nothing_heard_is_waiting():
    assert ClockFollower("Port").look(1.0).state == "waiting"


def test_what_is_sent_is_followed():
    sender, follower = ClockSender(TempoMap.constant(97.0)), ClockFollower("Port")
    for each in _sent(sender, Stretch(0.5, 8.5, 3.3)):
        follower.hear(each.data, each.at_s)

    clock = follower.look(8.5)

    assert clock.bpm == pytest.approx(97.0)
    assert TempoMap.constant(97.0).seconds_at(clock.place_at(8.5)) == pytest.approx(11.3, abs=1e-3)

import pytest

from musicgen_desktop.exchange.live_sync.sync import (
    TIMECODE_RATES,
    Stretch,
    Timecode,
    TimecodeFollower,
    TimecodeSender,
    frames_per_second,
)


@pytest.mark.parametrize("rate", TIMECODE_RATES)
def test_every_frame_of_an_hour_has_one_name(rate):
    frames = range(0, round(3600 * frames_per_second(rate)), 7)

    names = [Timecode.of_frame(frame, rate) for frame in frames]

    assert [name.frame for name in names] == list(frames)
    assert all(name.is_possible for name in names)
    assert len({name.text for name in names}) == len(names)


def test_drop_frame_leaves_out_two_numbers_each_minute_but_every_tenth():
    assert Timecode.of_frame(1799, "29.97df").text == "00:00:59;29"
    assert Timecode.of_frame(1800, "29.97df").text == "00:01:00;02"
    assert Timecode.of_frame(17982, "29.97df").text == "00:10:00;00"
    assert Timecode.of_frame(round(3600 * 30000 / 1001), "29.97df").text == "01:00:00;00"


@pytest.mark.parametrize("rate", TIMECODE_RATES)
@pytest.mark.parametrize("start_s", [0.0, 3600.0])
def test_a_follower_stands_where_the_sender_is(rate, start_s):
    sender, follower = TimecodeSender(rate, start_s), TimecodeFollower(start_s)
    for k in range(40):
        part = Stretch(5.0 + k / 20, 5.0 + (k + 1) / 20, 61.37 + k / 20)
        for each in sender.advance([part], part.until_s):
            follower.hear(each.data, each.at_s)

    clock = follower.look(7.0)

    assert clock.state == "rolling"
    assert clock.unit == "seconds"
    assert clock.speed == pytest.approx(1.0, abs=1e-6)
    assert clock.place_at(7.0) == pytest.approx(63.37, abs=1e-4)


def test_a_song_that_stands_elsewhere_is_told_in_one_full_frame():
    sender, follower = TimecodeSender("25", 3600.0), TimecodeFollower(3600.0)

    for each in sender.locate(12.5, 1.0):
        follower.hear(each.data, each.at_s)

    assert follower.look(1.0).state == "stopped"
    assert follower.look(1.0).place == pytest.approx(12.48)


def test_silence_is_a_stop():
    sender, follower = TimecodeSender("30"), TimecodeFollower()
    for each in sender.advance([Stretch(0.0, 1.0, 0.0)], 1.0):
        follower.hear(each.data, each.at_s)

    assert follower.look(1.0).state == "rolling"
    assert follower.look(1.2).state == "stopped"


def test_a_lost_quarter_frame_does_not_stop_it():
    sender, follower = TimecodeSender("25"), TimecodeFollower()
    pieces = sender.advance([Stretch(0.0, 2.0, 0.0)], 2.0)
    for index, each in enumerate(pieces):
        if index != 101:
            follower.hear(each.data, each.at_s)

    clock = follower.look(2.0)

    assert clock.state == "rolling"
    assert clock.starts == 2
    assert clock.place_at(2.0) == pytest.approx(2.0, abs=1e-3)


def test_time_code_that_runs_backwards_stands():
    sender, follower = TimecodeSender("25"), TimecodeFollower()
    pieces = [each.data for each in sender.advance([Stretch(0.0, 2.0, 0.0)], 2.0)]
    for index, data in enumerate(reversed(pieces)):
        follower.hear(data, index / 100)

    assert follower.look(2.0).state != "rolling"


def test_impossible_times_and_cut_messages_are_passed_over():
    follower = TimecodeFollower()

    for data in (
        b"",
        b"\xf1",
        b"\xf0\x7f\x7f\x01\x01\xff\xff\xff\xff\xf7",
        b"\xf0\x7f\x7f\x01",
        b"\x90\x40\x40",
    ):
        follower.hear(data, 0.0)

    assert follower.look(0.0).state == "waiting"

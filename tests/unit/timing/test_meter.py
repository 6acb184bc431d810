import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, Position, parse_position

METERS = st.builds(Meter, st.integers(1, 32), st.sampled_from([1, 2, 4, 8, 16, 32]))
FOUR_FOUR = MeterMap.constant(Meter(4, 4))


@st.composite
def meter_maps(draw):
    bars = draw(st.lists(st.integers(2, 60), unique=True, max_size=5))
    return MeterMap(tuple(MeterChange(bar, draw(METERS)) for bar in [1, *sorted(bars)]))


@pytest.mark.parametrize(
    ("text", "bar_ticks", "pulse_ticks", "groups"),
    [
        ("4/4", 3840, 960, (1, 1, 1, 1)),
        ("3/4", 2880, 960, (1, 1, 1)),
        ("6/8", 2880, 1440, (3, 3)),
        ("9/8", 4320, 1440, (3, 3, 3)),
        ("12/8", 5760, 1440, (3, 3, 3, 3)),
        ("5/4", 4800, 960, (3, 2)),
        ("7/8", 3360, 480, (2, 2, 3)),
        ("2/2", 3840, 1920, (1, 1)),
        ("3/8", 1440, 480, (1, 1, 1)),
    ],
)
def test_a_meter_knows_its_bar_its_pulse_and_its_groups(text, bar_ticks, pulse_ticks, groups):
    meter = Meter.parse(f" {text} ")

    assert (meter.bar_ticks, meter.pulse_ticks, meter.groups) == (bar_ticks, pulse_ticks, groups)
    assert str(meter) == text


@given(METERS)
def test_groups_and_pulses_fill_every_bar(meter):
    assert sum(meter.groups) == meter.numerator
    assert meter.bar_ticks % meter.pulse_ticks == 0
    assert Meter.parse(str(meter)) == meter


@pytest.mark.parametrize(
    "text", ["", "4", "0/4", "4/3", "33/4", "-3/4", "4/4/4", "four", "٤/٤", "999999999/4"]
)
def test_a_meter_that_cannot_be_counted_is_explained(text):
    with pytest.raises(UserInputError, match=r"[Mm]eter .*\.$"):
        Meter.parse(text)


@given(st.text(max_size=12))
def test_any_text_is_a_meter_or_an_error_for_the_user(text):
    try:
        meter = Meter.parse(text)
    except UserInputError:
        return

    assert Meter.parse(str(meter)) == meter


def test_bars_are_found_across_meter_changes():
    song = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(7, 8)), MeterChange(5, Meter(3, 4))))

    starts = [song.tick_of_bar(bar) for bar in range(7)]

    assert starts == [-3840, 0, 3840, 7680, 11040, 14400, 17280]
    assert [song.bar_of(tick) for tick in starts] == list(range(7))
    assert song.bar_of(7679) == 2
    assert (song.meter_at(7679), song.meter_at(7680)) == (Meter(4, 4), Meter(7, 8))
    assert song.meter_of_bar(4) == Meter(7, 8)


@given(meter_maps(), st.integers(-20_000, 2_000_000))
def test_every_tick_lies_inside_its_bar(song, tick):
    bar = song.bar_of(tick)

    assert song.tick_of_bar(bar) <= tick < song.tick_of_bar(bar + 1)
    assert song.meter_at(tick) == song.meter_of_bar(bar)


@given(meter_maps(), st.integers(0, 2_000_000))
def test_positions_are_read_as_they_are_written(song, tick):
    position = song.position_of(tick)

    assert parse_position(position.text, song) == tick


def test_a_position_is_written_as_bar_beat_and_tick():
    text = FOUR_FOUR.position_of(11 * 4 * PPQ + 2 * PPQ + 240).text

    assert text == "12.3.240"


def test_beats_are_the_note_below_the_line():
    song = MeterMap.constant(Meter(6, 8))

    position = song.position_of(song.tick_of_bar(2) + 5 * 480 + 479)

    assert position == Position(2, 6, 479)


def test_parts_of_a_position_may_be_left_out():
    ticks = [parse_position(text, FOUR_FOUR) for text in ("5", "5.3", " 5.3.240 ", "5:3")]

    assert ticks == [15360, 17280, 17520, 17280]


@pytest.mark.parametrize(
    "text", ["", "0", "1.5", "1.0", "1.1.960", "1.1.1.1", "-1", "a", "1..2", "1.1.99999", "٣"]
)
def test_a_place_that_does_not_exist_is_explained(text):
    with pytest.raises(UserInputError, match=r"^[A-Z].*\.$"):
        parse_position(text, FOUR_FOUR)


@given(meter_maps())
def test_a_meter_map_comes_back_from_json(song):
    song.bar_of(5000)

    assert msgspec.json.decode(msgspec.json.encode(song), type=MeterMap) == song


@pytest.mark.parametrize(
    "changes",
    [(), (MeterChange(2, Meter(4, 4)),), (MeterChange(1, Meter(4, 4)), MeterChange(1, Meter(3, 4)))],
)
def test_meter_changes_out_of_order_are_refused(changes):
    with pytest.raises(ValueError, match="meter"):
        MeterMap(changes)


def test_meters_and_bars_out_of_range_are_refused_when_read():
    for hostile in ({"numerator": 0, "denominator": 4}, {"numerator": 4, "denominator": 7}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(hostile, Meter)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"bar": 0, "meter": {"numerator": 4, "denominator": 4}}, MeterChange)

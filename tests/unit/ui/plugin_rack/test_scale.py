import pytest

from musicgen_desktop.session.controllers.catalogue import effect_entry, effects, rounded, share_of, value_at
from musicgen_desktop.ui.plugin_rack._scale import read, text_of

EVERY = [parameter for entry in effects() for parameter in entry.parameters]


@pytest.mark.parametrize("parameter", EVERY, ids=lambda each: each.id)
def test_a_knob_goes_from_end_to_end_and_back(parameter):
    for share in (0.0, 0.13, 0.5, 0.9, 1.0):
        value = value_at(parameter, share)

        assert parameter.low <= value <= parameter.high
        assert value_at(parameter, share_of(parameter, value)) == pytest.approx(value)


@pytest.mark.parametrize("parameter", EVERY, ids=lambda each: each.id)
def test_what_is_written_can_be_typed(parameter):
    value = rounded(parameter, value_at(parameter, 0.4))

    typed = read(parameter, text_of(parameter, value, "Off"))

    assert share_of(parameter, typed) == pytest.approx(share_of(parameter, value), abs=0.02)


def test_a_low_cut_is_off_at_the_left_end_and_a_high_cut_at_the_right():
    equalizer = effect_entry("equalizer")
    low, high = equalizer.parameter("low_cut_hz"), equalizer.parameter("high_cut_hz")

    assert (value_at(low, 0.0), share_of(low, 0.0)) == (0.0, 0.0)
    assert (value_at(high, 1.0), share_of(high, 0.0)) == (0.0, 1.0)
    assert value_at(low, 0.05) >= 20.0
    assert value_at(high, 0.0) == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("effect", "name", "text", "value"),
    [
        ("equalizer", "peak1_hz", "1.2k", 1200.0),
        ("equalizer", "peak1_hz", "440 Hz", 440.0),
        ("equalizer", "low_cut_hz", "off", 0.0),
        ("compressor", "threshold_db", "−12,5 dB", -12.5),
        ("compressor", "release_ms", "0.5 s", 500.0),
        ("compressor", "wet", "35 %", 0.35),
        ("compressor", "ratio", "100", 40.0),
    ],
)
def test_values_are_read_as_people_type_them(effect, name, text, value):
    assert read(effect_entry(effect).parameter(name), text) == pytest.approx(value)


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="loud"):
        read(effect_entry("gain").parameter("gain_db"), "loud")


def test_values_are_written_with_their_units():
    equalizer, compressor = effect_entry("equalizer"), effect_entry("compressor")

    assert text_of(equalizer.parameter("peak1_hz"), 1200.0, "Off") == "1.20 kHz"
    assert text_of(equalizer.parameter("low_cut_hz"), 0.0, "Off") == "Off"
    assert text_of(compressor.parameter("threshold_db"), -18.0, "Off") == "−18.0 dB"
    assert text_of(compressor.parameter("wet"), 0.35, "Off") == "35 %"

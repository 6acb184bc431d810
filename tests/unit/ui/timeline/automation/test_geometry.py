"""Values and places of a lane."""

import pytest

from musicgen_desktop.document import Automation, AutomationPoint
from musicgen_desktop.session.commands import AutomationTarget
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry
from musicgen_desktop.ui.timeline.automation import LaneKnob
from musicgen_desktop.ui.timeline.automation._geometry import LaneGeometry

GAIN = AutomationTarget("gain_db", "Gain", -120.0, 24.0, 0.0, "dB")
PAN = AutomationTarget("pan", "Pan", -1.0, 1.0, 0.0, "")
CUT = AutomationTarget("insert:x:cut_hz", "Cut", 20.0, 20000.0, 1000.0, "Hz")


def geometry_of(knob, *points):
    curve = Automation("a", knob.target, points) if points else None
    return LaneGeometry(TimelineGeometry(px_per_tick=0.1), LaneKnob("t", knob, knob.default, curve), 800, 100)


@pytest.mark.parametrize(("knob", "value"), [(GAIN, -12.0), (GAIN, 3.0), (PAN, 0.4), (CUT, 440.0)])
def test_a_place_of_a_value_is_the_value_of_the_place(knob, value):
    geometry = geometry_of(knob)

    assert geometry.value_at(geometry.y_of(value)) == pytest.approx(value, rel=1e-6)


def test_places_beyond_the_lane_mean_the_ends_of_the_range():
    assert (geometry_of(PAN).value_at(-50.0), geometry_of(PAN).value_at(500.0)) == (1.0, -1.0)
    assert geometry_of(GAIN).value_at(500.0) == -120.0


def test_octaves_are_equally_far_apart():
    geometry = geometry_of(CUT)

    way = geometry.y_of(100.0) - geometry.y_of(200.0)

    assert geometry.y_of(1000.0) - geometry.y_of(2000.0) == pytest.approx(way)


def test_what_holds_is_drawn_as_a_step():
    points = (AutomationPoint(1000, -1.0, "hold"), AutomationPoint(2000, 1.0))
    geometry = geometry_of(PAN, *points)

    chain = [(place.x(), place.y()) for place in geometry.curve(0.0, 400.0)]

    low, high = geometry.y_of(-1.0), geometry.y_of(1.0)
    assert chain == [(0.0, low), (100.0, low), (200.0, low), (200.0, high), (400.0, high)]


def test_a_slope_of_a_fader_is_bent_as_its_scale():
    geometry = geometry_of(GAIN, AutomationPoint(0, -60.0), AutomationPoint(4000, 0.0))

    middle = min(geometry.curve(0.0, 400.0), key=lambda place: abs(place.x() - 200.0))

    assert middle.y() == pytest.approx(geometry.y_of(-30.0), abs=1.0)


def test_the_nearest_point_is_hit_and_others_are_not():
    geometry = geometry_of(PAN, AutomationPoint(1000, 0.0), AutomationPoint(1050, 0.0))

    assert geometry.point_at(101.0, geometry.y_of(0.0)).tick == 1000
    assert geometry.point_at(104.0, geometry.y_of(0.0)).tick == 1050
    assert geometry.point_at(130.0, geometry.y_of(0.0)) is None


@pytest.mark.parametrize(
    ("knob", "value", "text"),
    [(GAIN, -6.0, "−6.0 dB"), (GAIN, -120.0, "−∞ dB"), (PAN, -0.25, "25 L"), (CUT, 440.0, "440 Hz")],
)
def test_values_are_written_with_their_unit_and_read_again(knob, value, text):
    lane = LaneKnob("t", knob, knob.default, None)

    assert lane.text_of(value) == text
    assert lane.read(text) == value

import pytest

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.playing import LatencyReport, OpenSpeaker, SpeakerSettings
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.main_window import _latency
from musicgen_desktop.ui.main_window._latency import LatencyMeasurement

STUDIO = OpenSpeaker(SpeakerSettings(device="Studio"))
USUAL = OpenSpeaker()


@pytest.fixture
def jobs():
    made = JobsBridge()
    yield made
    made.close()


class Measures:
    """In place of a cable."""

    def __init__(self, answer):
        self.answer = answer
        self.speaker = None

    def __call__(self, speaker):
        self.speaker = speaker
        return self

    def run(self, _report, _stop):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_what_was_measured_is_told(qtbot, bridges, jobs, monkeypatch):
    device = Measures(LatencyReport("Studio", 48_000, 256, 452, 9.42, 400))
    monkeypatch.setattr(_latency, "MeasureDevice", device)
    measurement = LatencyMeasurement(bridges.player, jobs)

    with qtbot.waitSignal(measurement.measured) as told:
        measurement.measure(STUDIO, USUAL)

    assert device.speaker is STUDIO
    assert "“Studio”" in told.args[0]
    assert "9.42 ms" in told.args[0]


def test_why_it_failed_is_told(qtbot, bridges, jobs, monkeypatch):
    monkeypatch.setattr(
        _latency, "MeasureDevice", Measures(MusicgenDesktopError("Nothing came back; plug in the cable."))
    )
    measurement = LatencyMeasurement(bridges.player, jobs)

    with qtbot.waitSignal(measurement.failed) as told:
        measurement.measure(STUDIO, USUAL)

    assert told.args == ["Nothing came back; plug in the cable."]


def test_playback_lets_go_of_its_device_and_takes_it_again(qtbot, bridges, jobs, monkeypatch):
    calls = []
    player = bridges.player
    monkeypatch.setattr(type(player), "is_open", property(lambda _self: True))
    monkeypatch.setattr(player, "close", lambda: calls.append("close"))
    monkeypatch.setattr(player, "open", calls.append)
    monkeypatch.setattr(
        _latency, "MeasureDevice", Measures(LatencyReport("Studio", 48_000, 256, 452, 9.42, 400))
    )
    measurement = LatencyMeasurement(player, jobs)

    with qtbot.waitSignal(measurement.measured):
        measurement.measure(STUDIO, USUAL)

    assert calls == ["close", USUAL]

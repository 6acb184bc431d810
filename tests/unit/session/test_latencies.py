import pytest

from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.playback.host import SpeakerOpened
from musicgen_desktop.session.controllers.playing._latencies import remember_residual, residual_of


def opened(**figures):
    told = {"name": "system", "rate": 48_000, "device_frames": 256, "latency_ms": 5.0}
    return SpeakerOpened(**told | {"host_api": "JACK", "input_device": "system"} | figures)


def test_what_was_measured_last_counts():
    remember_residual(opened(), 10)
    remember_residual(opened(), 20)

    assert residual_of(opened()) == 20


@pytest.mark.parametrize(
    "other",
    [
        {"name": "USB"},
        {"rate": 44_100},
        {"device_frames": 512},
        {"host_api": "ALSA"},
        {"input_device": "USB"},
    ],
)
def test_what_was_measured_another_way_does_not_count(other):
    remember_residual(opened(), 10)

    assert residual_of(opened(**other)) == 0


@pytest.mark.parametrize(
    "data", [b"", b"[", b"\xff\xfe", b"[{}]", b'[{"device":"\\ud800"}]', b"[" * 100_000, b"{}"]
)
def test_a_damaged_file_is_as_good_as_none_and_is_written_anew(data):
    path = user_data_folder() / "latencies.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)

    before = residual_of(opened())
    remember_residual(opened(), 7)

    assert (before, residual_of(opened())) == (0, 7)

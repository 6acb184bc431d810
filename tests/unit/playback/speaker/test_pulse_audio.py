"""The second route: ALSA, and behind its plugin a sound server."""

import time

import numpy as np
import pytest

from tests.fakes.pulse_server import PulseServer, missing_parts


@pytest.fixture
def pulse(tmp_path):
    missing = missing_parts()
    if missing:
        names = "pulseaudio pulseaudio-utils libasound2-plugins"
        pytest.skip(f"not installed: {', '.join(missing)} (apt install {names})")
    server = PulseServer(tmp_path)
    server.start()
    yield server
    server.stop()


def until_it_has_ended(pulse, sounding_frames):
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        heard = pulse.heard()
        if np.count_nonzero(heard.any(axis=1)) >= sounding_frames:
            break
        time.sleep(0.05)
    return heard


@pytest.mark.slow
def test_all_that_is_written_is_heard_through_alsa_and_a_sound_server(pulse, a_scene, tmp_path):
    pulse.record(tmp_path / "tape.raw")
    scene = a_scene(pulse, "play_through_alsa")
    scene.answer()
    scene.go_on()
    answer = scene.answer()
    expected = scene.expected()

    heard = until_it_has_ended(pulse, len(expected))

    # A sound server may pause on a busy machine: silence may come between, but nothing may be missing.
    np.testing.assert_array_equal(heard[heard.any(axis=1)], expected)
    assert answer["rate"] == 48000


@pytest.mark.slow
def test_a_sound_server_that_ends_is_noticed_and_the_process_can_open_its_successor(pulse, a_scene, tmp_path):
    scene = a_scene(pulse, "lose_and_reopen")
    scene.answer()
    scene.go_on()
    pulse.stop()
    lost = scene.answer()
    pulse.start()
    pulse.record(tmp_path / "tape.raw")
    scene.go_on()
    again = scene.answer()
    expected = scene.expected()

    heard = until_it_has_ended(pulse, len(expected))

    assert "gone" in lost["sentence"]
    assert not lost["needs_new_process"]
    assert again["silent"] is None
    np.testing.assert_array_equal(heard[heard.any(axis=1)], expected)

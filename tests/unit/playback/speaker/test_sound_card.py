"""What an independent client of a real JACK server hears, sample by sample."""

import numpy as np
import pytest


def without_silence(heard):
    sounding = np.flatnonzero(np.abs(heard).max(axis=1))
    return heard[sounding[0] : sounding[-1] + 1]


@pytest.mark.slow
@pytest.mark.parametrize("period", [256, 512])
def test_all_that_is_written_in_blocks_is_heard_exactly(stage, period):
    answer, expected, heard = stage(period).play("play_exactly")

    np.testing.assert_array_equal(without_silence(heard), expected)
    assert answer == {
        "starvations": 0,
        "device_frames": period,
        "latency_frames": answer["latency_frames"],
        "rate": 48000,
        "name": "system",
    }
    assert 0 < answer["latency_frames"] <= 4 * period


@pytest.mark.slow
def test_what_is_rewritten_ahead_of_the_reader_is_heard_and_nothing_else_changes(stage):
    answer, expected, heard = stage(256).play("rewrite_ahead")

    np.testing.assert_array_equal(without_silence(heard), expected)
    assert answer == {"late": 0}


@pytest.mark.slow
def test_a_starvation_is_counted_once_and_all_frames_are_heard_around_it(stage):
    answer, expected, heard = stage(512).play("starve", loops=True)

    sounding = heard[np.abs(heard).max(axis=1) > 0]
    np.testing.assert_array_equal(sounding, expected[np.abs(expected).max(axis=1) > 0])
    assert answer["starvations"] == 1
    assert answer["at_the_starvation"] == [0, 0]


@pytest.mark.slow
def test_input_keeps_its_place_on_the_stream_clock_over_a_starvation(stage):
    answer, _, _ = stage(512).play("starve", loops=True)

    assert answer["delays"] == [512, 512]
    assert answer["offset"] > 0


@pytest.mark.slow
def test_input_that_nobody_fetched_is_counted_and_the_rest_keeps_its_place(stage):
    answer, _, _ = stage(512).play("forget_the_input", loops=True)

    assert answer == {"overflows": 1, "starvations": 0, "lost": True, "delay": 512}


@pytest.mark.slow
def test_live_sound_is_heard_over_the_rest_and_its_end_is_no_starvation(stage):
    answer, expected, heard = stage(256).play("play_live")

    whole_blocks = len(expected) // 256 * 256
    np.testing.assert_array_equal(without_silence(heard)[:whole_blocks], expected[:whole_blocks])
    assert answer == {"starvations": 0, "left": 0}


@pytest.mark.slow
@pytest.mark.parametrize("period", [256, 512])
def test_a_loop_back_comes_in_equally_late_at_each_opening(stage, period):
    theatre = stage(period)
    ear, scene = theatre.recorder(loops=True), theatre.scene("record_often")
    for _ in range(4):
        assert scene.answer() == {"ready": True}
        ear.connect()
        scene.go_on()
    answer = scene.answer()
    scene.expected()

    assert answer == {"delays": [period] * 4, "offsets": [0] * 4}


@pytest.mark.slow
def test_a_killed_server_is_noticed_and_a_new_process_plays_on_a_new_one(stage):
    theatre = stage(512)
    scene = theatre.scene("lose")
    scene.answer()
    scene.go_on()
    theatre.server.kill()
    lost = scene.answer()
    scene.expected()
    theatre.server.start()

    answer, expected, heard = theatre.play("play_exactly")

    assert "gone" in lost["sentence"]
    assert lost["needs_new_process"]
    assert not lost["rescanned"]
    np.testing.assert_array_equal(without_silence(heard), expected)
    assert answer["starvations"] == 0

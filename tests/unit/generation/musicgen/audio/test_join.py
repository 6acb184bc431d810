import numpy as np
import pytest

from musicgen_desktop.generation.musicgen.audio import crossfade, join_at_step, seam_dbfs


def sine(frames: int, hz: float = 100.0) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(frames) / 32_000)).astype(np.float32)[None]


def test_fading_a_sound_into_itself_changes_nothing():
    sound = sine(640)

    np.testing.assert_allclose(crossfade(sound, sound), sound, atol=1e-6)


def test_a_join_keeps_the_first_before_its_step_and_the_second_after_the_fade():
    first, second = np.zeros((2, 6_400), np.float32), np.ones((2, 3_200), np.float32)

    joined = join_at_step(first, second, step=4, hop=640, steps=2)

    assert joined.shape == (2, 4 * 640 + 3_200)
    assert not joined[:, : 4 * 640].any()
    assert (joined[:, 6 * 640 :] == 1).all()
    assert (np.diff(joined[0]) >= 0).all()


def test_a_fade_longer_than_its_pieces_is_refused():
    with pytest.raises(ValueError, match="shorter than the fade"):
        join_at_step(sine(640), sine(640), step=1, hop=640)


def test_a_jump_of_a_tenth_is_minus_20_dbfs_in_either_channel():
    audio = np.zeros((2, 100), np.float32)
    audio[1, 50:] = 0.1

    assert seam_dbfs(audio, 50) == pytest.approx(-20.0, abs=0.01)


def test_a_smooth_sound_has_no_seam_and_silence_is_the_floor():
    assert seam_dbfs(sine(640), 320) < -80.0
    assert seam_dbfs(np.zeros((1, 8), np.float32), 4) == -120.0

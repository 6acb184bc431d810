import numpy as np
import pytest

from musicgen_desktop.generation.musicgen.audio import crossfade, seam_dbfs


def sine(frames: int, hz: float = 100.0) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(frames) / 32_000)).astype(np.float32)[None]


def test_fading_a_sound_into_itself_changes_nothing():
    sound = sine(640)

    np.testing.assert_allclose(crossfade(sound, sound), sound, atol=1e-6)


def test_a_jump_of_a_tenth_is_minus_20_dbfs_in_either_channel():
    audio = np.zeros((2, 100), np.float32)
    audio[1, 50:] = 0.1

    assert seam_dbfs(audio, 50) == pytest.approx(-20.0, abs=0.01)


def test_a_smooth_sound_has_no_seam_and_silence_is_the_floor():
    assert seam_dbfs(sine(640), 320) < -80.0
    assert seam_dbfs(np.zeros((1, 8), np.float32), 4) == -120.0


def test_noise_is_no_seam_but_a_jump_in_it_is():
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (1, 640)).astype(np.float32)
    torn = noise.copy()
    torn[:, 320:] += 0.6

    assert max(seam_dbfs(noise, frame) for frame in range(100, 110)) < -30.0
    assert seam_dbfs(torn, 320) > -10.0


def test_a_seam_at_the_very_edge_cannot_be_measured():
    with pytest.raises(ValueError, match="two frames"):
        seam_dbfs(sine(64), 63)

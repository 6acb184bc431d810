import numpy as np
import pytest

from musicgen_desktop.dsp import SEAMLESS_DBFS, seam_dbfs


def sine(frames):
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(frames) / 48_000)[:, np.newaxis].astype(np.float32)


def test_a_jump_is_measured_in_the_channel_where_it_is():
    audio = np.zeros((100, 2), np.float32)
    audio[50:, 1] = 0.1

    assert seam_dbfs(audio, 50) == pytest.approx(-20.0, abs=0.01)


def test_music_is_no_seam():
    assert seam_dbfs(sine(640), 320) < -80.0
    assert seam_dbfs(np.zeros((8, 1), np.float32), 4) == SEAMLESS_DBFS


def test_a_seam_at_an_end_cannot_be_told():
    with pytest.raises(ValueError, match="two frames"):
        seam_dbfs(sine(64), 63)

"""The sounds that the metronome brings along, and the script that computed them."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from musicgen_desktop.dsp import peak_dbfs
from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.media import read_audio

SCRIPT = Path(__file__).resolve().parents[3] / "measure" / "make_clicks.py"
SOUNDS = pytest.mark.parametrize("name", ["accent", "beat"])


def the_sound(name):
    return read_audio(resources_folder() / "metronome" / f"{name}.wav")


@SOUNDS
def test_a_click_is_short_and_leaves_room_for_the_song(name):
    sound, rate = the_sound(name)

    assert rate == 48_000
    assert sound.shape[1] == 1
    assert len(sound) < 0.1 * rate
    assert -9.0 < peak_dbfs(sound) <= -6.0


@SOUNDS
def test_a_click_begins_and_ends_in_silence_but_is_there_within_two_milliseconds(name):
    sound, rate = the_sound(name)

    assert abs(sound[0, 0]) < 0.001
    assert abs(sound[-1, 0]) < 0.001
    assert np.abs(sound[: rate // 500]).max() > 0.9 * np.abs(sound).max()


def test_the_accent_is_a_fifth_higher():
    spectra = [np.abs(np.fft.rfft(the_sound(name)[0][:, 0], 1 << 15)) for name in ("accent", "beat")]

    accent, beat = (spectrum.argmax() for spectrum in spectra)

    assert accent / beat == pytest.approx(1.5, abs=0.03)


@SOUNDS
def test_the_file_is_what_the_script_computes(name):
    script = runpy.run_path(str(SCRIPT))

    computed = script["knock"](script["SOUNDS_HZ"][name])

    np.testing.assert_allclose(the_sound(name)[0][:, 0], computed, atol=1e-5)

import numpy as np
import pytest
import soundfile

from musicgen_desktop.media import CannotWriteError, read_audio, write_flac, write_wav

SOUND = np.random.default_rng(3).uniform(-1.01, 1.01, (100_000, 2)).astype(np.float32)


@pytest.mark.parametrize("bits", [16, 24])
def test_flac_holds_the_same_numbers_as_wav(tmp_path, bits):
    write_wav(tmp_path / "a.wav", SOUND, 48_000, bits, seed=5)

    write_flac(tmp_path / "a.flac", SOUND, 48_000, bits, seed=5)

    assert soundfile.info(tmp_path / "a.flac").subtype == f"PCM_{bits}"
    np.testing.assert_array_equal(read_audio(tmp_path / "a.flac")[0], read_audio(tmp_path / "a.wav")[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.flac", "a.wav"]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(CannotWriteError, match="does not exist"):
        write_flac(tmp_path / "nowhere" / "a.flac", SOUND, 48_000)


def test_what_cannot_be_written_leaves_no_file(tmp_path):
    broken = SOUND.copy()
    broken[90_000, 1] = np.nan

    with pytest.raises(ValueError, match="not finite"):
        write_flac(tmp_path / "a.flac", broken, 48_000)
    with pytest.raises(ValueError, match="No FLAC file has"):
        write_flac(tmp_path / "a.flac", SOUND, 48_000, 32)

    assert list(tmp_path.iterdir()) == []

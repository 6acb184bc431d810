import struct

import numpy as np
import pytest
import soundfile

from musicgen_desktop.media import is_whole, write_flac, write_wav

SOUND = np.random.default_rng(1).uniform(-0.5, 0.5, (5_000, 2)).astype(np.float32)
KINDS = {"wav": "WAV", "aiff": "AIFF", "rf64": "RF64", "ogg": "OGG", "flac": "FLAC", "mp3": "MP3"}


@pytest.mark.parametrize("kind", KINDS)
def test_whole_files_of_all_kinds_are_whole(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    soundfile.write(path, SOUND, 48_000, format=KINDS[kind])

    assert is_whole(path)


@pytest.mark.parametrize("kind", ["wav", "aiff", "rf64", "flac"])
@pytest.mark.parametrize("share", [0.001, 0.5, 0.99])
def test_files_that_are_still_written_are_not(tmp_path, kind, share):
    path = tmp_path / f"a.{kind}"
    soundfile.write(path, SOUND, 48_000, format=KINDS[kind])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])

    assert not is_whole(path)


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF, 1 << 20])
def test_a_head_that_waits_for_its_figures_is_not_whole(tmp_path, length):
    path = tmp_path / "a.wav"
    write_wav(path, SOUND, 48_000)
    data = path.read_bytes()
    at = data.index(b"data") + 4
    path.write_bytes(data[:at] + struct.pack("<I", length) + data[at + 4 :])

    assert not is_whole(path)


def test_our_own_files_are_whole(tmp_path):
    write_wav(tmp_path / "a.wav", SOUND, 48_000)
    write_flac(tmp_path / "a.flac", SOUND, 48_000)

    assert is_whole(tmp_path / "a.wav")
    assert is_whole(tmp_path / "a.flac")


@pytest.mark.parametrize(
    "data", [b"", b"RIFF", b"RIFF\xff\xff\xff\xffWAVE" + b"junk\0\0\0\0" * 2_000, b"no sound"]
)
def test_what_is_no_sound_file_is_not_whole(tmp_path, data):
    (tmp_path / "a.wav").write_bytes(data)

    assert not is_whole(tmp_path / "a.wav")
    assert not is_whole(tmp_path / "missing.wav")
    assert not is_whole(tmp_path)

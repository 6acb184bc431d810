import os
import struct
import tracemalloc

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import (
    AudioFile,
    UnreadableAudioError,
    read_audio,
    read_audio_checked,
    read_info,
    write_wav,
)

RATE = 44_100
SINE = (0.5 * np.sin(2 * np.pi * 441 * np.arange(RATE) / RATE))[:, np.newaxis].astype(np.float32)
SINE = np.concatenate([SINE, -SINE], axis=1)


def header(rate=48_000, channels=2, bits=16, data=400, kind=1):
    frame = channels * bits // 8
    fmt = struct.pack("<HHIIHH", kind, channels, rate, rate * frame & 0xFFFFFFFF, frame & 0xFFFF, bits)
    size = struct.pack("<I", 36 + data & 0xFFFFFFFF)
    return b"RIFF" + size + b"WAVEfmt " + struct.pack("<I", 16) + fmt + b"data" + struct.pack("<I", data)


@pytest.mark.parametrize(
    ("name", "encoding", "tolerance"),
    [
        ("a.wav", "PCM_24", 1e-6),
        ("a.wav", "FLOAT", 0.0),
        ("a.flac", "PCM_16", 1e-4),
        ("a.aiff", "PCM_24", 1e-6),
        ("a.ogg", "VORBIS", 0.03),
        ("a.mp3", "MPEG_LAYER_III", 0.03),
    ],
)
def test_every_format_is_read(tmp_path, name, encoding, tolerance):
    soundfile.write(tmp_path / name, SINE, RATE, subtype=encoding)

    info = read_info(tmp_path / name)
    found, rate = read_audio(tmp_path / name)

    assert (info.rate, info.channels, info.frames, info.encoding) == (RATE, 2, len(SINE), encoding)
    assert info.seconds == 1.0
    assert rate == RATE
    assert found.dtype == np.float32
    middle = slice(2000, -2000)
    assert np.abs(found[middle] - SINE[middle]).max() <= tolerance


def test_the_name_does_not_decide_what_a_file_is(tmp_path):
    soundfile.write(tmp_path / "a.flac", SINE, RATE)
    (tmp_path / "a.flac").rename(tmp_path / "a.wav")

    assert read_info(tmp_path / "a.wav").format == "FLAC"


def test_mono_has_one_channel(tmp_path):
    write_wav(tmp_path / "a.wav", SINE[:, 0], RATE)

    assert read_audio(tmp_path / "a.wav")[0].shape == (len(SINE), 1)


def test_a_part_is_read_from_its_first_frame(tmp_path):
    write_wav(tmp_path / "a.wav", SINE, RATE, 32)

    part, _ = read_audio(tmp_path / "a.wav", start=1000, frames=500)
    rest, _ = read_audio(tmp_path / "a.wav", start=RATE - 10, frames=500)
    beyond, _ = read_audio(tmp_path / "a.wav", start=RATE + 10)

    np.testing.assert_array_equal(part, SINE[1000:1500])
    np.testing.assert_array_equal(rest, SINE[-10:])
    assert beyond.shape == (0, 2)


def test_another_rate_is_converted_to(tmp_path):
    write_wav(tmp_path / "a.wav", SINE, RATE, 32)

    found, rate = read_audio(tmp_path / "a.wav", rate=48_000)

    assert (len(found), rate) == (48_000, 48_000)
    expected = 0.5 * np.sin(2 * np.pi * 441 * np.arange(48_000) / 48_000)
    assert np.abs(found[4800:-4800, 0] - expected[4800:-4800]).max() < 1e-4


def test_pieces_join_to_the_whole(tmp_path):
    write_wav(tmp_path / "a.wav", SINE, RATE, 32)

    with AudioFile(tmp_path / "a.wav") as file:
        blocks = list(file.blocks(10_000))

    assert [len(block) for block in blocks] == [10_000] * 4 + [4_100]
    np.testing.assert_array_equal(np.concatenate(blocks), SINE)


def test_samples_that_are_not_finite_become_silence_and_are_counted(tmp_path):
    sound = np.full((100, 2), 0.5, np.float32)
    sound[10, 0], sound[20, 1], sound[30, 0], sound[40, 1] = np.nan, np.inf, -np.inf, 1e30
    soundfile.write(tmp_path / "a.wav", sound, RATE, subtype="FLOAT")

    found = read_audio_checked(tmp_path / "a.wav")

    assert found.repaired_samples == 4
    assert np.isfinite(found.audio).all()
    assert np.argwhere(found.audio == 0).tolist() == [[10, 0], [20, 1], [30, 0], [40, 1]]


def test_a_file_that_is_cut_off_gives_what_is_there(tmp_path):
    soundfile.write(tmp_path / "a.flac", SINE, RATE)
    raw = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "cut.flac").write_bytes(raw[: len(raw) // 2])

    found = read_audio_checked(tmp_path / "cut.flac")

    assert 0 < len(found.audio) < len(SINE)
    assert len(found.audio) + found.missing_frames == len(SINE)
    np.testing.assert_allclose(found.audio, SINE[: len(found.audio)], atol=1e-4)


def test_a_wav_header_that_promises_too_much_gives_what_is_there(tmp_path):
    for data in (0x7FFFFFF0, 0xFFFFFFF0, 4000):
        (tmp_path / "a.wav").write_bytes(header(data=data) + b"\x00\x40" * 200)

        found, _ = read_audio(tmp_path / "a.wav")

        assert found.shape == (100, 2)
        assert (found == 0.5).all()


def test_a_header_that_promises_hours_costs_no_memory(tmp_path):
    soundfile.write(tmp_path / "a.flac", SINE, RATE)
    raw = bytearray((tmp_path / "a.flac").read_bytes())
    frames = 3600 * RATE * 5
    raw[22:26] = struct.pack(">I", frames)  # STREAMINFO's count of samples
    (tmp_path / "a.flac").write_bytes(raw)
    assert read_info(tmp_path / "a.flac").frames == frames

    tracemalloc.start()
    try:
        found = read_audio_checked(tmp_path / "a.flac")
        assert len(found.audio) == len(SINE)
        assert found.missing_frames == frames - len(SINE)
    except UnreadableAudioError:
        pass  # also an answer
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 150_000_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="0 bytes"),
        pytest.param(b"Dear diary, today", "not a sound file", id="text"),
        pytest.param(b"RIFF", "damaged", id="four letters"),
        pytest.param(header()[:30], "damaged", id="cut off inside the header"),
        pytest.param(header(rate=0) + bytes(400), "damaged|sample rate", id="0 Hz"),
        pytest.param(header(rate=7_000) + bytes(400), "7000 Hz", id="7 kHz"),
        pytest.param(header(rate=2_000_000_000) + bytes(400), "2000000000 Hz", id="2 GHz"),
        pytest.param(header(channels=0) + bytes(400), "damaged|channels", id="no channels"),
        pytest.param(header(channels=100) + bytes(400), "100 channels", id="100 channels"),
        pytest.param(header(channels=60_000) + bytes(400), "damaged|channels", id="60 000 channels"),
        pytest.param(header(kind=0x1234) + bytes(400), "damaged", id="unknown encoding"),
        pytest.param(b"fLaC" + bytes(50), "damaged", id="no FLAC behind its name"),
        pytest.param(b"OggS" + bytes(50), "damaged", id="no Ogg behind its name"),
        pytest.param(b"ID3\x04" + bytes(50), "damaged", id="no MP3 behind its name"),
    ],
)
def test_a_file_that_is_no_sound_is_told_in_one_sentence(tmp_path, content, words):
    path = tmp_path / "kick.wav"
    path.write_bytes(content)

    with pytest.raises(UnreadableAudioError, match=words) as caught:
        read_audio(path)

    assert isinstance(caught.value, UserInputError)
    assert str(caught.value).startswith("“kick.wav” ")
    assert "\n" not in str(caught.value)


def test_more_than_a_day_is_refused(tmp_path):
    soundfile.write(tmp_path / "a.flac", SINE, RATE)
    raw = bytearray((tmp_path / "a.flac").read_bytes())
    raw[22:26] = struct.pack(">I", 25 * 3600 * RATE)
    (tmp_path / "a.flac").write_bytes(raw)

    with pytest.raises(UnreadableAudioError, match="24 hours"):
        read_info(tmp_path / "a.flac")


def test_missing_files_folders_and_pipes_are_told(tmp_path):
    (tmp_path / "folder").mkdir()
    names = {"missing.wav": "does not exist", "folder": "not a file"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        names["pipe"] = "not a file"

    for name, words in names.items():
        with pytest.raises(UnreadableAudioError, match=words):
            read_audio(tmp_path / name)


def test_a_raw_name_is_no_way_to_crash_the_reader(tmp_path):
    (tmp_path / "a.raw").write_bytes(header() + bytes(400))

    with pytest.raises(UnreadableAudioError, match=r"a\.raw"):
        read_audio(tmp_path / "a.raw")


def test_negative_frames_are_a_bug_of_the_caller(tmp_path):
    with pytest.raises(ValueError, match="from 0"):
        read_audio(tmp_path / "a.wav", start=-1)


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("originals")
    found = []
    for name, encoding in [
        ("a.wav", "PCM_16"),
        ("b.wav", "FLOAT"),
        ("c.wav", "IMA_ADPCM"),
        ("d.flac", "PCM_16"),
    ]:
        soundfile.write(folder / name, SINE[:600], RATE, subtype=encoding)
        found.append((folder / name).read_bytes())
    return found


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.integers(0, 3),
    changes=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 255)), max_size=6),
    words=st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from([0, 1, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])),
        max_size=2,
    ),
    cut=st.integers(1, 5000),
)
def test_damage_is_either_read_or_told(*, tmp_path, originals, which, changes, words, cut):
    raw = bytearray(originals[which][:cut])
    for at, value in changes:
        if at < len(raw):
            raw[at] = value
    for at, word in words:
        raw[at : at + 4] = struct.pack("<I", word)
    (tmp_path / "x.wav").write_bytes(raw)

    try:
        found, rate = read_audio(tmp_path / "x.wav")
    except UnreadableAudioError as error:
        assert "x.wav" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert np.isfinite(found).all()
        assert 8_000 <= rate <= 384_000

"""Tags are judged by wavinfo, and by soundfile's ear for the sound beside them."""

import struct

import numpy as np
import pytest
import soundfile
import wavinfo

from musicgen_desktop.media import (
    Acid,
    Bext,
    Cue,
    Loop,
    UnreadableAudioError,
    WavTags,
    read_chunks,
    read_tags,
    write_wav,
)

RATE = 48_000
BEXT = Bext(
    description="Bass, 82 bpm, Fm",
    originator="MusicGen Desktop",
    originator_reference="take-1",
    origination_date="2025-01-31",
    origination_time="12:34:56",
    time_reference_frames=5_000_000_000,
    loudness_lufs=-14.12,
    loudness_range_lu=5.5,
    true_peak_dbtp=-1.04,
    momentary_max_lufs=-11.0,
    short_term_max_lufs=-12.34,
    coding_history="A=PCM,F=48000,W=24,M=stereo\r\n",
)
TAGS = WavTags(
    bext=BEXT,
    acid=Acid(tempo_bpm=82.5, beats=64, meter_numerator=7, meter_denominator=8, root_note=41),
    ixml="<?xml version='1.0' encoding='UTF-8'?><BWFXML><PROJECT>Nachtstück</PROJECT></BWFXML>",
    info={"INAM": "Bass", "ISFT": "MusicGen Desktop"},
    cues=(Cue(0, "Intro"), Cue(1000, "Vers é", 500), Cue(2000, "odd")),
    loops=(Loop(100, 900), Loop(1000, 2000, 3)),
)


@pytest.fixture
def tagged(tmp_path):
    path = tmp_path / "tagged.wav"
    write_wav(path, np.full((3001, 1), 0.25, np.float32), RATE, 24, chunks=TAGS)
    return path


def test_the_broadcast_extension_is_read_by_another_program(tagged):
    found = wavinfo.WavInfoReader(str(tagged)).bext

    assert found.description == "Bass, 82 bpm, Fm"
    assert found.originator == "MusicGen Desktop"
    assert found.originator_ref == "take-1"
    assert (found.originator_date, found.originator_time) == ("2025-01-31", "12:34:56")
    assert found.time_reference == 5_000_000_000
    assert found.version == 2
    assert found.loudness_value == pytest.approx(-14.12)
    assert found.loudness_range == pytest.approx(5.5)
    assert found.max_true_peak == pytest.approx(-1.04)
    assert found.max_momentary_loudness == pytest.approx(-11.0)
    assert found.max_shortterm_loudness == pytest.approx(-12.34)
    assert found.coding_history.strip("\0") == BEXT.coding_history


def test_cues_and_their_names_are_read_by_another_program(tagged):
    found = wavinfo.WavInfoReader(str(tagged), info_encoding="utf-8").cues

    assert [cue.sample_offset for cue in found.cues] == [0, 1000, 2000]
    assert [label.text.strip("\0") for label in found.labels] == ["Intro", "Vers é", "odd"]
    assert [(part.name, part.length) for part in found.ranges] == [(2, 500)]


def test_loops_are_read_by_another_program(tagged):
    found = wavinfo.WavInfoReader(str(tagged)).smpl

    assert found.midi_note == 41
    assert found.sample_period_ns == 20833
    assert [(loop.start, loop.end, loop.repetition_count) for loop in found.sample_loops] == [
        (100, 899, 0),
        (1000, 1999, 3),
    ]


def test_info_and_ixml_are_read_by_another_program(tagged):
    found = wavinfo.WavInfoReader(str(tagged))

    assert found.info.title == "Bass"
    assert found.info.software == "MusicGen Desktop"
    assert found.ixml.project == "Nachtstück"


def test_acid_lies_as_hosts_expect_it(tagged):
    body = read_chunks(tagged)["acid"]

    assert len(body) == 24
    assert struct.unpack("<IHHfIHHf", body) == (2 | 4, 41, 0x8000, 0.0, 64, 8, 7, 82.5)


def test_drums_have_no_root_note_and_one_shots_do_not_stretch():
    assert struct.unpack_from("<I", Acid(120.0, 16).to_bytes())[0] == 4
    assert struct.unpack_from("<I", Acid(120.0, 16, one_shot=True).to_bytes())[0] == 1


def test_what_was_written_is_read_back(tagged):
    assert read_tags(tagged) == TAGS


def test_the_sound_is_untouched_by_the_tags(tagged):
    sound, rate = soundfile.read(tagged)

    assert rate == RATE
    assert sound.tolist() == [0.25] * 3001


def test_the_broadcast_extension_comes_before_the_samples(tagged):
    raw = tagged.read_bytes()

    assert raw.index(b"bext") < raw.index(b"data")


def test_unknown_and_infinite_loudness_is_marked_as_unused():
    found = Bext.from_bytes(Bext(loudness_lufs=float("-inf"), true_peak_dbtp=-1.0).to_bytes())

    assert found.loudness_lufs is None
    assert found.true_peak_dbtp == -1.0


def test_text_that_is_too_long_is_cut_between_letters():
    found = Bext.from_bytes(Bext(originator="é" * 40, description="x" * 300).to_bytes())

    assert found.originator == "é" * 16
    assert found.description == "x" * 256


def test_broken_tags_are_passed_over(tmp_path):
    broken = {
        b"acid": b"short",
        b"smpl": b"x",
        b"cue ": b"",
        b"LIST": b"INFOINAM\xff\xff\xff\xffBass",
        b"bext": b"x",
    }

    write_wav(tmp_path / "a.wav", np.zeros(10, np.float32), RATE, chunks=broken)

    assert read_tags(tmp_path / "a.wav") == WavTags(bext=Bext(description="x"), info={"INAM": "Bass"})


def test_a_file_cut_off_inside_its_tags_gives_what_is_there(tagged, tmp_path):
    raw = tagged.read_bytes()

    for length in range(12, 900, 37):
        (tmp_path / "cut.wav").write_bytes(raw[:length])

        assert set(read_chunks(tmp_path / "cut.wav")) <= set(read_chunks(tagged))


def test_chunks_of_what_is_no_wav_file_are_refused(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"RIFF....AVI LIST")

    for name in ("a.wav", "missing.wav"):
        with pytest.raises(UnreadableAudioError, match=name):
            read_chunks(tmp_path / name)


def test_an_info_name_has_four_letters():
    with pytest.raises(ValueError, match="four ASCII letters"):
        WavTags(info={"TITLE": "x"}).chunks(RATE)

"""What programs that are not ours read in a stem, at several rates."""

import json
import shutil
import subprocess

import numpy as np
import pytest

from musicgen_desktop.document import KeyChange, NotesClip, Project, Section, Take, Track
from musicgen_desktop.exchange.stems import FileRights, stem_tags
from musicgen_desktop.media import write_wav
from musicgen_desktop.music import Patch
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

RATES = (44_100, 48_000, 96_000)
BAR_S = 7 / 8 * 4 * 60 / 105  # 7/8 at 105 BPM


def read_by(program, *words):
    if shutil.which(program) is None:
        pytest.skip(f"the program “{program}” is not installed")
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


@pytest.fixture(params=RATES)
def stem(request, tmp_path):
    """Bars 3 and 4 of a song in 7/8, with a tail of one bar; its rate and its first frame."""
    rate = request.param
    bass = Track(
        "bass",
        "Bass",
        "notes",
        patch=Patch("general_midi", program=33),
        clips=(NotesClip("c", "", 0, 16 * 960, take_id="t"),),
    )
    song = Project(
        id="song",
        name="Nachtfahrt",
        rate=rate,
        tempo_map=TempoMap.constant(105.0),
        meter_map=MeterMap.constant(Meter(7, 8)),
        master=Track("master", "Master", "master"),
        keys=(KeyChange(0, "D minor"),),
        sections=(Section("a", "Intro", 0, 3 * 3_360), Section("b", "Chorus", 3 * 3_360, 7 * 3_360)),
        tracks=(bass,),
        takes=(Take("t", "One", "composer", seed=42, created="2025-03-04T05:06:07+00:00", licence="Yours."),),
    )
    start, end, stop = (song.tempo_map.frame_at(bar * 3_360, rate) for bar in (2, 4, 6))
    tags = stem_tags(
        song,
        bass,
        rights=FileRights("Yours.", commercial_use=True),
        frames=stop - start,
        start_frame=start,
        loop_frames=end - start,
    )
    path = tmp_path / "stem.wav"
    write_wav(path, np.zeros((stop - start, 2), np.float32), rate, chunks=tags)
    return path, rate, start


def test_exiftool_reads_every_chunk(stem):
    path, rate, start = stem

    told = json.loads(read_by("exiftool", "-j", "-n", str(path)))[0]

    assert (told["SampleRate"], told["TimeReference"]) == (rate, start)
    assert start == round(2 * BAR_S * rate)
    assert told["Originator"] == "MusicGen Desktop"
    assert f"F={rate},W=24" in told["CodingHistory"]
    assert (told["Tempo"], told["Beats"], told["RootNote"], told["MIDIUnityNote"]) == (105, 14, 62, 62)
    assert told["NumSampleLoops"] == 1
    assert (told["Title"], told["Product"], told["Copyright"]) == ("Bass", "Nachtfahrt", "Yours.")
    assert (told["BwfxmlProject"], told["BwfxmlUserSeed"], told["BwfxmlUserTempo"]) == ("Nachtfahrt", 42, 105)
    assert told["BwfxmlTrackListTrackName"] == "Bass L"


def test_sndfile_info_reads_tempo_meter_loop_and_labels(stem):
    path, rate, _ = stem

    told = " ".join(read_by("sndfile-info", str(path)).split())

    assert "(Loop,RootNoteValid,StretchOn" in told
    assert "Beats : 14 Meter : 7/8 Tempo : 105.000000" in told
    assert f"Start : 0 End : {round(2 * BAR_S * rate) - 1} " in told
    bar = round(BAR_S * rate)
    assert f"Cue ID : 2 Pos : {bar} Chunk : data Chk Start : 0 Blk Start : 0 Offset : {bar}" in told
    assert "labl : 1 : Intro" in told
    assert "labl : 2 : Chorus" in told


def test_mediainfo_reads_the_place_on_the_timeline(stem):
    path, rate, start = stem

    told = json.loads(read_by("mediainfo", "--Output=JSON", str(path)))["media"]["track"]

    assert told[1]["Delay_Source"] == "Container (bext)"
    assert round(float(told[1]["Delay"]) * rate) == start
    assert (told[0]["Title"], told[0]["Encoded_Date"]) == ("Bass", "2025-03-04 05:06:07")

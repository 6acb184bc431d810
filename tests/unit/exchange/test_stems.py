from xml.etree import ElementTree as ET

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wavinfo import WavInfoReader

from musicgen_desktop.document import KeyChange, Marker, NotesClip, Project, Section, Take, Track
from musicgen_desktop.exchange.stems import FileRights, mix_tags, stem_file_name, stem_tags
from musicgen_desktop.media import read_chunks, read_tags, write_wav
from musicgen_desktop.music import Patch
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

TAKE = Take(
    id="take-1",
    name="Night Drive",
    engine="composer",
    model="composer 1",
    licence="CC0-1.0",
    prompt="dusty <drums> & \x07 bells",
    seed=7,
    created="2025-03-04T05:06:07+00:00",
)
BASS = Track(
    id="bass",
    name="Bass & more",
    kind="notes",
    patch=Patch(source="general_midi", program=33),
    clips=(NotesClip("clip", "", 0, 15_360, take_id="take-1"),),
)
DRUMS = Track(
    id="drums", name="Drums", kind="notes", patch=Patch(source="synth", preset="kit_808", is_drums=True)
)
FRAMES = 48_000 * 8
RIGHTS = FileRights("CC0-1.0", commercial_use=True)


def a_song(**values):
    values = {
        "id": "song",
        "name": "Night Drive",
        "tempo_map": TempoMap.constant(120.0),
        "meter_map": MeterMap.constant(Meter(4, 4)),
        "master": Track(id="master", name="Master", kind="master"),
        "keys": (KeyChange(0, "A minor"),),
        "sections": (
            Section("a", "Intro", 0, 7_680),
            Section("b", "Chorus", 7_680, 7_680),
            Section("c", "Out", 99_999, 1),
        ),
        "tracks": (BASS, DRUMS),
        "takes": (TAKE,),
        "end_ticks": 15_360,
    } | values
    return Project(**values)


@pytest.fixture
def stem(tmp_path):
    path = tmp_path / "stem.wav"
    sound = np.zeros((FRAMES, 2), np.float32)
    write_wav(path, sound, 48_000, 24, chunks=stem_tags(a_song(), BASS, rights=RIGHTS, frames=FRAMES))
    return path


@pytest.mark.parametrize(
    ("bpm", "key", "file"),
    [
        (92.0, "A minor", "01_drums_92bpm_Am.wav"),
        (92.5, "Bb major", "01_drums_92.5bpm_Bb.wav"),
        (120.0, "F# minor", "01_drums_120bpm_F#m.wav"),
        (100.123, "C", "01_drums_100.12bpm_C.wav"),
    ],
)
def test_a_stems_file_says_number_name_tempo_and_key(bpm, key, file):
    song = a_song(tempo_map=TempoMap.constant(bpm), keys=(KeyChange(0, key),))

    assert stem_file_name(1, "Drums", song) == file


def test_a_song_without_a_key_names_none():
    assert stem_file_name(12, "Warm pad", a_song(keys=()), extension="mid") == "12_warm-pad_120bpm.mid"


def test_another_programs_reader_finds_origin_time_and_tempo(stem):
    info = WavInfoReader(stem)

    assert info.bext.originator == "MusicGen Desktop"
    assert (info.bext.originator_date, info.bext.originator_time) == ("2025-03-04", "05:06:07")
    assert info.bext.time_reference == 0
    assert "seed 7" in info.bext.description
    assert info.info.title == "Bass & more"
    assert info.info.product == "Night Drive"
    assert info.info.copyright == "CC0-1.0"
    assert [cue.sample_offset for cue in info.cues.cues] == [0, FRAMES // 2]
    assert [label.text for label in info.cues.labels] == ["Intro", "Chorus"]
    assert info.ixml.project == "Night Drive"


def test_our_reader_finds_tempo_meter_root_and_beats(stem):
    acid = read_tags(stem).acid

    assert (acid.tempo_bpm, acid.beats, acid.meter_numerator, acid.meter_denominator) == (120.0, 16, 4, 4)
    assert (acid.root_note, acid.one_shot) == (69, False)


@pytest.mark.parametrize(("meter", "bpm", "beats"), [("6/8", 90.0, 12), ("7/8", 120.0, 16), ("3/4", 60.0, 8)])
def test_beats_are_quarter_notes_as_the_tempo_counts_them(meter, bpm, beats):
    song = a_song(tempo_map=TempoMap.constant(bpm), meter_map=MeterMap.constant(Meter.parse(meter)))

    assert stem_tags(song, BASS, rights=RIGHTS, frames=FRAMES).acid.beats == beats


def test_drums_have_no_root_note():
    assert stem_tags(a_song(), DRUMS, rights=RIGHTS, frames=FRAMES).acid.root_note is None


def test_a_changing_tempo_has_no_acid_chunk_to_mislead():
    song = a_song(tempo_map=TempoMap((TempoPoint(0, 90.0, ramp=True), TempoPoint(9_600, 120.0))))

    assert stem_tags(song, BASS, rights=RIGHTS, frames=FRAMES).acid is None


def test_the_ixml_is_well_formed_and_tells_how_it_was_made(stem):
    root = ET.fromstring(read_chunks(stem)["iXML"].decode())  # noqa: S314 - written by ourselves

    user = {element.tag: element.text for element in root.find("USER")}
    assert user["SEED"] == "7"
    assert user["PROMPT"] == "dusty <drums> &   bells"
    assert (user["TEMPO"], user["KEY"], user["METER"]) == ("120", "A minor", "4/4")
    assert [track.findtext("NAME") for track in root.iter("TRACK")] == ["Bass & more L", "Bass & more R"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_title_and_prompt_make_well_formed_ixml(title, prompt):
    song = a_song(name=title, takes=(msgspec.structs.replace(TAKE, prompt=prompt),))

    tags = stem_tags(song, BASS, rights=RIGHTS, frames=FRAMES)

    ET.fromstring(tags.ixml)  # noqa: S314 - written by ourselves


def test_a_project_without_takes_tells_its_rights_alone():
    tags = mix_tags(a_song(takes=(), tracks=()), rights=RIGHTS, frames=FRAMES)

    assert tags.bext.originator_reference == ""
    assert tags.info["ICMT"] == tags.info["ICOP"] == "CC0-1.0"
    assert "<ENGINE>" not in tags.ixml


@pytest.mark.parametrize(("commercial_use", "told"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_the_judgement_is_in_the_tags_whatever_the_take_says(commercial_use, told):
    rights = FileRights("Not all of it is yours.", commercial_use)

    tags = mix_tags(a_song(), rights=rights, frames=FRAMES)

    assert f"<COMMERCIAL_USE>{told}</COMMERCIAL_USE>" in tags.ixml
    assert "<LICENCE>Not all of it is yours.</LICENCE>" in tags.ixml
    assert tags.info["ICOP"] == "Not all of it is yours."


def test_a_piece_of_a_song_says_where_on_the_timeline_it_lies():
    half = FRAMES // 2

    tags = mix_tags(a_song(), rights=RIGHTS, frames=half, start_frame=half, bits=16)

    assert tags.bext.time_reference_frames == half
    assert f"_LO>{half}<" in tags.ixml
    assert "W=16," in tags.bext.coding_history
    assert [(cue.frame, cue.label) for cue in tags.cues] == [(0, "Chorus")]
    assert tags.acid.beats == 8


def test_a_section_that_began_before_the_file_is_told_from_its_start():
    tags = mix_tags(a_song(), rights=RIGHTS, frames=FRAMES // 2, start_frame=FRAMES // 4)

    quarter = FRAMES // 4
    assert [(cue.frame, cue.label, cue.length_frames) for cue in tags.cues] == [
        (0, "Intro", quarter),
        (quarter, "Chorus", quarter),
    ]


def test_markers_are_points_among_the_sections():
    song = a_song(markers=(Marker("m", "Drop", 3_840),))

    cues = mix_tags(song, rights=RIGHTS, frames=FRAMES).cues

    assert [(cue.label, cue.frame, cue.length_frames) for cue in cues][1] == ("Drop", FRAMES // 4, 0)


def test_a_piece_has_the_tempo_meter_and_key_of_its_place():
    song = a_song(
        tempo_map=TempoMap((TempoPoint(0, 60.0), TempoPoint(3_840, 120.0))),
        meter_map=MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(2, Meter(3, 4)))),
        keys=(KeyChange(0, "A minor"), KeyChange(3_840, "C")),
    )

    tags = stem_tags(song, BASS, rights=RIGHTS, frames=48_000 * 3, start_frame=48_000 * 4)

    assert (tags.acid.tempo_bpm, tags.acid.beats, tags.acid.meter_numerator) == (120.0, 6, 3)
    assert (tags.acid.root_note, tags.key) == (60, "C")
    assert "<TEMPO>120</TEMPO>" in tags.ixml
    assert stem_file_name(1, "Bass", song, at_tick=3_840) == "01_bass_120bpm_C.wav"


@pytest.mark.parametrize(
    ("frames", "one_shot"), [(48_000, False), (48_001, False), (30_000, True), (99, True)]
)
def test_what_does_not_end_on_a_beat_is_a_one_shot_and_no_loop(frames, one_shot):
    tags = stem_tags(a_song(), BASS, rights=RIGHTS, frames=frames, loop_frames=frames)

    assert tags.acid.one_shot is one_shot
    assert [(loop.start_frame, loop.end_frame) for loop in tags.loops] == ([] if one_shot else [(0, frames)])


def test_a_clips_file_speaks_of_its_own_take():
    other = NotesClip("two", "Fill", 15_360, 3_840, take_id="take-2")
    song = a_song(takes=(TAKE, msgspec.structs.replace(TAKE, id="take-2", seed=99)))

    both = msgspec.structs.replace(BASS, clips=(*BASS.clips, other))

    tags = stem_tags(song, both, rights=RIGHTS, frames=FRAMES, clip=other)

    assert tags.info["INAM"] == "Bass & more: Fill"
    assert "<SEED>99</SEED>" in tags.ixml

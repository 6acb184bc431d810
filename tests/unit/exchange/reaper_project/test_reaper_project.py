"""What an independent reader (the package `rpp`) finds in a REAPER project of ours."""

from itertools import pairwise

import pytest

from musicgen_desktop.document import (
    AudioClip,
    Automation,
    AutomationPoint,
    ChordChange,
    Insert,
    KeyChange,
    LoopRange,
    Marker,
    NotesClip,
    Section,
    Send,
    Track,
)
from musicgen_desktop.exchange.reaper_project import TrackSound, reaper_project
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, TempoMap, TempoPoint
from tests.fakes.reaper_reader import Beats, blocks, item_notes, lines, points, read, tracks, values
from tests.fakes.wild_songs import a_song, a_source, a_wild_song

FRAME_S = 1 / 48_000


def written(song, files=None, **options):
    files = {source.id: source.path for source in song.sources} if files is None else files
    return read(reaper_project(song, files, **options).text)


def the_item(root, name):
    (item,) = blocks(tracks(root)[name], "ITEM")
    return item


@pytest.mark.parametrize("seed", range(30))
def test_items_and_notes_lie_where_ours_do_to_the_frame_in_wild_songs(seed):
    song = a_wild_song(seed, notes=[200, 1_000, 4_000][seed % 3])
    root = written(song)
    beats, tempo = Beats(root), song.tempo_map

    for track in song.tracks:
        items = blocks(tracks(root)[track.name], "ITEM")
        assert len(items) == len(track.clips)
        for item, clip in zip(items, track.clips, strict=True):
            start, length = (float(values(item, tag)[0]) for tag in ("POSITION", "LENGTH"))
            assert start == pytest.approx(tempo.seconds_at(clip.start_ticks), abs=1e-9)
            assert start + length == pytest.approx(tempo.seconds_at(clip.end_ticks), abs=1e-9)
            if track.kind != "notes":
                continue
            notes, source_ticks, loops = item_notes(item)
            ours = clip.unrolled_notes()
            assert (source_ticks, loops) == (clip.length_ticks, False)
            heard = [(note.tick + clip.start_ticks, *note[1:]) for note in notes]
            assert sorted(heard) == sorted(
                (note.start_ticks, note.length_ticks, note.pitch, note.velocity) for note in ours
            )
            first_beat = beats.beats_at(start)
            for note in notes[:: max(1, len(notes) // 10)]:
                heard = beats.seconds_at(first_beat + note.tick / PPQ)
                assert heard == pytest.approx(tempo.seconds_at(clip.start_ticks + note.tick), abs=FRAME_S)


@pytest.mark.slow
def test_twenty_thousand_notes_all_come_back():
    song = a_wild_song(7, notes=24_000)

    root = written(song)

    read_back = sum(
        len(item_notes(item)[0])
        for track in blocks(root, "TRACK")
        for item in blocks(track, "ITEM")
        if blocks(item, "SOURCE")[0].attrib == ["MIDI"]
    )
    ours = sum(
        len(clip.unrolled_notes()) for track in song.tracks if track.kind == "notes" for clip in track.clips
    )
    assert read_back == ours > 20_000


def test_every_bar_begins_when_ours_does_even_after_steep_ramps():
    tempo = TempoMap(
        (
            TempoPoint(0, 40.0, ramp=True),
            TempoPoint(7 * PPQ, 220.0, ramp=True),
            TempoPoint(7 * PPQ + 1, 90.0),
            TempoPoint(30 * PPQ, 90.0, ramp=True),
            TempoPoint(100 * PPQ, 60.0, ramp=True),
        )
    )
    meters = MeterMap(
        (MeterChange(1, Meter(7, 8)), MeterChange(5, Meter(4, 4)), MeterChange(20, Meter(3, 4)))
    )
    root = written(a_song(tempo_map=tempo, meter_map=meters))

    beats = Beats(root)

    for bar in range(1, 60):
        tick = meters.tick_of_bar(bar)
        assert beats.seconds_at(tick / PPQ) == pytest.approx(tempo.seconds_at(tick), abs=FRAME_S)
    at_points = [float(line[0]) for line in lines(blocks(root, "TEMPOENVEX")[0], "PT")]
    assert all(before < after for before, after in pairwise(at_points))


def test_a_meter_changes_at_its_bar_and_in_the_middle_of_a_ramp():
    tempo = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(8 * PPQ, 120.0)))
    meters = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(2, Meter(7, 8))))

    root = written(a_song(tempo_map=tempo, meter_map=meters))

    signed = [line for line in lines(blocks(root, "TEMPOENVEX")[0], "PT") if len(line) > 3]
    assert [(int(line[3]) & 0xFFFF, int(line[3]) >> 16, line[2]) for line in signed] == [
        (4, 4, "0"),
        (7, 8, "0"),
    ]
    assert float(signed[1][0]) == pytest.approx(tempo.seconds_at(4 * PPQ), abs=1e-9)
    assert float(signed[1][1]) == pytest.approx(90.0)


def test_one_tempo_is_one_point():
    root = written(a_song(tempo_map=TempoMap.constant(92.5)))

    assert lines(blocks(root, "TEMPOENVEX")[0], "PT") == [["0", "92.5", "1", str(4 << 16 | 4), "0", "1"]]


def test_what_plays_into_a_bus_lies_in_its_folder():
    names = {"a": "g", "b": None, "c": "inner", "g": None, "inner": "g", "d": "g"}
    kinds = {"g": "bus", "inner": "bus"}
    song = a_song(*(Track(name, name, kinds.get(name, "notes"), output=out) for name, out in names.items()))

    root = written(song)

    rows = [(values(track, "NAME")[0], *values(track, "ISBUS")) for track in blocks(root, "TRACK")]
    assert rows == [
        ("b", "0", "0"),
        ("g", "1", "1"),
        ("a", "0", "0"),
        ("inner", "1", "1"),
        ("c", "2", "-1"),
        ("d", "2", "-1"),
    ]


def test_two_folders_may_end_with_one_track():
    song = a_song(
        Track("a", "a", "audio", output="in"), Track("in", "in", "bus", output="g"), Track("g", "g", "bus")
    )

    rows = {name: values(track, "ISBUS") for name, track in tracks(written(song)).items()}

    assert rows == {"g": ["1", "1"], "in": ["1", "1"], "a": ["2", "-2"]}


def test_fader_pan_mute_solo_and_polarity_are_the_strips():
    song = a_song(
        Track("a", "A", "audio", gain_db=-6.0, trim_db=-6.0, pan=-0.25, muted=True, polarity_inverted=True),
        Track("b", "B", "audio", soloed=True, gain_db=-140.0),
        Track("c", "C", "bus", solo_safe=True),
    )

    root = tracks(written(song))

    level, pan, law = (float(value) for value in values(root["A"], "VOLPAN")[:3])
    assert (level, pan, law) == (pytest.approx(10 ** (-12 / 20)), -0.25, 1.0)
    assert values(root["A"], "IPHASE") == ["1"]
    assert values(root["B"], "VOLPAN")[0] == "0"
    assert [values(root[name], "MUTESOLO") for name in "ABC"] == [
        ["1", "0", "0"],
        ["0", "2", "0"],
        ["0", "0", "1"],
    ]


def test_a_mono_track_pans_by_equal_power():
    song = a_song(
        Track("a", "A", "audio", clips=(AudioClip("c", "", 0, 960, "s1"),)), sources=(a_source(channels=1),)
    )

    assert float(values(tracks(written(song))["A"], "VOLPAN")[2]) == pytest.approx(0.5**0.5)


@pytest.mark.parametrize(
    ("platform", "number"), [("win32", 0x0180FF33), ("linux", 0x0133FF80), ("darwin", 0x0133FF80)]
)
def test_colours_lie_as_the_system_has_them(platform, number):
    clip = NotesClip("c", "", 0, 960, color="#33ff80")
    song = a_song(Track("a", "A", "notes", color="#33ff80", clips=(clip,)))

    root = written(song, platform=platform)

    assert values(tracks(root)["A"], "PEAKCOL") == [str(number)]
    assert values(the_item(root, "A"), "COLOR") == [str(number), "B"]


def test_a_send_stands_on_the_track_that_receives_it():
    drums = Track(
        "d",
        "Drums",
        "notes",
        trim_db=-4.0,
        sends=(Send("x", "r", -12.0), Send("y", "r", -6.0, pre_fader=True, enabled=False)),
    )
    song = a_song(Track("b", "Bass", "notes"), drums, Track("r", "Room", "bus"))

    (post, pre) = lines(tracks(written(song))["Room"], "AUXRECV")

    assert (post[:2], pre[:2]) == (["1", "0"], ["1", "3"])
    assert float(post[2]) == pytest.approx(10 ** (-12 / 20))
    assert float(pre[2]) == pytest.approx(10 ** (-10 / 20))
    assert (post[4], pre[4]) == ("0", "1")


def test_a_clip_of_sound_keeps_its_offset_gain_fades_and_mute():
    clip = AudioClip("c", "Hook", 960, 1_920, "s1", 22_050, -6.0, 10.0, 5_000.0, "s_curve", muted=True)
    song = a_song(Track("a", "A", "audio", clips=(clip,)), sources=(a_source(path="x/Vox take.FLAC"),))

    item = the_item(written(song), "A")

    assert (values(item, "POSITION"), values(item, "LENGTH"), values(item, "SOFFS")) == (
        ["0.5"],
        ["1"],
        ["0.5"],
    )
    assert (values(item, "FADEIN")[:2], values(item, "FADEOUT")[:2]) == (["5", "0.01"], ["5", "1"])
    assert float(values(item, "VOLPAN")[0]) == pytest.approx(10 ** (-6 / 20))
    assert (values(item, "MUTE")[0], values(item, "NAME")) == ("1", ["Hook"])
    (source,) = blocks(item, "SOURCE")
    assert (source.attrib, values(source, "FILE")) == (["FLAC"], ["x/Vox take.FLAC"])


def test_a_reversed_clip_counts_its_offset_from_the_files_end():
    clip = AudioClip("c", "", 0, 1_920, "s1", 88_200, reversed=True)
    song = a_song(Track("a", "A", "audio", clips=(clip,)), sources=(a_source(),))

    item = the_item(written(song), "A")

    (section,) = blocks(item, "SOURCE")
    assert (section.attrib, values(section, "MODE")) == (["SECTION"], ["3"])
    assert values(blocks(section, "SOURCE")[0], "FILE") == ["audio/vox.wav"]
    assert float(values(item, "SOFFS")[0]) == pytest.approx(10.0 - 2.0 - 1.0)


@pytest.mark.parametrize(("offset", "loops"), [(0, True), (480, False), (960, True)])
def test_a_loop_is_an_item_that_repeats_where_that_sounds_the_same(offset, loops):
    inner = (Note(0, 720, 60, 100), Note(960, 2_000, 64, 90))
    clip = NotesClip("c", "", 3_840, 4_000, inner, (Control(100, "cc", 11, 50),), offset, 1_920)
    song = a_song(Track("a", "A", "notes", clips=(clip,)))

    notes, round_ticks, repeats = item_notes(the_item(written(song), "A"))

    heard = [
        (at + 3_840, min(note.length, 4_000 - at), note.pitch)
        for begin in range(0, 4_000 if repeats else 1, round_ticks)
        for note in notes
        if (at := begin + note.tick) < 4_000
    ]
    assert sorted(heard) == [
        (note.start_ticks, note.length_ticks, note.pitch) for note in clip.unrolled_notes()
    ]
    if not offset:
        assert (repeats, round_ticks) == (True, 1_920)
    if offset == 480:
        assert repeats is loops


def test_midi_has_program_bank_controls_bend_and_the_drums_channel():
    clip = NotesClip(
        "c",
        "",
        0,
        1_920,
        (Note(0, 960, 36, 100), Note(480, 960, 36, 90)),
        (Control(10, "cc", 64, 127), Control(20, "pitch_bend", 0, -1), Control(30, "pressure", 0, 5)),
    )
    keys = Track("k", "Keys", "notes", clips=(clip,), patch=Patch("general_midi", 5, 130))
    drums = Track(
        "d",
        "Drums",
        "notes",
        clips=(NotesClip("c2", "", 0, 960, clip.notes[:1]),),
        patch=Patch("general_midi", is_drums=True),
    )

    root = written(a_song(keys, drums))

    (source,) = blocks(the_item(root, "Keys"), "SOURCE")
    assert lines(source, "E") == [
        ["0", "b0", "00", "01"],
        ["0", "b0", "20", "02"],
        ["0", "c0", "05", "00"],
        ["0", "90", "24", "64"],
        ["10", "b0", "40", "7f"],
        ["10", "e0", "7f", "3f"],
        ["10", "d0", "05", "00"],
        ["450", "80", "24", "00"],
        ["0", "90", "24", "5a"],
        ["960", "80", "24", "00"],
        ["480", "b0", "7b", "00"],
    ]
    (kit,) = blocks(the_item(root, "Drums"), "SOURCE")
    assert [line[1] for line in lines(kit, "E")] == ["c9", "99", "89", "b9"]


def test_a_fader_curve_is_never_far_from_ours_in_decibels_and_its_fader_rests():
    tempo = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(8 * PPQ, 180.0)))
    curve = Automation(
        "x",
        "gain_db",
        (AutomationPoint(0, -40.0), AutomationPoint(8 * PPQ, 0.0, "hold"), AutomationPoint(9 * PPQ, -144.0)),
    )
    song = a_song(Track("a", "A", "audio", gain_db=-9.0, trim_db=2.0, automation=(curve,)), tempo_map=tempo)

    track = tracks(written(song))["A"]

    places = points(track, "VOLENV2")
    assert values(track, "VOLPAN")[0] == "1"
    for here, after in pairwise(places):
        if here[2]:
            continue
        middle = (here[0] + after[0]) / 2
        factor = (here[1] + after[1]) / 2 / 10 ** (2 / 20)
        ours = 10 ** (curve.value_at(tempo.tick_at(middle)) / 20)
        assert factor == pytest.approx(ours, rel=0.03)
    assert [(round(place[0], 6), place[1:]) for place in places[-2:]] == [
        (round(tempo.seconds_at(8 * PPQ), 6), (pytest.approx(10 ** (2 / 20)), 1.0)),
        (round(tempo.seconds_at(9 * PPQ), 6), (0.0, 1.0)),
    ]


def test_pan_and_mute_curves_count_as_reapers_do():
    pan = Automation("p", "pan", (AutomationPoint(0, -1.0), AutomationPoint(1_920, 1.0)))
    mute = Automation(
        "m", "muted", (AutomationPoint(0, 0.0), AutomationPoint(960, 1.0), AutomationPoint(1_920, 1.0))
    )
    off = Automation("o", "gain_db", (AutomationPoint(0, 0.0),), enabled=False)
    song = a_song(Track("a", "A", "audio", pan=0.5, muted=True, automation=(pan, mute, off)))

    track = tracks(written(song))["A"]

    assert points(track, "PANENV2") == [(0.0, 1.0, 0.0), (1.0, -1.0, 1.0)]
    assert points(track, "MUTEENV") == [(0.0, 1.0, 1.0), (0.25, 0.0, 1.0), (0.5, 0.0, 1.0), (1.0, 0.0, 1.0)]
    assert (values(track, "VOLPAN")[1], values(track, "MUTESOLO")[0]) == ("0", "0")
    assert not blocks(track, "VOLENV2")


def test_a_sends_curve_follows_its_send():
    curve = Automation("x", "send:s:gain_db", (AutomationPoint(0, -6.0, "hold"), AutomationPoint(960, 0.0)))
    song = a_song(
        Track("a", "A", "audio", sends=(Send("s", "r", -20.0),), automation=(curve,)), Track("r", "R", "bus")
    )

    room = tracks(written(song))["R"]

    assert lines(room, "AUXRECV")[0][2] == "1"
    assert points(room, "AUXVOLENV") == [(0.0, pytest.approx(10 ** (-6 / 20)), 1.0), (0.5, 1.0, 1.0)]


def test_the_master_has_its_fader_and_curve():
    curve = Automation("x", "pan", (AutomationPoint(0, 0.5),))
    master = Track("master", "Master", "master", gain_db=-6.0, pan=0.1, muted=True, automation=(curve,))

    root = written(a_song(master=master))

    assert float(values(root, "MASTER_VOLUME")[0]) == pytest.approx(10 ** (-6 / 20))
    assert (values(root, "MASTER_VOLUME")[1], values(root, "MASTERMUTESOLO")) == ("0", ["1"])
    assert points(root, "MASTERPANENV2") == [(0.0, -0.5, 1.0)]


def test_sections_are_regions_and_markers_markers():
    song = a_song(
        sections=(Section("v", 'The "7\'"', 0, 1_920), Section("d", "Drop", 1_920, 3_840)),
        markers=(Marker("m", "Here\nnow", 960),),
        loop=LoopRange(960, 1_920, enabled=True),
    )

    root = written(song)

    marker, verse, verse_end, drop, drop_end = lines(root, "MARKER")
    assert marker[:4] == ["1", "0.5", "Here now", "0"]
    assert (verse[:4], verse_end[:4]) == (["1", "0", 'The "7\'"', "1"], ["1", "1", "", "1"])
    assert (drop[:4], drop_end[:4]) == (["2", "1", "Drop", "1"], ["2", "3", "", "1"])
    assert (values(root, "SELECTION"), values(root, "LOOP")) == (["0.5", "1"], ["1"])


def test_the_sound_of_a_track_of_notes_lies_in_its_folder():
    bass = Track(
        "b",
        "Bass",
        "notes",
        clips=(NotesClip("c", "", 0, 960, (Note(0, 960, 40, 90),)),),
        trim_db=-6.0,
        polarity_inverted=True,
        gain_db=-3.0,
        output="g",
        inserts=(Insert("i", "equalizer"),),
    )
    song = a_song(bass, Track("g", "Group", "bus"))
    sound = TrackSound("audio/01_bass.wav", 0.25, 3.5)

    made = reaper_project(song, {}, sounds={"b": sound})

    root = read(made.text)
    rows = [(values(track, "NAME")[0], *values(track, "ISBUS")) for track in blocks(root, "TRACK")]
    assert rows == [("Group", "1", "1"), ("Bass", "1", "1"), ("Bass (sound)", "2", "-2")]
    level = float(values(tracks(root)["Bass"], "VOLPAN")[0])
    assert (level, values(tracks(root)["Bass"], "IPHASE")) == (pytest.approx(10 ** (-3 / 20)), ["0"])
    item = the_item(root, "Bass (sound)")
    assert (values(item, "POSITION"), values(item, "LENGTH")) == (["0.25"], ["3.5"])
    assert values(blocks(item, "SOURCE")[0], "FILE") == ["audio/01_bass.wav"]
    assert made.remarks == ()


def test_what_stays_behind_is_told():
    track = Track(
        "a",
        "A",
        "audio",
        clips=(AudioClip("c", "", 0, 960, "s1"),),
        inserts=(Insert("i", "equalizer"), Insert("j", "vst3:x", "Glue")),
    )
    song = a_song(
        track, sources=(a_source(),), keys=(KeyChange(0, "F minor"),), chords=(ChordChange(0, 960, "Fm"),)
    )

    made = reaper_project(song, {})

    assert len(made.remarks) == 3
    assert "equalizer, Glue" in made.remarks[0]
    assert "vox" in made.remarks[1]
    assert "Keys and chords" in made.remarks[2]
    assert not blocks(tracks(read(made.text))["A"], "ITEM")


def test_the_same_song_is_the_same_text_and_every_id_is_one():
    song = a_wild_song(3, notes=200)

    first, second = (reaper_project(song, {"s1": "audio/vox.wav"}, platform="linux").text for _ in range(2))

    assert first == second
    ids = [
        line.split()[1]
        for line in first.splitlines()
        if line.split()[0] in {"GUID", "IGUID", "EGUID", "<TRACK"}
    ]
    assert len(set(ids)) == len(ids) > 40


def test_names_of_any_letters_leave_the_file_readable():
    names = [
        "",
        " ",
        "> x",
        "<TRACK",
        "|",
        'a"b',
        "a'b\"c",
        "`",
        "a`'\"",
        "Größe – 曲",
        "line\u2028end\x85x\0",
    ]
    song = a_song(*(Track(str(at), name, "notes") for at, name in enumerate(names)))

    root = written(song, comment="<b>\n> not an end\n|x")

    assert [values(track, "NAME")[0] for track in blocks(root, "TRACK")] == [
        "",
        " ",
        "> x",
        "<TRACK",
        "|",
        'a"b',
        "a'b\"c",
        "`",
        "a''\"",
        "Größe – 曲",
        "line end x ",
    ]
    assert list(blocks(root, "NOTES")[0]) == ["|<b>", "|> not an end", "||x"]


def test_an_effect_return_with_a_sound_receives_nothing_until_it_is_wanted():
    room = Track("r", "Room", "bus", inserts=(Insert("i", "reverb"),), trim_db=-3.0)
    song = a_song(Track("a", "A", "audio", sends=(Send("s", "r"),)), room)

    made = reaper_project(song, {}, sounds={"r": TrackSound("audio/02_room.wav", 0.0, 2.0)})

    root = read(made.text)
    assert [values(track, "NAME")[0] for track in blocks(root, "TRACK")] == ["A", "Room", "Room (sound)"]
    assert lines(tracks(root)["Room"], "AUXRECV")[0][4] == "1"
    assert values(tracks(root)["Room"], "VOLPAN")[0] == "1"
    (remark,) = made.remarks
    assert "reverb" in remark
    assert "unmute" in remark

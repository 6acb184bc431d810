import io
import warnings

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import (
    ChordChange,
    KeyChange,
    Marker,
    NotesClip,
    Project,
    Section,
    Track,
)
from musicgen_desktop.exchange.midi_file import save_midi, song_midi, track_midi
from musicgen_desktop.media import CannotWriteError
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, TempoMap, TempoPoint

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own business with setuptools
    import pretty_midi

BASS = (Note(0, 900, 36, 100), Note(1920, 480, 43, 90), Note(2400, 480, 43, 80), Note(20_000, 333, 41, 1))
BEAT = tuple(Note(tick, 240, pitch, 64) for tick in range(0, 15_360, 960) for pitch in (36, 42))
LEAD = (Note(5, 7, 72, 127), Note(961, 1919, 76, 64), Note(961, 1919, 79, 63))
PATCHES = {
    "Bass": Patch(source="general_midi", program=33),
    "Drums": Patch(source="general_midi", is_drums=True),
    "Lead": Patch(source="synth", preset="saw_lead"),
}


def a_clip(notes, **values):
    values = {"id": "clip", "name": "", "start_ticks": 0, "length_ticks": 38_400} | values
    return NotesClip(notes=notes, **values)


def a_track(name, *clips):
    return Track(id=name, name=name, kind="notes", clips=clips, patch=PATCHES.get(name))


def a_song(*tracks, **values):
    values = {
        "id": "song",
        "name": "Night Drive",
        "tempo_map": TempoMap.constant(92.5),
        "meter_map": MeterMap.constant(Meter(4, 4)),
        "master": Track(id="master", name="Master", kind="master"),
        "keys": (KeyChange(0, "F# minor"),),
        "tracks": tracks,
        "end_ticks": 38_400,
    } | values
    return Project(**values)


@pytest.fixture
def song():
    return a_song(
        a_track("Drums", a_clip(BEAT)),
        a_track("Bass", a_clip(BASS)),
        a_track("Lead", a_clip(LEAD)),
        Track(id="reverb", name="Reverb", kind="bus"),
    )


@pytest.fixture
def curved():
    return a_song(
        a_track("Bass", a_clip(BASS)),
        tempo_map=TempoMap(
            (
                TempoPoint(0, 60.0),
                TempoPoint(1_920, 60.0, ramp=True),
                TempoPoint(5_000, 147.0),
                TempoPoint(9_600, 90.0, ramp=True),
                TempoPoint(19_200, 40.0, ramp=True),
            )
        ),
        meter_map=MeterMap(
            (MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(7, 8)), MeterChange(5, Meter(3, 4)))
        ),
    )


def reread(midi):
    stream = io.BytesIO()
    midi.save(file=stream)
    return mido.MidiFile(file=io.BytesIO(stream.getvalue()))


def pretty(midi):
    stream = io.BytesIO()
    midi.save(file=stream)
    return pretty_midi.PrettyMIDI(io.BytesIO(stream.getvalue()))


def messages(track):
    now = 0
    for message in track:
        now += message.time
        yield now, message


def notes_of(track):
    held, found = {}, []
    for tick, message in messages(track):
        if message.type == "note_on" and message.velocity:
            assert message.note not in held, "a key is struck while it is held"
            held[message.note] = (tick, message.velocity)
        elif message.type in ("note_on", "note_off"):
            start, velocity = held.pop(message.note)
            found.append(Note(start, tick - start, message.note, velocity))
    assert not held
    return sorted(found, key=lambda note: (note.start_ticks, note.pitch))


def test_the_file_is_of_type_1_with_our_ticks(song):
    midi = reread(song_midi(song))

    assert (midi.type, midi.ticks_per_beat, len(midi.tracks)) == (1, PPQ, 4)


def test_mido_reads_the_very_notes_of_the_project(song):
    midi = reread(song_midi(song))

    assert [notes_of(track) for track in midi.tracks[1:]] == [list(BEAT), list(BASS), list(LEAD)]


def test_pretty_midi_hears_the_notes_where_the_project_has_them(song):
    midi = pretty(song_midi(song))

    for instrument, notes in zip(midi.instruments, (BEAT, BASS, LEAD), strict=True):
        heard = sorted(instrument.notes, key=lambda note: (note.start, note.pitch))
        assert [(note.pitch, note.velocity) for note in heard] == [(n.pitch, n.velocity) for n in notes]
        for found, note in zip(heard, notes, strict=True):
            tick_s = 60.0 / 92.5 / PPQ
            assert found.start == pytest.approx(song.tempo_map.seconds_at(note.start_ticks), abs=tick_s)
            assert found.end == pytest.approx(song.tempo_map.seconds_at(note.end_ticks), abs=tick_s)


def test_names_programs_and_channels_are_those_of_the_tracks(song):
    midi = pretty(song_midi(song))

    assert [(i.name, i.program, i.is_drum) for i in midi.instruments] == [
        ("Drums", 0, True),
        ("Bass", 33, False),
        ("Lead", 81, False),
    ]
    channels = [
        {m.channel for m in track if m.type in ("note_on", "note_off", "program_change")}
        for track in reread(song_midi(song)).tracks[1:]
    ]
    assert channels == [{9}, {0}, {1}]


def test_sixteen_melodic_tracks_never_play_on_the_drum_channel():
    tracks = [
        Track(id=str(n), name=str(n), kind="notes", clips=(a_clip(LEAD, id=str(n)),), patch=PATCHES["Bass"])
        for n in range(16)
    ]

    midi = reread(song_midi(a_song(*tracks)))

    assert all(m.channel != 9 for track in midi.tracks for m in track if m.type == "note_on")


def test_tempo_meter_and_key_are_read_by_both_readers(song):
    midi = pretty(song_midi(song))

    times, tempos = midi.get_tempo_changes()
    assert (times.tolist(), tempos.tolist()) == ([0.0], [pytest.approx(92.5, abs=1e-4)])
    assert [(s.numerator, s.denominator, s.time) for s in midi.time_signature_changes] == [(4, 4, 0.0)]
    assert [pretty_midi.key_number_to_key_name(k.key_number) for k in midi.key_signature_changes] == [
        "F# minor"
    ]
    conductor = reread(song_midi(song)).tracks[0]
    assert conductor.name == "Night Drive"
    assert [m.key for m in conductor if m.type == "key_signature"] == ["F#m"]


@pytest.mark.parametrize("bpm", [20.0, 59.94, 82.0, 123.45, 174.0, 400.0])
def test_a_tempo_survives_to_a_thousandth(bpm):
    midi = reread(song_midi(a_song(tempo_map=TempoMap.constant(bpm))))

    tempo = next(m.tempo for m in midi.tracks[0] if m.type == "set_tempo")
    assert mido.tempo2bpm(tempo) == pytest.approx(bpm, rel=5e-6)


def test_meter_changes_stand_on_their_bar_lines(curved):
    midi = reread(song_midi(curved))

    found = [
        (t, m.numerator, m.denominator) for t, m in messages(midi.tracks[0]) if m.type == "time_signature"
    ]
    assert found == [(0, 4, 4), (7_680, 7, 8), (7_680 + 2 * 3_360, 3, 4)]


def test_bars_of_a_ramp_fall_where_the_stems_have_them(curved):
    midi = pretty(song_midi(curved))

    for tick in range(0, 38_400, 97):
        slowest_tick_s = 60.0 / 40.0 / PPQ
        assert midi.tick_to_time(tick) == pytest.approx(curved.tempo_map.seconds_at(tick), abs=slowest_tick_s)


@given(
    st.lists(
        st.tuples(st.integers(1, 20_000), st.floats(20, 400), st.booleans()),
        min_size=1,
        max_size=5,
        unique_by=lambda point: point[0],
    )
)
def test_any_tempo_map_keeps_its_time_within_a_tick(points):
    tempo_map = TempoMap((TempoPoint(0, 120.0), *(TempoPoint(*point) for point in sorted(points))))
    midi = pretty(song_midi(a_song(a_track("Bass", a_clip(BASS)), tempo_map=tempo_map)))

    for tick in (1, 960, 5_000, 20_000, 38_400):
        tick_s = 60.0 / 20.0 / PPQ
        assert midi.tick_to_time(tick) == pytest.approx(tempo_map.seconds_at(tick), abs=tick_s)


def test_sections_markers_and_chords_are_in_the_conductor_track():
    song = a_song(
        sections=(Section("a", "Verse", 0, 7_680), Section("b", "Refrain – “big”", 7_680, 7_680)),
        markers=(Marker("m", "Here", 960),),
        chords=(ChordChange(0, 3_840, "F#m7"), ChordChange(3_840, 3_840, "D/F#")),
    )

    conductor = reread(song_midi(song)).tracks[0]

    texts = [(t, m.type, m.text) for t, m in messages(conductor) if m.type in ("marker", "text")]
    assert texts == [
        (0, "marker", "Verse"),
        (0, "text", "F#m7"),
        (960, "marker", "Here"),
        (3_840, "text", "D/F#"),
        (7_680, "marker", 'Refrain - "big"'),
    ]


def test_names_in_any_script_do_not_stop_the_export():
    song = a_song(a_track("夜のドライブ♯", a_clip(LEAD)), name="Ночь")

    midi = reread(song_midi(song))

    assert notes_of(midi.tracks[1]) == list(LEAD)
    assert midi.tracks[1].name.endswith("#")


def test_every_track_ends_where_the_song_ends(song):
    midi = reread(song_midi(song))

    ends = [[tick for tick, m in messages(track) if m.type == "end_of_track"] for track in midi.tracks]
    assert ends == [[38_400]] * 4


def test_a_note_ends_before_the_next_one_of_its_pitch_begins(song):
    bass = reread(song_midi(song)).tracks[2]

    at_seam = [m.type for tick, m in messages(bass) if tick == 2_400]
    assert at_seam == ["note_off", "note_on"]


def test_a_key_struck_while_it_is_held_is_let_go_first():
    overlapping = (
        Note(0, 2_000, 60, 90),
        Note(0, 960, 60, 80),
        Note(960, 480, 60, 70),
        Note(0, 2_000, 64, 60),
    )

    midi = reread(song_midi(a_song(a_track("Lead", a_clip(overlapping)))))

    assert notes_of(midi.tracks[1]) == [Note(0, 960, 60, 90), Note(0, 2_000, 64, 60), Note(960, 480, 60, 70)]


def test_a_clip_is_written_as_it_sounds_looped_cut_and_muted():
    looped = a_clip(
        (Note(0, 100, 60, 90), Note(800, 400, 62, 90)),
        controls=(Control(480, "cc", 1, 99),),
        start_ticks=9_600,
        length_ticks=2_400,
        loop_length_ticks=960,
    )
    silent = a_clip(LEAD, id="other", muted=True)

    midi = reread(song_midi(a_song(a_track("Lead", looped, silent))))

    assert notes_of(midi.tracks[1]) == [
        Note(9_600, 100, 60, 90),
        Note(10_400, 160, 62, 90),
        Note(10_560, 100, 60, 90),
        Note(11_360, 160, 62, 90),
        Note(11_520, 100, 60, 90),
    ]
    moves = [tick for tick, m in messages(midi.tracks[1]) if m.type == "control_change"]
    assert moves == [10_080, 11_040]


def test_controllers_keep_their_kind_place_and_value():
    controls = (
        Control(0, "cc", 64, 127),
        Control(480, "cc", 64, 0),
        Control(500, "pitch_bend", 0, -8192),
        Control(600, "pressure", 0, 77),
    )

    track = reread(song_midi(a_song(a_track("Bass", a_clip(BASS, controls=controls))))).tracks[1]

    found = [
        (tick, m.type, m.dict().get("control", 0), m.dict().get("value", m.dict().get("pitch")))
        for tick, m in messages(track)
        if m.type in ("control_change", "pitchwheel", "aftertouch")
    ]
    assert found == [
        (0, "control_change", 64, 127),
        (480, "control_change", 64, 0),
        (500, "pitchwheel", 0, -8192),
        (600, "aftertouch", 0, 77),
    ]


def test_a_bank_is_chosen_before_its_program():
    track = Track(
        id="t",
        name="T",
        kind="notes",
        clips=(a_clip(LEAD),),
        patch=Patch(source="general_midi", program=5, bank=1_025),
    )

    events = [
        m
        for m in reread(song_midi(a_song(track))).tracks[1]
        if m.type in ("control_change", "program_change")
    ]

    assert [
        (m.type, m.dict().get("control"), m.dict().get("value", m.dict().get("program"))) for m in events
    ] == [
        ("control_change", 0, 8),
        ("control_change", 32, 1),
        ("program_change", None, 5),
    ]


def test_one_tracks_file_lands_on_the_same_bars_as_the_song(curved):
    alone, whole = pretty(track_midi(curved, curved.tracks[0])), pretty(song_midi(curved))

    assert [(n.start, n.end, n.pitch) for n in alone.instruments[0].notes] == [
        (n.start, n.end, n.pitch) for n in whole.instruments[0].notes
    ]
    assert alone.get_downbeats().tolist() == whole.get_downbeats().tolist()


@given(
    st.lists(
        st.builds(
            Note, st.integers(0, 5_000), st.integers(1, 3_000), st.integers(58, 61), st.integers(1, 127)
        ),
        max_size=12,
    )
)
def test_any_notes_are_ones_that_a_reader_can_tell_apart(notes):
    midi = reread(song_midi(a_song(a_track("Lead", a_clip(tuple(notes))))))

    found = notes_of(midi.tracks[1])
    assert {(n.start_ticks, n.pitch) for n in found} == {(n.start_ticks, n.pitch) for n in notes}
    assert len(found) == len({(n.start_ticks, n.pitch) for n in notes})


def test_the_file_is_written_and_nothing_lies_beside_it(tmp_path, song):
    save_midi(song_midi(song), tmp_path / "song.mid")

    assert [path.name for path in tmp_path.iterdir()] == ["song.mid"]
    assert notes_of(mido.MidiFile(tmp_path / "song.mid").tracks[2]) == list(BASS)


def test_a_folder_that_is_none_is_told_in_a_sentence(tmp_path, song):
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotWriteError, match=r"^“song\.mid” cannot be written: .* is not a folder"):
        save_midi(song_midi(song), tmp_path / "file" / "song.mid")


def test_the_songs_own_name_is_written_as_every_other_text():
    name = song_midi(a_song(name="“Blue” – ♭")).tracks[0].name

    assert name == '"Blue" - b'


def playing(midi):
    """(port, channel, program) of each track."""
    return [
        (
            next((m.port for m in track if m.type == "midi_port"), None),
            *next((m.channel, m.program) for m in track if m.type == "program_change"),
        )
        for track in midi.tracks[1:]
    ]


def test_many_tracks_play_on_ports_of_their_own_and_share_a_channel_with_their_own_kind():
    programs = [*range(15), 7, 3, 99, 3]
    tracks = [
        Track(str(n), str(n), "notes", clips=(a_clip(BASS),), patch=Patch("general_midi", program=program))
        for n, program in enumerate(programs)
    ]

    found = playing(song_midi(a_song(*tracks)))

    channels = [n for n in range(16) if n != 9]
    assert found[:15] == [(0, channel, n) for n, channel in enumerate(channels)]
    assert found[15:] == [(1, 7, 7), (1, 3, 3), (1, 0, 99), (1, 1, 3)]
    assert len({place[:2] for place in found}) == len(programs)


def test_a_song_of_one_port_names_none(song):
    assert {port for port, _, _ in playing(song_midi(song))} == {None}


def test_drums_keep_their_channel_however_many_tracks_there_are():
    drums = Track("d", "D", "notes", clips=(a_clip(BEAT),), patch=PATCHES["Drums"])

    found = playing(song_midi(a_song(*[drums] * 20)))

    assert {place[:2] for place in found} == {(None, 9)}

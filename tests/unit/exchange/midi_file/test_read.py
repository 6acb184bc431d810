"""MIDI files of others, understood or refused in one sentence."""

import io
from pathlib import Path

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicgen_desktop.document import KeyChange, Marker, NotesClip, Project, Track
from musicgen_desktop.exchange.midi_file import (
    UnreadableMidiError,
    parse_midi,
    read_midi,
    save_midi,
    song_midi,
)
from musicgen_desktop.exchange.midi_file import _read as reading
from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

PATH = Path("Riff.mid")
HEAD = b"MThd\x00\x00\x00\x06"


def a_file(*tracks, ticks_per_beat=480, kind=1):
    midi = mido.MidiFile(type=kind, ticks_per_beat=ticks_per_beat)
    midi.tracks += [mido.MidiTrack(track) for track in tracks]
    stream = io.BytesIO()
    midi.save(file=stream)
    return stream.getvalue()


def a_note(pitch=60, *, length=480, channel=0, after=0, velocity=90):
    return (
        mido.Message("note_on", note=pitch, velocity=velocity, channel=channel, time=after),
        mido.Message("note_off", note=pitch, channel=channel, time=length),
    )


def raw(*tracks, kind=1, division=480):
    head = HEAD + kind.to_bytes(2, "big") + len(tracks).to_bytes(2, "big") + division.to_bytes(2, "big")
    return head + b"".join(b"MTrk" + len(body).to_bytes(4, "big") + body for body in tracks)


END = b"\x00\xff\x2f\x00"
ONE_NOTE = b"\x00\x90\x3c\x40\x60\x3c\x00" + END


@pytest.fixture
def song():
    notes = (Note(0, 900, 40, 100), Note(961, 1, 40, 1), Note(1920, 3840, 43, 127), Note(1920, 77, 47, 64))
    bass = NotesClip("c1", "", 0, 19_200, notes, (Control(480, "pitch_bend", value=-99),))
    beat = NotesClip("c2", "", 3840, 3840, (Note(0, 240, 36, 90), Note(480, 240, 42, 60)))
    project = Project.new("Night Drive")
    return project.__class__(
        id="p",
        name="Night Drive",
        tempo_map=TempoMap((TempoPoint(0, 92.5), TempoPoint(7_680, 140.0))),
        meter_map=MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(2, Meter(7, 8)))),
        master=project.master,
        keys=(KeyChange(0, "F# minor"),),
        markers=(Marker("m", "Größe", 3840),),
        tracks=(
            Track("t1", "Bass", "notes", clips=(bass,), patch=Patch("general_midi", program=33, bank=129)),
            Track("t2", "Kit", "notes", clips=(beat,), patch=Patch("general_midi", is_drums=True)),
        ),
    )


def test_our_own_song_comes_back_as_it_was(song, tmp_path):
    save_midi(song_midi(song), tmp_path / "song.mid")

    read = read_midi(tmp_path / "song.mid")

    assert read.name == "Night Drive"
    assert [track.name for track in read.tracks] == ["Bass", "Kit"]
    for track, original in zip(read.tracks, song.tracks, strict=True):
        assert track.notes == original.clips[0].sounding_notes()
    assert read.tracks[0].controls == (Control(480, "pitch_bend", value=-99),)
    assert (read.tracks[0].patch.program, read.tracks[0].patch.bank) == (33, 129)
    assert [point.tick for point in read.tempo_map.points] == [0, 7_680]
    assert [point.bpm for point in read.tempo_map.points] == pytest.approx([92.5, 140.0], rel=1e-5)
    assert read.meter_map == song.meter_map
    assert read.keys == song.keys
    assert [(marker.tick, marker.name) for marker in read.markers] == [(3840, "Größe")]
    assert read.remarks == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 20_000), st.integers(1, 4_000), st.integers(0, 127), st.integers(1, 127)),
        min_size=1,
        max_size=12,
        unique_by=lambda values: values[2],
    ),
    st.sampled_from([96, 480, 960, 1_920]),
)
@settings(max_examples=25)
def test_notes_of_any_resolution_stand_within_one_tick(values, ticks_per_beat):
    scale = ticks_per_beat / 960
    events = sorted(
        (round(tick * scale), kind, pitch, velocity)
        for start, length, pitch, velocity in values
        for tick, kind in ((start, "note_on"), (start + length, "note_off"))
    )
    now, track = 0, []
    for tick, kind, pitch, velocity in sorted(events, key=lambda event: (event[0], event[1] == "note_off")):
        track.append(mido.Message(kind, note=pitch, velocity=velocity, time=tick - now))
        now = tick

    found = parse_midi(a_file(track, ticks_per_beat=ticks_per_beat), PATH).tracks[0].notes

    within = max(1, 960 / ticks_per_beat / 2)
    assert len(found) == len(values)
    for note in found:
        start, length, _, velocity = next(each for each in values if each[2] == note.pitch)
        assert abs(note.start_ticks - start) <= within
        assert abs(note.end_ticks - (start + length)) <= 2 * within
        assert note.velocity == velocity


def test_one_track_of_type_0_becomes_a_track_for_each_channel():
    track = [
        mido.MetaMessage("track_name", name="Everything"),
        mido.Message("program_change", channel=2, program=56),
        *a_note(60, channel=2),
        *a_note(36, channel=9),
    ]

    read = parse_midi(a_file(track, kind=0), PATH)

    assert [(track.name, track.channel) for track in read.tracks] == [("Trumpet", 2), ("Drums", 9)]
    assert [track.patch.is_drums for track in read.tracks] == [False, True]
    assert read.tracks[1].notes[0].start_ticks == 960


def test_running_status_holds_from_event_to_event():
    read = parse_midi(raw(b"\x00\x90\x3c\x40\x60\x3c\x00\x00\x40\x50\x60\x40\x00" + END), PATH)

    assert [(note.pitch, note.velocity) for note in read.tracks[0].notes] == [(60, 64), (64, 80)]


def test_a_key_that_is_never_let_go_sounds_to_the_end():
    read = parse_midi(raw(b"\x00\x90\x3c\x40\x83\x60\xff\x2f\x00"), PATH)

    assert read.tracks[0].notes == (Note(0, 960, 60, 64),)


def test_the_sound_before_the_first_note_counts_and_a_later_one_is_told():
    track = [
        mido.Message("program_change", program=5),
        mido.Message("program_change", program=48),
        *a_note(),
        mido.Message("program_change", program=12),
    ]

    read = parse_midi(a_file(track), PATH)

    assert read.tracks[0].patch.program == 48
    assert len(read.remarks) == 1
    assert "keeps the first" in read.remarks[0]


def test_a_meter_that_changes_inside_a_bar_waits_for_the_bar_line():
    track = [
        mido.MetaMessage("time_signature", numerator=4, denominator=4),
        mido.MetaMessage("time_signature", numerator=3, denominator=4, time=480 * 5),
        *a_note(),
    ]

    read = parse_midi(a_file(track), PATH)

    assert read.meter_map.changes == (MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(3, 4)))
    assert "bar 3" in read.remarks[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a MIDI file"),
        (b"RIFF1234WAVE", "not a MIDI file"),
        (HEAD, "damaged or cut off"),
        (raw(ONE_NOTE)[:-6], "damaged or cut off"),
        (raw(b"\x00\x3c\x40" + END), "damaged or cut off"),
        (raw(b"\x00\xff\x51\xff\xff\xff\x7f" + END), "damaged or cut off"),
        (raw(ONE_NOTE, kind=2), "type 2"),
        (raw(ONE_NOTE, division=0xE728), "film frames"),
        (raw(ONE_NOTE, division=0), "film frames"),
        (raw(END), "holds no notes"),
        (raw(b"\xff\xff\xff\x7f\x90\x3c\x40" + END, division=1), "longer than a week"),
        (raw(*[END] * 501), "more than 500 tracks"),
        (bytes(reading.MOST_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(data, says):
    with pytest.raises(UnreadableMidiError, match=says) as caught:
        parse_midi(data, PATH)

    assert str(caught.value).startswith("“Riff.mid” ")
    assert str(caught.value).endswith(".")


def test_more_events_than_anybody_plays_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_EVENTS", 2)

    with pytest.raises(UnreadableMidiError, match="more than 2 events"):
        parse_midi(raw(ONE_NOTE), PATH)


@given(st.binary(max_size=60), st.sampled_from([b"", HEAD, raw(ONE_NOTE)[:22], raw(ONE_NOTE)[:28]]))
@settings(max_examples=150)
def test_no_bytes_raise_anything_but_a_sentence(data, start):
    try:
        read = parse_midi(start + data, PATH)
    except UnreadableMidiError:
        return

    assert read.tracks


def test_a_process_that_takes_too_long_is_ended_and_told(tmp_path):
    (tmp_path / "Slow.mid").write_bytes(raw(ONE_NOTE))

    with pytest.raises(UnreadableMidiError, match="too long"):
        read_midi(tmp_path / "Slow.mid", longest_s=0.0)


def test_reading_can_be_stopped(tmp_path):
    (tmp_path / "Riff.mid").write_bytes(raw(ONE_NOTE))
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        read_midi(tmp_path / "Riff.mid", stop=stop)


def test_the_process_tells_why_it_refused(tmp_path):
    (tmp_path / "Empty.mid").write_bytes(raw(END))

    with pytest.raises(UnreadableMidiError, match="holds no notes"):
        read_midi(tmp_path / "Empty.mid")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableMidiError, match="does not exist"):
        read_midi(tmp_path / "Gone.mid")

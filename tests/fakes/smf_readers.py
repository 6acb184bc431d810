"""What mido, pretty_midi and our own import, each in its own way, find in a MIDI file of ours."""

import io
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import mido

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.exchange.midi_file import MidiForm, parse_midi, song_midi
from musicgen_desktop.music import Note, one_key_at_a_time
from musicgen_desktop.timing import PPQ

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own business with setuptools
    import pretty_midi

_DRUMS = 9
_TEMPO_S = 10e-6
"""A file holds tempos in whole microseconds: half a frame at 48 kHz is what all of them leave over."""


class Heard(NamedTuple):
    """A note as a reader hears it, in the file's ticks or in seconds; sorted by pitch, then start."""

    pitch: int
    start: float
    end: float
    velocity: int


class Part(NamedTuple):
    """The notes of one track, or of one channel where there is a single track."""

    name: str
    channel: int
    program: int
    notes: list[Heard]


def parts_by_mido(data: bytes) -> list[Part]:
    """Each track's notes on each channel, in ticks."""
    parts = []
    for track in mido.MidiFile(file=io.BytesIO(data)).tracks:
        programs: dict[int, int] = {}
        held: dict[tuple[int, int], tuple[int, int]] = {}
        found: dict[int, list[Heard]] = {}
        for now, message in _timed(track):
            if message.type == "program_change":
                programs[message.channel] = message.program
            elif message.type == "note_on" and message.velocity:
                key = message.channel, message.note
                assert key not in held, "a key is struck while it is held"
                held[key] = now, message.velocity
            elif message.type in ("note_on", "note_off"):
                start, velocity = held.pop((message.channel, message.note))
                found.setdefault(message.channel, []).append(Heard(message.note, start, now, velocity))
        assert not held, "a note never ends"
        parts += [
            Part(track.name, channel, programs.get(channel, 0), sorted(notes))
            for channel, notes in sorted(found.items())
        ]
    return parts


def parts_by_pretty_midi(data: bytes) -> list[Part]:
    """Each instrument's notes, in seconds; it does not tell channels, but for drums."""
    return [
        Part(
            instrument.name,
            _DRUMS if instrument.is_drum else -1,
            instrument.program,
            sorted(Heard(note.pitch, note.start, note.end, note.velocity) for note in instrument.notes),
        )
        for instrument in pretty_midi.PrettyMIDI(io.BytesIO(data)).instruments
    ]


def parts_by_us(data: bytes) -> list[Part]:
    """What our import finds, in our ticks."""
    return [
        Part(
            track.name,
            track.channel,
            0 if track.patch is None else track.patch.program,
            sorted(
                Heard(note.pitch, note.start_ticks, note.end_ticks, note.velocity) for note in track.notes
            ),
        )
        for track in parse_midi(data, Path("song.mid")).tracks
    ]


def tempo_clock(data: bytes) -> list[tuple[int, float]]:
    """(tick, seconds) at each change of tempo."""
    midi = mido.MidiFile(file=io.BytesIO(data))
    clock, last, seconds, tempo = [], 0, 0.0, 500_000
    for now, message in _timed(midi.tracks[0]):
        if message.type == "set_tempo":
            seconds += mido.tick2second(now - last, midi.ticks_per_beat, tempo)
            last, tempo = now, message.tempo
            clock.append((now, seconds))
    return clock


def _timed(track: mido.MidiTrack) -> Iterator[tuple[int, mido.Message | mido.MetaMessage]]:
    now = 0
    for message in track:
        now += message.time
        yield now, message


FORMS = (MidiForm(1, 960), MidiForm(0, 960), MidiForm(1, 480), MidiForm(0, 480))


def saved(song: Project, form: MidiForm) -> bytes:
    """The song's file."""
    stream = io.BytesIO()
    song_midi(song, form).save(file=stream)
    return stream.getvalue()


def sounding(track: Track) -> list[Note]:
    """What a track plays, as one keyboard can."""
    clips = (clip for clip in track.clips if isinstance(clip, NotesClip))
    return one_key_at_a_time(note for clip in clips for note in clip.sounding_notes())


def wrong_parts(song: Project, form: MidiForm) -> list[str]:
    """What differs by more than a tick of the file between the song and what three readers find in it.

    Two notes of one key that begin within a tick of the file are one there.
    """
    data = saved(song, form)
    tracks = {track.name: sounding(track) for track in song.tracks if track.kind == "notes" and track.clips}
    tick, seconds = form.ppq / PPQ, song.tempo_map.seconds_at
    wrong = []
    readers = {
        "mido": (parts_by_mido(data), lambda at: (at * tick - 1, at * tick + 1)),
        "pretty_midi": (
            parts_by_pretty_midi(data),
            lambda at: (seconds(max(0, at - 1 / tick)) - _TEMPO_S, seconds(at + 1 / tick) + _TEMPO_S),
        ),
        "our import": (parts_by_us(data), lambda at: (at - 1 / tick, at + 1 / tick)),
    }
    for reader, (parts, span) in readers.items():
        if len(parts) != len(tracks):
            wrong.append(f"{reader}: {len(parts)} parts of {len(tracks)}")
            continue
        in_order = sorted(parts, key=lambda part: (part.channel == _DRUMS, part.program))
        drums = {track.name for track in song.tracks if track.patch is not None and track.patch.is_drums}
        for (name, notes), part in zip(
            sorted(tracks.items(), key=lambda each: each[0] in drums), in_order, strict=True
        ):
            wrong += (f"{reader}: {name}: {each}" for each in wrong_notes(notes, part, span, form))
            if form.type == 1 and part.name != name:
                wrong.append(f"{reader}: “{name}” is called “{part.name}”")
    return wrong


def wrong_notes(
    notes: list[Note], part: Part, span: Callable[[int], tuple[float, float]], form: MidiForm
) -> Iterator[str]:
    """What of these notes a part has elsewhere or not at all.

    Args:
        notes: the song's.
        part: as somebody reads it.
        span: the earliest and the latest place that is right for a tick of ours.
        form: of the file, whose ticks make two notes of one key one.
    """
    kept: dict[tuple[int, int], Note] = {}
    for note in notes:  # the longer one of two that begin together in the file
        start, end = form.tick(note.start_ticks), form.tick(note.end_ticks)
        key = note.pitch, start if start < end else form.tick_before(note.start_ticks)
        kept[key] = max(
            kept.get(key, note), note, key=lambda each: (form.tick(each.end_ticks), each.velocity)
        )
    ours = [kept[key] for key in sorted(kept)]
    if len(ours) != len(part.notes):
        yield f"{len(part.notes)} notes of {len(ours)}"
        return
    for note, heard in zip(ours, part.notes, strict=True):
        for at, found in ((note.start_ticks, heard.start), (note.end_ticks, heard.end)):
            low, high = span(at)
            if not low <= found <= high:
                yield f"{note} is {heard}"
        if (note.pitch, note.velocity) != (heard.pitch, heard.velocity):
            yield f"{note} is {heard}"

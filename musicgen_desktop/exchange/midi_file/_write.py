"""Project → Standard MIDI File; at 960 ticks per quarter note our ticks are the file's ticks."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import mido
import msgspec

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.instruments import general_midi_program
from musicgen_desktop.media import ReplacingFile
from musicgen_desktop.music import Control, Note, Patch, one_key_at_a_time

from ._channels import MELODIC_CHANNELS, Place, places_of
from ._conductor import conductor_events
from ._form import MidiForm
from ._timeline import Timed, track_of

_USUAL = MidiForm()

_BEFORE_ALL = -1
_BANK, _PROGRAM, _CONTROL, _NOTE_OFF, _NOTE_ON = range(5, 10)
"""The order at one tick, behind the conductor's. A note ends before the next begins, or receivers cut the new
one."""


def song_midi(project: Project, form: MidiForm = _USUAL) -> mido.MidiFile:
    """All note tracks of the song, a conductor track before them or, in type 0, all in one track.

    From the sixteenth melodic track on they play on further ports (meta event FF 21); a reader that knows no
    ports puts them on the channels of earlier ones, of such with the same program where there are any.

    Raises:
        UserInputError: for type 0, which has one port, when the song has more melodic tracks than channels.
    """
    return _file(project, [track for track in project.tracks if track.kind == "notes"], form)


def track_midi(project: Project, track: Track, form: MidiForm = _USUAL) -> mido.MidiFile:
    """One track with the song's conductor track, so that it lands on the right bars by itself."""
    return _file(project, [track], form)


def clip_midi(track: Track, clip: NotesClip) -> mido.MidiFile:
    """A clip alone, muted or not, from its start to its end on one track, with its track's program.

    The file says nothing of tempo: it is for a song that has one.
    """
    alone = clip.muted_as(muted=False).moved_to(0)
    track = msgspec.structs.replace(track, clips=(alone,))
    ((_, channel),) = places_of([None], [track.patch is not None and track.patch.is_drums])
    events = [*_sound_events(track, channel, _USUAL), *_note_events(_notes_of(track, _USUAL), channel)]
    midi = mido.MidiFile(type=0, ticks_per_beat=_USUAL.ppq)
    midi.tracks.append(track_of(clip.name or track.name, events, end_tick=clip.length_ticks))
    return midi


def save_midi(midi: mido.MidiFile, path: Path) -> None:
    """Write the file in one step: readers see the old file or the new one, never half.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
    """
    with ReplacingFile(path) as stream:
        midi.save(file=stream)


def _file(project: Project, tracks: Sequence[Track], form: MidiForm) -> mido.MidiFile:
    end_tick = project.length_ticks
    conductor = conductor_events(project, tracks, form, end_tick=end_tick)
    places = places_of(
        [_sound(track.patch) for track in tracks],
        [track.patch is not None and track.patch.is_drums for track in tracks],
    )
    midi = mido.MidiFile(type=form.type, ticks_per_beat=form.ppq)
    if form.type == 0:
        name = tracks[0].name if len(tracks) == 1 else project.name
        merged = _merged(tracks, places, form)
        midi.tracks.append(track_of(name, [*conductor, *merged], end_tick=form.tick(end_tick)))
        return midi
    midi.tracks.append(track_of(project.name, conductor, end_tick=form.tick(end_tick)))
    several = any(place.port for place in places)
    for track, (port, channel) in zip(tracks, places, strict=True):
        events = [*_sound_events(track, channel, form), *_note_events(_notes_of(track, form), channel)]
        if several:
            events.append(Timed(0, _BEFORE_ALL, mido.MetaMessage("midi_port", port=port)))
        midi.tracks.append(track_of(track.name, events, end_tick=form.tick(end_tick)))
    return midi


def _merged(tracks: Sequence[Track], places: Sequence[Place], form: MidiForm) -> Iterator[Timed]:
    """Events of all tracks; where several share a channel, one keyboard plays them all."""
    if any(place.port for place in places):
        raise UserInputError(
            f"A MIDI file of type 0 has {len(MELODIC_CHANNELS)} channels for melodies, and the song has more"
            " such tracks; write type 1."
        )
    by_channel: dict[int, list[Note]] = {}
    for track, place in zip(tracks, places, strict=True):
        yield from _sound_events(track, place.channel, form)
        by_channel.setdefault(place.channel, []).extend(_notes_of(track, form))
    for channel, notes in by_channel.items():
        yield from _note_events(notes, channel)


def _sound(patch: Patch | None) -> tuple[int, int] | None:
    """What a track's program change selects: bank and program."""
    if patch is None:
        return None
    return patch.bank if patch.source == "general_midi" else 0, general_midi_program(patch)


def _sound_events(track: Track, channel: int, form: MidiForm) -> Iterator[Timed]:
    patch = track.patch
    if patch is not None:
        if patch.source == "general_midi" and patch.bank and not patch.is_drums:
            yield _control(0, channel, 0, patch.bank >> 7 & 0x7F)
            yield _control(0, channel, 32, patch.bank & 0x7F)
        yield Timed(
            0,
            _PROGRAM,
            mido.Message("program_change", channel=channel, program=general_midi_program(patch)),
        )
    for clip in track.clips:
        if isinstance(clip, NotesClip) and not clip.muted:
            for control in clip.sounding_controls():
                yield Timed(form.tick(control.tick), _CONTROL, _control_message(control, channel))


def _notes_of(track: Track, form: MidiForm) -> Iterator[Note]:
    """The track's notes, counted in the file's ticks."""
    clips = (clip for clip in track.clips if isinstance(clip, NotesClip))
    for note in one_key_at_a_time(note for clip in clips for note in clip.sounding_notes()):
        start, end = form.tick(note.start_ticks), form.tick(note.end_ticks)
        if start == end:
            start = form.tick_before(note.start_ticks)
        yield Note(start, end - start, note.pitch, note.velocity)


def _note_events(notes: Iterable[Note], channel: int) -> Iterator[Timed]:
    for note in one_key_at_a_time(notes):
        on = mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)
        yield Timed(note.start_ticks, _NOTE_ON, on)
        off = mido.Message("note_off", channel=channel, note=note.pitch, velocity=0)
        yield Timed(note.end_ticks, _NOTE_OFF, off)


def _control(tick: int, channel: int, number: int, value: int) -> Timed:
    return Timed(tick, _BANK, mido.Message("control_change", channel=channel, control=number, value=value))


def _control_message(control: Control, channel: int) -> mido.Message:
    if control.kind == "pitch_bend":
        return mido.Message("pitchwheel", channel=channel, pitch=control.value)
    if control.kind == "pressure":
        return mido.Message("aftertouch", channel=channel, value=control.value)
    return mido.Message("control_change", channel=channel, control=control.number, value=control.value)

"""Project → Standard MIDI File, type 1, 960 ticks per quarter note: our ticks are the file's ticks."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import mido

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.instruments import general_midi_program
from musicgen_desktop.media import ReplacingFile
from musicgen_desktop.music import Control, Note, Patch, one_key_at_a_time
from musicgen_desktop.timing import PPQ

from ._channels import places_of
from ._conductor import conductor_track
from ._timeline import Timed, track_of


def song_midi(project: Project) -> mido.MidiFile:
    """All note tracks of the song, a conductor track before them.

    From the sixteenth melodic track on they play on further ports (meta event FF 21); a reader that knows no
    ports puts them on the channels of earlier ones, of such with the same program where there are any.
    """
    return _file(project, [track for track in project.tracks if track.kind == "notes"])


def track_midi(project: Project, track: Track) -> mido.MidiFile:
    """One track with the song's conductor track, so that it lands on the right bars by itself."""
    return _file(project, [track])


def save_midi(midi: mido.MidiFile, path: Path) -> None:
    """Write the file in one step: readers see the old file or the new one, never half.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
    """
    with ReplacingFile(path) as stream:
        midi.save(file=stream)


def _file(project: Project, tracks: Sequence[Track]) -> mido.MidiFile:
    midi = mido.MidiFile(type=1, ticks_per_beat=PPQ)
    end_tick = project.length_ticks
    midi.tracks.append(conductor_track(project, end_tick=end_tick))
    places = places_of(
        [_sound(track.patch) for track in tracks],
        [track.patch is not None and track.patch.is_drums for track in tracks],
    )
    several = any(place.port for place in places)
    for track, (port, channel) in zip(tracks, places, strict=True):
        events = [*_track_events(track, channel)]
        if several:
            events.append(Timed(0, -1, mido.MetaMessage("midi_port", port=port)))
        midi.tracks.append(track_of(track.name, events, end_tick=end_tick))
    return midi


def _sound(patch: Patch | None) -> tuple[int, int] | None:
    """What a track's program change selects: bank and program."""
    if patch is None:
        return None
    return patch.bank if patch.source == "general_midi" else 0, general_midi_program(patch)


def _track_events(track: Track, channel: int) -> Iterator[Timed]:
    patch = track.patch
    if patch is not None:
        if patch.source == "general_midi" and patch.bank and not patch.is_drums:
            yield _control(0, channel, 0, patch.bank >> 7 & 0x7F)
            yield _control(0, channel, 32, patch.bank & 0x7F)
        yield Timed(
            0, 1, mido.Message("program_change", channel=channel, program=general_midi_program(patch))
        )
    for clip in track.clips:
        if not isinstance(clip, NotesClip) or clip.muted:
            continue
        for control in clip.sounding_controls():
            yield Timed(control.tick, 2, _control_message(control, channel))
    notes = (note for clip in track.clips if isinstance(clip, NotesClip) for note in clip.sounding_notes())
    for note in one_key_at_a_time(notes):
        yield from _note(note, channel)


def _note(note: Note, channel: int) -> Iterator[Timed]:
    # At equal ticks a note ends before the next begins, or receivers cut the new one.
    yield Timed(
        note.start_ticks,
        4,
        mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity),
    )
    yield Timed(note.end_ticks, 3, mido.Message("note_off", channel=channel, note=note.pitch, velocity=0))


def _control(tick: int, channel: int, number: int, value: int) -> Timed:
    return Timed(tick, 0, mido.Message("control_change", channel=channel, control=number, value=value))


def _control_message(control: Control, channel: int) -> mido.Message:
    if control.kind == "pitch_bend":
        return mido.Message("pitchwheel", channel=channel, pitch=control.value)
    if control.kind == "pressure":
        return mido.Message("aftertouch", channel=channel, value=control.value)
    return mido.Message("control_change", channel=channel, control=control.number, value=control.value)

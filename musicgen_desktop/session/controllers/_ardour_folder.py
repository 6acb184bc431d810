"""A song as a folder for Ardour: the session file, and below it all the sound and the notes that it plays."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project, Track
from musicgen_desktop.exchange.ardour_session import SessionFiles, SoundFile, ardour_remarks, ardour_session
from musicgen_desktop.exchange.midi_file import clip_midi, save_midi
from musicgen_desktop.exchange.stems import numbered_name
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, safe_file_name
from musicgen_desktop.media import make_folder, read_audio, read_info, write_file, write_wav
from musicgen_desktop.playback.plan import RenderPlan, compile_plan
from musicgen_desktop.storage import is_project, source_path

from ._carried_sounds import copy_file, free_name, played_sources, sounded_here, write_carried_sound
from ._long_songs import part_of
from ._sounds import refuse_lost_sounds

_READABLE = frozenset({"WAV", "WAVEX", "RF64", "W64", "AIFF", "FLAC"})
"""Files that Ardour plays as they are, at the session's rate."""


class ArdourFolder(NamedTuple):
    """Files, relative to the folder, and what has to be told."""

    files: tuple[str, ...]
    remarks: tuple[str, ...]


class _Places(NamedTuple):
    """The session's name, and its folders from the one that was chosen."""

    name: str
    audio: str
    midi: str


class _Names(NamedTuple):
    """What the files are called: sources and tracks by their ids, clips of notes by theirs."""

    sources: dict[str, str]
    backwards: dict[str, str]
    sounds: dict[str, str]
    notes: dict[str, str]


def preview_ardour_folder(project: Project, folder: Path | None, *, soundfont: Path | None) -> ArdourFolder:
    """What `write_ardour_folder` would write; a track that turns out to be silent will have no file.

    Raises:
        UserInputError: when a sound that is heard is missing.
    """
    plan, names = _planned(project, folder, soundfont)
    unread = SoundFile("", 2, 0)
    files = SessionFiles(
        sources=dict.fromkeys(names.sources, unread),
        backwards=dict.fromkeys(names.backwards, unread),
        sounds=dict.fromkeys(names.sounds, unread),
    )
    return ArdourFolder(_listed(_places(project), names), (*plan.notes, *ardour_remarks(project, files)))


def write_ardour_folder(
    project: Project,
    folder: Path | None,
    out: Path,
    *,
    soundfont: Path | None,
    comment: str,
    report: Report,
    stop: StopFlag,
) -> ArdourFolder:
    """Write `NAME/NAME.ardour` and below `NAME/interchange/` the files that it plays.

    Those are what clips play (at the song's rate, which Ardour needs), each clip of notes as a MIDI file, and
    what Ardour cannot sound itself: each track of notes and each effect return as a file of 32-bit floats
    before the fader, effects included. Files of the same names are replaced.

    Args:
        project: the song.
        folder: the project's; None while it was never saved.
        out: the folder to write into, made when missing.
        soundfont: the General MIDI font by which the song is played.
        comment: what the session's master says about it.
        report: told the share done.
        stop: asked inside the rendering.

    Raises:
        UserInputError: when a sound that is heard is missing, the folder is one of our projects, or the disk
            refuses.
        Stopped: when `stop` was set.
    """
    if is_project(out):
        raise UserInputError(f"“{out.name}” is a project's own folder; choose another one for Ardour's.")
    plan, names = _planned(project, folder, soundfont)
    places = _places(project)
    for inner in (places.audio, places.midi):
        make_folder(out / inner)
    home = folder or Path()
    sources: dict[str, SoundFile] = {}
    for source_id, name in names.sources.items():
        stop.raise_if_set()
        sources[source_id] = _write_source(project, home, source_id, out / places.audio / name)
    backwards: dict[str, SoundFile] = {}
    for source_id, name in names.backwards.items():
        stop.raise_if_set()
        backwards[source_id] = _write_backwards(project, home, source_id, out / places.audio / name)
    for track, clip in _clips_of_notes(project):
        save_midi(clip_midi(track, clip), out / places.midi / names.notes[clip.id])
    sounds: dict[str, SoundFile] = {}
    for done, (track_id, name) in enumerate(names.sounds.items()):
        part = part_of(report, done / len(names.sounds), 1.0 / len(names.sounds))
        sound = write_carried_sound(plan, track_id, out / places.audio / name, part, stop)
        if sound is not None:
            sounds[track_id] = SoundFile(name, 2, sound.frames, sound.start_frame)
    files = SessionFiles(sources, backwards, sounds, names.notes)
    session = ardour_session(project, files, name=places.name, comment=comment)
    write_file(out / places.name / f"{places.name}.ardour", session.text.encode())
    heard = names._replace(sounds={track_id: sound.name for track_id, sound in sounds.items()})
    return ArdourFolder(_listed(places, heard), (*plan.notes, *session.remarks))


def _places(project: Project) -> _Places:
    name = safe_file_name(project.name)
    inner = f"{name}/interchange/{name}"
    return _Places(name, f"{inner}/audiofiles", f"{inner}/midifiles")


def _listed(places: _Places, names: _Names) -> tuple[str, ...]:
    sounds = (*names.sources.values(), *names.backwards.values(), *names.sounds.values())
    return (
        f"{places.name}/{places.name}.ardour",
        *(f"{places.audio}/{name}" for name in sounds),
        *(f"{places.midi}/{name}" for name in names.notes.values()),
    )


def _planned(project: Project, folder: Path | None, soundfont: Path | None) -> tuple[RenderPlan, _Names]:
    home = folder or Path()
    refuse_lost_sounds(project, home)
    plan = compile_plan(project, media_folder=folder, soundfont=soundfont)
    taken: set[str] = set()
    paths = {source.id: source_path(home, source.path) for source in played_sources(project)}
    there = {source_id: path for source_id, path in paths.items() if path.is_file()}
    ways = {
        (clip.source_id, clip.reversed)
        for track in project.tracks
        for clip in track.clips
        if isinstance(clip, AudioClip)
    }
    sources = {
        source_id: free_name(path.name if _is_fit(project, path) else f"{path.stem}.wav", taken)
        for source_id, path in there.items()
        if (source_id, False) in ways
    }
    backwards = {
        source_id: free_name(f"{path.stem} reversed.wav", taken)
        for source_id, path in there.items()
        if (source_id, True) in ways
    }
    sounds = {
        track.id: free_name(f"{numbered_name(number, track.name)}.wav", taken)
        for number, track in sounded_here(project, plan)
    }
    of_notes: set[str] = set()
    notes = {
        clip.id: free_name(f"{safe_file_name(clip.name or track.name, fallback='notes')}.mid", of_notes)
        for track, clip in _clips_of_notes(project)
    }
    return plan, _Names(sources, backwards, sounds, notes)


def _clips_of_notes(project: Project) -> Iterator[tuple[Track, NotesClip]]:
    for track in project.tracks:
        for clip in track.clips:
            if isinstance(clip, NotesClip):
                yield track, clip


def _is_fit(project: Project, path: Path) -> bool:
    """Whether Ardour plays the file as it is."""
    info = read_info(path)
    return info.rate == project.rate and info.channels <= 2 and info.format in _READABLE


def _write_source(project: Project, home: Path, source_id: str, copy: Path) -> SoundFile:
    source = project.source(source_id)
    path = source_path(home, source.path)
    if _is_fit(project, path):
        copy_file(path, copy)
        info = read_info(path)
        return SoundFile(copy.name, info.channels, info.frames)
    sound = _heard(project, home, source)
    write_wav(copy, sound, project.rate, 32)
    return SoundFile(copy.name, sound.shape[1], len(sound))


def _write_backwards(project: Project, home: Path, source_id: str, copy: Path) -> SoundFile:
    sound = np.ascontiguousarray(_heard(project, home, project.source(source_id))[::-1])
    write_wav(copy, sound, project.rate, 32)
    return SoundFile(copy.name, sound.shape[1], len(sound))


def _heard(project: Project, home: Path, source: AudioSource) -> np.ndarray:
    """The file at the song's rate; of more than two channels the first two are left and right."""
    sound, _ = read_audio(source_path(home, source.path), rate=project.rate)
    return sound[:, :2]

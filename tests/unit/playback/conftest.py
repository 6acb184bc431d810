"""Builders for songs that are short enough to render in a test."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Insert, NotesClip, Project, Track
from musicgen_desktop.music import Note, Patch

BEAT = 960


def a_track(track_id, notes=None, **strip):
    """A notes track with one clip of four quarter notes, unless told otherwise."""
    if notes is None:
        notes = tuple(Note(beat * BEAT, 700, 60 + 4 * beat, 100) for beat in range(4))
    length = max((note.start_ticks + note.length_ticks for note in notes), default=BEAT)
    clip = NotesClip(f"clip-{track_id}", "notes", 0, max(length, 4 * BEAT), notes)
    patch = strip.pop("patch", Patch("synth", preset="saw_lead"))
    return Track(id=track_id, name=track_id.title(), kind="notes", clips=(clip,), patch=patch, **strip)


def a_bus(track_id, *inserts, **strip):
    return Track(id=track_id, name=track_id.title(), kind="bus", inserts=inserts, **strip)


def a_song(*tracks, tempo_bpm=240.0, master=()):
    project = Project.new("song", tempo_bpm)
    project = msgspec.structs.replace(project, tracks=tracks, end_ticks=4 * BEAT)
    return project.with_track(msgspec.structs.replace(project.master, inserts=tuple(master)))


def an_insert(effect, insert_id="", **parameters):
    return Insert(insert_id or f"insert-{effect}", effect, parameters=parameters)


def noise(frames, seed=0, level_db=-18.0):
    """[frames, 2] float32 white noise of this RMS level."""
    sound = np.random.default_rng(seed).standard_normal((frames, 2))
    return (sound * 10 ** (level_db / 20)).astype(np.float32)


def peak_db(sound):
    return float(20 * np.log10(max(np.abs(sound).max(), 1e-15)))


def rms_db(sound):
    return float(10 * np.log10(max(np.mean(np.square(sound, dtype=np.float64)), 1e-30)))


def drums():
    return Patch("synth", preset="kit_909", is_drums=True)


class Make:
    drums = staticmethod(drums)
    track = staticmethod(a_track)
    bus = staticmethod(a_bus)
    song = staticmethod(a_song)
    insert = staticmethod(an_insert)
    noise = staticmethod(noise)
    peak_db = staticmethod(peak_db)
    rms_db = staticmethod(rms_db)


@pytest.fixture(scope="session")
def make():
    return Make

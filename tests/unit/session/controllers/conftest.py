"""A small song to hand over: a bass, drums and a voice into a group, with a return."""

import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, AudioSource, KeyChange, NotesClip, Project, Send, Take, Track
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.storage import save_project

BAR = 3_840


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "Song.mgproj"


@pytest.fixture
def song(folder):
    """Two bars at 240 BPM, saved."""
    path = folder / "audio" / "vox.wav"
    path.parent.mkdir(parents=True)
    write_wav(path, 0.1 * np.random.default_rng(1).standard_normal((48_000, 1)).astype(np.float32), 48_000)
    source = AudioSource("s1", "vox", "audio/vox.wav", content_hash(path), 48_000, 1, 48_000)
    project = Project.new("Night Drive", 240.0)
    low, high = (tuple(Note(at, 700, pitch, 100) for at in range(0, BAR, 960)) for pitch in (40, 52))
    bass = Track(
        "bass",
        "Bass",
        "notes",
        clips=(
            NotesClip("c1", "Low", 0, BAR, low, take_id="t1"),
            NotesClip("c2", "", BAR, BAR, high, take_id="t1"),
        ),
        patch=Patch("synth", preset="fat_bass"),
        sends=(Send("x", "room", -12.0),),
        output="group",
    )
    beat = tuple(Note(at, 240, 36, 90) for at in range(0, 2 * BAR, 960))
    drums = Track(
        "drums",
        "Drums",
        "notes",
        clips=(NotesClip("c3", "Beat", 0, 2 * BAR, beat, take_id="t2"),),
        patch=Patch("synth", preset="kit_808", is_drums=True),
    )
    vox = Track("vox", "Vox", "audio", clips=(AudioClip("c4", "Vox", BAR, BAR, "s1"),), pan=-0.5)
    for track in (bass, drums, vox, Track("group", "Group", "bus"), Track("room", "Room", "bus")):
        project = project.with_track(track)
    project = project.with_source(source)
    for take in (
        Take("t1", "Take 1", "composer", licence="The notes are yours.", prompt="a | bass", seed=7),
        Take("t2", "Take 2", "musicgen", "small", "CC-BY-NC 4.0", commercial_use=False, seed=8),
        Take("t3", "Unused", "composer"),
    ):
        project = project.with_take(take)
    project = type(project)(
        **{name: getattr(project, name) for name in project.__struct_fields__}
        | {"keys": (KeyChange(0, "F minor"),)}
    )
    save_project(project, folder)
    return project

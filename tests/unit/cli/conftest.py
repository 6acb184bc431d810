"""Running the command line in this process, and a small project to run it on."""

from typing import NamedTuple

import numpy as np
import pytest

from musicgen_desktop.cli import main
from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project, Track
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.storage import save_project


class Ran(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys):
    def run_command(*words):
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Ran(status, *capsys.readouterr())

    return run_command


@pytest.fixture
def refused(run):
    """Runs a command that must be refused; its one sentence."""

    def run_refused(*words):
        ran = run(*words)
        assert ran.status == 2, ran
        assert ran.out == ""
        assert ran.err.endswith("\n")
        assert ran.err.count("\n") == 1
        sentence = ran.err.strip()
        assert sentence[0].isupper() or sentence[0] in "“-"
        assert sentence[-1] in ".?"
        assert "Traceback" not in sentence
        assert len(sentence) < 400
        return sentence

    return run_refused


@pytest.fixture
def two_bars():
    """A bass and a beat of two bars at 120 BPM."""
    bass = NotesClip(
        "c1", "", 0, 7_680, notes=tuple(Note(tick, 900, 40, 100) for tick in range(0, 7_680, 960))
    )
    beat = NotesClip(
        "c2", "", 0, 7_680, notes=tuple(Note(tick, 200, 36, 100) for tick in range(0, 7_680, 1_920))
    )
    song = Project.new("Two Bars")
    song = song.with_track(
        Track(
            id="t1",
            name="Bass",
            kind="notes",
            role="bass",
            clips=(bass,),
            patch=Patch(source="synth", preset="fat_bass"),
        )
    )
    drums = Patch(source="synth", preset="kit_808", is_drums=True)
    return song.with_track(
        Track(id="t2", name="Drums", kind="notes", role="drums", clips=(beat,), patch=drums)
    )


@pytest.fixture
def project_folder(tmp_path, two_bars):
    folder = tmp_path / "Two Bars.mgproj"
    save_project(two_bars, folder)
    return folder


@pytest.fixture
def project_with_audio(tmp_path, two_bars):
    """A project that plays `audio/vox.wav`."""
    folder = tmp_path / "Vox.mgproj"
    (folder / "audio").mkdir(parents=True)
    path = folder / "audio" / "vox.wav"
    sound = 0.1 * np.sin(np.arange(96_000) / 20)[:, np.newaxis].astype(np.float32)
    write_wav(path, sound, 48_000)
    source = AudioSource("s1", "vox", "audio/vox.wav", content_hash(path), 48_000, 1, 96_000)
    clip = AudioClip("c3", "vox", 0, 3_840, "s1")
    song = two_bars.with_source(source).with_track(Track(id="t3", name="Vox", kind="audio", clips=(clip,)))
    save_project(song, folder)
    return folder

"""`import` brings files into a saved project."""

import json

import mido
import numpy as np

from musicgen_desktop.media import write_wav
from musicgen_desktop.storage import open_project


def a_sound(path):
    write_wav(path, np.full((48_000, 1), 0.1, np.float32), 48_000)
    return path


def test_a_sound_and_notes_are_in_the_project_that_was_saved(run, project_folder, tmp_path):
    midi = mido.MidiFile()
    on, off = mido.Message("note_on", note=60), mido.Message("note_off", note=60, time=480)
    midi.tracks.append(mido.MidiTrack([on, off]))
    midi.save(tmp_path / "Riff.mid")

    words = [a_sound(tmp_path / "Rain.wav"), tmp_path / "Riff.mid", "--project", project_folder]
    ran = run("import", *words, "--at-bar", 2, "--json")

    assert ran.status == 0, ran
    assert json.loads(ran.out)["tracks"] == ["Rain", "Riff"]
    tracks = open_project(project_folder).project.tracks
    assert [track.name for track in tracks] == ["Bass", "Drums", "Rain", "Riff"]
    assert [track.clips[0].start_ticks for track in tracks[2:]] == [3_840, 3_840]
    assert (project_folder / "audio" / "Rain.wav").is_file()


def test_a_sound_lies_on_the_track_that_is_named(run, project_with_audio, tmp_path):
    ran = run("import", a_sound(tmp_path / "Rain.wav"), "--project", project_with_audio, "--track", "vox")

    assert ran.status == 0, ran
    assert ran.out == "Vox\n"
    assert len(open_project(project_with_audio).project.track("t3").clips) == 2


def test_wrong_words_are_told_in_one_sentence(refused, project_folder, tmp_path):
    sound = a_sound(tmp_path / "Rain.wav")

    assert "no bar 0" in refused("import", sound, "--project", project_folder, "--at-bar", 0)
    assert "no track “Flute”" in refused("import", sound, "--project", project_folder, "--track", "Flute")
    assert "Gone.wav" in refused("import", tmp_path / "Gone.wav", "--project", project_folder)
    assert [track.name for track in open_project(project_folder).project.tracks] == ["Bass", "Drums"]

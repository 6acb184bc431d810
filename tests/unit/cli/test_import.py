"""`import` brings files into a saved project."""

import json
import signal

import mido
import numpy as np
import pytest

from musicgen_desktop.media import write_wav
from musicgen_desktop.session.controllers.exchange_folder import Arrivals
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


def a_midi(path, title=""):
    midi = mido.MidiFile(type=1)
    midi.tracks.append(mido.MidiTrack([mido.MetaMessage("track_name", name=title)] if title else []))
    on, off = mido.Message("note_on", note=60), mido.Message("note_off", note=60, time=480)
    midi.tracks.append(mido.MidiTrack([on, off]))
    midi.save(path)
    return path


def test_a_midi_file_makes_a_project_that_is_not_there(run, tmp_path):
    place = tmp_path / "New.mgproj"

    ran = run("import", a_midi(tmp_path / "Riff.mid"), "--project", place)

    assert ran.status == 0, ran
    assert ran.err.startswith(f"New project: {place}\n")
    project = open_project(place).project
    assert (project.name, [track.name for track in project.tracks]) == ("New", ["Riff"])


@pytest.mark.parametrize(("title", "name"), [("Night/Drive", "Night Drive"), ("", "Riff")])
def test_in_a_folder_of_no_project_a_new_one_is_called_as_the_song(run, refused, tmp_path, title, name):
    words = ("import", a_midi(tmp_path / "Riff.mid", title), "--project", tmp_path)

    ran = run(*words, "--json")

    assert json.loads(ran.out)["is_new"] is True
    assert open_project(tmp_path / f"{name}.mgproj").project.name == name
    assert f"{name}.mgproj” is there already" in refused(*words)


def test_a_sound_makes_no_project(refused, tmp_path):
    sound = a_sound(tmp_path / "Rain.wav")

    assert "no project" in refused("import", sound, "--project", tmp_path / "New.mgproj")
    assert not (tmp_path / "New.mgproj").exists()


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


@pytest.mark.parametrize("as_json", [True, False])
def test_what_is_bounced_into_a_watched_folder_comes_in(run, project_folder, tmp_path, monkeypatch, as_json):
    place = tmp_path / "exchange"
    place.mkdir()
    looks = []
    look = Arrivals.look

    def looked(self):
        looks.append(look(self))
        if len(looks) == 1:
            write_wav(place / "Lead.wav", np.full((4_800, 1), 0.1, np.float32), 48_000)
        if len(looks) == 6:
            signal.raise_signal(signal.SIGINT)
        return looks[-1]

    monkeypatch.setattr(Arrivals, "look", looked)
    root = "musicgen_desktop.session.controllers.exchange_folder"
    monkeypatch.setattr(f"{root}._arrivals._STEADY_S", 0.0)
    monkeypatch.setattr(f"{root}._into_project._EVERY_S", 0.0)

    (place / "old.txt").write_bytes(b"")
    words = ("--json",) if as_json else ()

    ran = run("import", "--project", project_folder, "--watch", place, *words)

    assert ran.status == 0
    if as_json:
        assert json.loads(ran.out) == {"files": ["Lead.wav"], "tracks": ["Lead"], "remarks": []}
        assert ran.err == ""
    else:
        assert ran.out == "Lead\n"
        assert ran.err == (
            f"Watching “{place}”; press Ctrl+C to end. The file that lies there already stays out.\n"
        )
    assert open_project(project_folder).project.tracks[-1].name == "Lead"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("Riff.mid", b"garbage", "is not a MIDI file"),
        ("Riff.MIDI", b"", "is not a MIDI file"),
        ("Song.dawproject", b"garbage", "export it again as a DAWproject"),
        ("Notes.txt", b"Dear diary", "a MIDI file (.mid) or a .dawproject"),
        ("Rain.wav", b"RIFF, or so", "is damaged"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told_so(
    refused, project_folder, tmp_path, name, data, said
):
    (tmp_path / name).write_bytes(data)

    sentence = refused("import", tmp_path / name, "--project", project_folder)

    assert sentence.startswith(f"“{name}” ")
    assert said in sentence


def test_files_or_a_folder_to_watch_are_wanted(refused, project_folder, tmp_path):
    words = ("import", "--project", project_folder)

    assert "--watch" in refused(*words)
    assert "--watch" in refused(*words, "a.wav", "--watch", tmp_path)
    assert "no folder" in refused(*words, "--watch", tmp_path / "none")

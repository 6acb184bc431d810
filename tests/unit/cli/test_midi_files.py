"""A project leaves as MIDI files of the form that was asked for."""

import mido
import pytest


@pytest.mark.parametrize(("midi_type", "ppq", "tracks"), [(0, 480, 1), (1, 480, 3), (0, 960, 1)])
def test_files_have_the_type_and_the_ticks_that_were_asked_for(
    run, project_folder, tmp_path, midi_type, ppq, tracks
):
    words = ("export", project_folder, "--to", "midi", "--out", tmp_path / "o")

    ran = run(*words, "--type", midi_type, "--ppq", ppq)

    assert ran.status == 0, ran.err
    midi = mido.MidiFile(tmp_path / "o" / "song.mid")
    assert (midi.type, midi.ticks_per_beat, len(midi.tracks)) == (midi_type, ppq, tracks)
    alone = mido.MidiFile(tmp_path / "o" / "01_bass.mid")
    assert (alone.type, alone.ticks_per_beat) == (midi_type, ppq)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("midi", "--type", 2), "MIDI files are written as type 0 or 1, not 2."),
        (("midi", "--ppq", 96), "MIDI files are written with 480 or 960 ticks per quarter note, not 96."),
        (("stems", "--ppq", 480), "Type and ticks per quarter note can be chosen for MIDI files."),
    ],
)
def test_another_form_is_refused(refused, project_folder, tmp_path, words, sentence):
    assert refused("export", project_folder, "--out", tmp_path / "o", "--to", *words) == sentence
    assert not (tmp_path / "o").exists()


def test_what_is_left_out_is_told(run, project_with_audio, tmp_path):
    ran = run("export", project_with_audio, "--to", "midi", "--out", tmp_path / "o")

    assert "Sound has no place in MIDI files: Vox." in ran.err

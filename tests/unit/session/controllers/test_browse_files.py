import mido
import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, NotesClip, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import write_wav
from musicgen_desktop.session.controllers.browse_files import AuditionFile, file_facts


def a_sound(path, seconds=1.5):
    write_wav(path, np.full((round(44_100 * seconds), 1), 0.1, np.float32), 44_100)
    return path


def a_midi(path):
    midi = mido.MidiFile(ticks_per_beat=480)
    midi.tracks.append(
        mido.MidiTrack(
            [
                mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(75)),
                mido.Message("note_on", note=60, velocity=90),
                mido.Message("note_off", note=60, time=480),
            ]
        )
    )
    midi.save(path)
    return path


def test_a_sound_file_tells_its_length_and_the_tempo_in_its_name(tmp_path):
    facts = file_facts(a_sound(tmp_path / "loop_92bpm_Am.wav"))

    assert (facts.seconds, facts.tempo_bpm, facts.rate, facts.channels) == (1.5, 92.0, 44_100, 1)


def test_a_file_that_is_no_sound_says_so(tmp_path):
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"no sound at all")

    facts = file_facts(bad)

    assert facts.seconds is None
    assert "bad.wav" in facts.problem


def test_an_auditioned_sound_starts_at_once_in_the_song_s_tempo(tmp_path):
    like = Project.new("Song", 82.0, rate=96_000)

    heard = AuditionFile(a_sound(tmp_path / "hit.wav"), like).run()

    (clip,) = heard.tracks[0].clips
    assert isinstance(clip, AudioClip)
    assert clip.start_ticks == 0
    assert (heard.rate, heard.tempo_map.bpm_at(0)) == (96_000, 82.0)


def test_an_auditioned_midi_file_plays_at_its_own_tempo(tmp_path):
    heard = AuditionFile(a_midi(tmp_path / "tune.mid"), Project.new("Song", 120.0)).run()

    assert heard.tempo_map.bpm_at(0) == pytest.approx(75.0)
    assert isinstance(heard.tracks[0].clips[0], NotesClip)


def test_a_file_that_is_gone_is_refused(tmp_path):
    with pytest.raises(UserInputError):
        AuditionFile(tmp_path / "gone.wav", Project.new("Song")).run()

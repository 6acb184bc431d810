"""Files of others come into a project: sound, MIDI, and what is told of them."""

import mido
import numpy as np
import pytest
import soundfile

from musicgen_desktop.document import NotesClip, Origin, Project, Track, check_project
from musicgen_desktop.exchange.midi_file import UnreadableMidiError
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import Acid, Bext, UnreadableAudioError, WavTags, write_flac, write_wav
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.session.controllers.import_files import ImportFiles, place_imported
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

BAR = 3_840


@pytest.fixture
def song():
    return Project.new("Song", 120.0)


@pytest.fixture
def busy(song):
    clip = NotesClip("c", "Riff", 0, BAR, (Note(0, 960, 60, 90),))
    return song.with_track(Track("lead", "Lead", "notes", clips=(clip,))).with_track(
        Track("vox", "Vox", "audio")
    )


def a_sound(path, seconds=1.0, tags=None, seed=1):
    sound = 0.1 * np.random.default_rng(seed).standard_normal((round(48_000 * seconds), 2))
    write_wav(path, sound.astype(np.float32), 48_000, chunks=tags)
    return path


def a_midi(path, *channels, bpm=90.0, ticks=480):
    midi = mido.MidiFile(type=1, ticks_per_beat=480)
    tempo = mido.MetaMessage("set_tempo", tempo=round(60_000_000 / bpm))
    meter = mido.MetaMessage("time_signature", numerator=3, denominator=4)
    midi.tracks.append(mido.MidiTrack([tempo, meter, mido.MetaMessage("marker", text="Verse")]))
    for channel in channels:
        on = mido.Message("note_on", note=40, velocity=80, channel=channel)
        off = mido.Message("note_off", note=40, channel=channel, time=ticks)
        midi.tracks.append(mido.MidiTrack([on, off]))
    midi.save(path)
    return path


def imported_into(project, *paths, folder=None, **where):
    imported = ImportFiles(project, tuple(paths), folder).run()
    edit, remarks = place_imported(project, imported, **where)
    check_project(edit.project, collected=folder is not None)
    return edit, remarks


def test_a_sound_is_copied_into_the_project_and_gets_a_track_of_its_name(song, tmp_path):
    folder = tmp_path / "Song.mgproj"
    path = a_sound(tmp_path / "Rain.wav")

    edit, remarks = imported_into(song, path, folder=folder, at_tick=BAR)

    assert edit.label == "Import “Rain”"
    (track,) = edit.project.tracks
    assert (track.name, track.kind) == ("Rain", "audio")
    assert (track.clips[0].start_ticks, track.clips[0].length_ticks) == (BAR, 1_920)
    assert edit.project.sources[0].path == "audio/Rain.wav"
    assert (folder / "audio" / "Rain.wav").read_bytes() == path.read_bytes()
    assert remarks == ()


def test_a_project_that_was_never_saved_names_the_file_where_it_lies(song, tmp_path):
    path = a_sound(tmp_path / "Rain.wav")

    edit, _ = imported_into(song, path)

    assert edit.project.sources[0].path == str(path)
    assert song.sources == ()


def test_a_sound_lies_on_the_audio_track_it_was_dropped_on(busy, tmp_path):
    first, second = a_sound(tmp_path / "A.wav"), a_sound(tmp_path / "B.wav", seed=2)

    edit, _ = imported_into(busy, first, second, at_tick=0, track_id="vox")

    assert [track.name for track in edit.project.tracks] == ["Lead", "Vox", "B"]
    assert [clip.name for clip in edit.project.track("vox").clips] == ["A"]


def test_a_sound_dropped_on_notes_gets_a_track_below_them(busy, tmp_path):
    edit, _ = imported_into(busy, a_sound(tmp_path / "A.wav"), at_tick=0, track_id="lead")

    assert [track.name for track in edit.project.tracks] == ["Lead", "A", "Vox"]


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "mp3", "aiff"])
def test_every_kind_of_sound_file_comes_in_at_its_own_rate(song, tmp_path, ending):
    path = tmp_path / f"Rain.{ending}"
    soundfile.write(path, np.full((44_100, 1), 0.1), 44_100)

    edit, _ = imported_into(song, path, folder=tmp_path / "Song.mgproj", at_tick=0)

    assert (edit.project.sources[0].path, edit.project.sources[0].rate) == (f"audio/Rain.{ending}", 44_100)
    assert edit.project.tracks[0].clips[0].length_ticks == pytest.approx(1_920, abs=100)  # MP3 is padded


def test_the_same_sound_twice_is_one_file(song, tmp_path):
    folder = tmp_path / "Song.mgproj"
    path = a_sound(tmp_path / "Rain.wav")
    edit, _ = imported_into(song, path, folder=folder)
    copy = tmp_path / "Other name.wav"
    copy.write_bytes(path.read_bytes())

    again, _ = imported_into(edit.project, copy, path, folder=folder)

    assert len(again.project.sources) == 1
    assert len(again.project.tracks) == 3
    assert [file.name for file in (folder / "audio").iterdir()] == ["Rain.wav"]


def test_a_source_that_an_undo_took_back_comes_again_with_its_clip(song, tmp_path):
    path = a_sound(tmp_path / "Rain.wav")
    edit, _ = imported_into(song, path)
    imported = ImportFiles(edit.project, (path,)).run()

    again, _ = place_imported(song, imported)

    check_project(again.project, collected=False)
    assert len(again.project.sources) == 1


def test_a_tagged_sound_lies_where_it_says_unless_told_otherwise(song, tmp_path):
    tags = WavTags(bext=Bext(time_reference_frames=96_000), acid=Acid(100.0, 4))
    path = a_sound(tmp_path / "Rain.wav", tags=tags)

    own, remarks = imported_into(song, path)
    put, _ = imported_into(song, path, at_tick=7)

    assert own.project.tracks[0].clips[0].start_ticks == BAR
    assert put.project.tracks[0].clips[0].start_ticks == 7
    assert remarks == ("“Rain” was made at 100 BPM; the song is at 120: it will not stay in time.",)


@pytest.mark.parametrize(
    ("name", "tempo"),
    [("beat_92bpm_Am", 92.0), ("Loop 87.5 BPM", 87.5), ("1200bpm", None), ("take 92", None)],
)
def test_a_tempo_in_the_name_is_noticed(song, tmp_path, name, tempo):
    path = tmp_path / f"{name}.flac"
    write_flac(path, np.full((480, 1), 0.1, np.float32), 48_000)

    (file,) = ImportFiles(song, (path,)).run().files

    assert file.tempo_bpm == tempo
    assert file.start_s is None


@pytest.mark.parametrize(("named", "told"), [("90bpm", True), ("120bpm", False)])
def test_a_sound_of_another_tempo_is_said_not_to_stay_in_time(song, tmp_path, named, told):
    path = a_sound(tmp_path / f"Break {named}.wav")

    _, remarks = imported_into(song, path, at_tick=0)

    sentence = f"“Break {named}” was made at 90 BPM; the song is at 120: it will not stay in time."
    assert remarks == ((sentence,) if told else ())


def test_a_time_of_day_is_no_place_in_a_song(song, tmp_path):
    tags = WavTags(bext=Bext(time_reference_frames=13 * 3_600 * 48_000))

    (file,) = ImportFiles(song, (a_sound(tmp_path / "Field.wav", tags=tags),)).run().files

    assert file.start_s is None


def test_an_empty_project_takes_over_the_tempo_of_midi(song, tmp_path):
    edit, remarks = imported_into(song, a_midi(tmp_path / "Riff.mid", 0, 9))

    assert edit.project.tempo_map == TempoMap.constant(90.0)
    assert edit.project.meter_map == MeterMap.constant(Meter(3, 4))
    assert [marker.name for marker in edit.project.markers] == ["Verse"]
    assert [track.kind for track in edit.project.tracks] == ["notes", "notes"]
    assert edit.project.tracks[1].patch == Patch("general_midi", is_drums=True, name="Drums")
    assert [track.name for track in edit.project.tracks] == ["Riff 1", "Drums"]
    assert [track.clips[0].length_ticks for track in edit.project.tracks] == [2_880, 2_880]
    assert remarks == ()


def test_notes_keep_their_beats_where_there_is_music_already(busy, tmp_path):
    edit, remarks = imported_into(busy, a_midi(tmp_path / "Riff.mid", 0), at_tick=BAR, track_id="lead")

    assert edit.project.tempo_map == busy.tempo_map
    assert edit.project.markers == ()
    new = edit.project.track("lead").clips[1]
    assert new.sounding_notes() == (Note(BAR, 960, 40, 80),)
    assert new.length_ticks == BAR
    assert remarks == ("“Riff” has 90 BPM; its notes keep their beats and follow the song’s 120 BPM.",)


def test_several_tracks_of_midi_get_tracks_of_their_own(busy, tmp_path):
    edit, _ = imported_into(busy, a_midi(tmp_path / "Riff.mid", 0, 1), at_tick=0, track_id="lead")

    assert [track.name for track in edit.project.tracks] == ["Lead", "Riff 1", "Riff 2", "Vox"]
    assert edit.project.track("lead") == busy.track("lead")


def test_one_bad_file_among_good_ones_is_told_and_the_others_come_in(song, tmp_path):
    (tmp_path / "Bad.wav").write_bytes(b"RIFF")
    edit, remarks = imported_into(song, tmp_path / "Bad.wav", a_sound(tmp_path / "Good.wav"))

    assert [track.name for track in edit.project.tracks] == ["Good"]
    assert len(remarks) == 1
    assert "Bad.wav" in remarks[0]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("Bad.wav", b"RIFF", UnreadableAudioError),
        ("Text.mid", b"hello", UnreadableMidiError),
        ("Cut.wav", b"MThd\0", UnreadableMidiError),
        ("Empty.wav", b"", UnreadableAudioError),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(song, tmp_path, name, data, error):
    (tmp_path / name).write_bytes(data)

    with pytest.raises(error, match=name.replace(".", r"\.")):
        ImportFiles(song, (tmp_path / name,), tmp_path / "Song.mgproj").run()

    assert not (tmp_path / "Song.mgproj" / "audio").exists()


def test_a_sound_without_a_frame_is_refused(song, tmp_path):
    write_wav(tmp_path / "None.wav", np.zeros((0, 2), np.float32), 48_000)

    with pytest.raises(UserInputError, match="no sound"):
        ImportFiles(song, (tmp_path / "None.wav",)).run()


def test_new_tracks_come_above_the_buses_at_the_end(song, tmp_path):
    for kind, name in (("notes", "Keys"), ("bus", "Group"), ("notes", "Lead"), ("bus", "Reverb")):
        song = song.with_track(Track(name.lower(), name, kind))
    rain, wind = a_sound(tmp_path / "Rain.wav"), a_sound(tmp_path / "Wind.wav")

    edit, _ = imported_into(song, rain, wind)
    below, _ = imported_into(song, rain, track_id="keys")

    assert [track.name for track in edit.project.tracks] == [
        "Keys", "Group", "Lead", "Rain", "Wind", "Reverb",
    ]  # fmt: skip
    assert [track.name for track in below.project.tracks] == ["Keys", "Rain", "Group", "Lead", "Reverb"]


def test_notes_remember_their_file_and_what_it_says_of_its_rights(busy, tmp_path):
    midi = mido.MidiFile(a_midi(tmp_path / "Riff.mid", 0, 1))
    midi.tracks[0].insert(0, mido.MetaMessage("copyright", text="(c) Somebody Else"))
    midi.save(tmp_path / "Riff.mid")

    edit, remarks = imported_into(busy, tmp_path / "Riff.mid")

    told = [clip.origins for track in edit.project.tracks if track.kind == "notes" for clip in track.clips]
    assert told == [(), *2 * [(Origin("Riff.mid", "(c) Somebody Else"),)]]
    assert any("says of its rights: “(c) Somebody Else”" in remark for remark in remarks)


def test_a_sound_remembers_its_file_and_the_copyright_it_is_tagged_with(song, tmp_path):
    tagged = a_sound(tmp_path / "Rain.wav", tags=WavTags(info={"ICOP": "CC-BY-NC 4.0"}))
    silent = a_sound(tmp_path / "Wind.wav", seed=2)

    edit, _ = imported_into(song, tagged, silent)

    told = [source.origins for source in edit.project.sources]
    assert told == [(Origin("Rain.wav", "CC-BY-NC 4.0"),), (Origin("Wind.wav"),)]

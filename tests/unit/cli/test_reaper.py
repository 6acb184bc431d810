"""A project leaves for REAPER by the command line, with all the sound that it plays."""

import json

import numpy as np
import pytest
from msgspec.structs import replace

from musicgen_desktop.document import AudioClip, Insert, Send, Take, Track
from musicgen_desktop.media import read_audio, read_info
from musicgen_desktop.storage import open_project, save_project
from tests.fakes.reaper_reader import blocks, item_notes, lines, mixed, read, tracks, values


@pytest.fixture
def exported(run, project_with_audio, tmp_path):
    out = tmp_path / "out"
    ran = run("export", project_with_audio, "--to", "reaper", "--out", out, "--json")
    assert ran.status == 0, ran.err
    return json.loads(ran.out), out


def the_source(track):
    (item,) = blocks(track, "ITEM")
    return item, blocks(item, "SOURCE")[0]


def test_the_folder_holds_the_project_and_every_file_that_it_names(exported):
    report, out = exported

    root = read((out / "Two Bars.RPP").read_text("utf-8"))

    assert report["files"][0] == "Two Bars.RPP"
    named = [
        values(source, "FILE")[0]
        for track in blocks(root, "TRACK")
        for item in blocks(track, "ITEM")
        for source in blocks(item, "SOURCE")
        if source.attrib == ["WAVE"]
    ]
    assert sorted(named) == ["audio/01_bass.wav", "audio/02_drums.wav", "audio/vox.wav"]
    assert all((out / name).is_file() for name in named)
    assert sorted(report["files"][1:]) == sorted([*named, "RIGHTS.md", "rights.json"])


def test_notes_come_with_what_they_sound_like_before_the_fader(exported):
    _, out = exported

    root = tracks(read((out / "Two Bars.RPP").read_text("utf-8")))

    (item,) = blocks(root["Bass"], "ITEM")
    assert len(item_notes(item)[0]) == 8
    item, source = the_source(root["Bass (sound)"])
    info = read_info(out / values(source, "FILE")[0])
    assert float(values(item, "LENGTH")[0]) == pytest.approx(info.frames / 48_000, abs=1e-9)
    assert float(values(item, "POSITION")[0]) < 0.01
    sound, _ = read_audio(out / "audio" / "01_bass.wav")
    assert np.abs(sound).max() > 0.01


def test_a_clips_file_is_the_projects_own_to_the_byte(exported, project_with_audio):
    _, out = exported

    assert (out / "audio" / "vox.wav").read_bytes() == (project_with_audio / "audio" / "vox.wav").read_bytes()


def test_a_fader_that_is_shut_is_no_loss_of_the_tracks_sound(run, two_bars, tmp_path):
    song = two_bars.with_track(two_bars.track("t1").with_gain(-144.0).muted_as(muted=True))
    save_project(song, tmp_path / "Song.mgproj")

    run("export", tmp_path / "Song.mgproj", "--to", "reaper", "--out", tmp_path / "out")

    sound, _ = read_audio(tmp_path / "out" / "audio" / "01_bass.wav")
    assert np.abs(sound).max() > 0.01
    track = tracks(read((tmp_path / "out" / "Two Bars.RPP").read_text("utf-8")))["Bass"]
    assert (values(track, "VOLPAN")[0], values(track, "MUTESOLO")[0]) == ("0", "1")


def test_two_files_of_one_name_both_come(run, project_with_audio, tmp_path):
    project = open_project(project_with_audio).project
    first = project.source("s1")
    (project_with_audio / "more").mkdir()
    (project_with_audio / "more" / "VOX.wav").write_bytes((project_with_audio / first.path).read_bytes())
    again = type(first)("s2", "vox", "more/VOX.wav", first.content_hash, 48_000, 1, 96_000)
    clip = AudioClip("c4", "again", 3_840, 3_840, "s2")
    project = project.with_source(again).with_track(project.track("t3").with_clip(clip))
    save_project(project, project_with_audio)

    run("export", project_with_audio, "--to", "reaper", "--out", tmp_path / "out")

    root = tracks(read((tmp_path / "out" / "Two Bars.RPP").read_text("utf-8")))
    named = [values(blocks(item, "SOURCE")[0], "FILE")[0] for item in blocks(root["Vox"], "ITEM")]
    assert named == ["audio/vox.wav", "audio/VOX-2.wav"]
    assert (tmp_path / "out" / "audio" / "VOX-2.wav").is_file()


def test_the_projects_notes_say_what_may_be_sold(run, two_bars, tmp_path):
    take = Take("k", "Take", "musicgen", "small", "CC-BY-NC 4.0", commercial_use=False)
    clip = two_bars.track("t1").clips[0]
    bass = two_bars.track("t1").with_clip(replace(clip, take_id="k"))
    save_project(two_bars.with_take(take).with_track(bass), tmp_path / "Song.mgproj")

    run("export", tmp_path / "Song.mgproj", "--to", "reaper", "--out", tmp_path / "out")

    root = read((tmp_path / "out" / "Two Bars.RPP").read_text("utf-8"))
    notes = "\n".join(blocks(root, "NOTES")[0])
    assert "may NOT be used commercially" in notes
    assert "CC-BY-NC 4.0" in notes


def test_groups_and_sends_lead_where_they_did(run, two_bars, tmp_path):
    song = two_bars.with_track(Track("g", "Group", "bus")).with_track(Track("r", "Room", "bus"))
    drums = song.track("t2").routed_to("g")
    drums = replace(drums, sends=(Send("s", "r", -6.0),))
    save_project(song.with_track(drums), tmp_path / "Song.mgproj")

    run("export", tmp_path / "Song.mgproj", "--to", "reaper", "--out", tmp_path / "out")

    rows = blocks(read((tmp_path / "out" / "Two Bars.RPP").read_text("utf-8")), "TRACK")
    names = [values(row, "NAME")[0] for row in rows]
    assert names == ["Bass", "Bass (sound)", "Group", "Drums", "Drums (sound)", "Room"]
    assert [values(row, "ISBUS") for row in rows[2:5]] == [["1", "1"], ["1", "1"], ["2", "-2"]]
    assert lines(rows[5], "AUXRECV")[0][0] == "3"


def test_what_a_return_sounds_like_comes_with_it_and_a_groups_effects_are_told(run, two_bars, tmp_path):
    song = two_bars.with_track(Track("g", "Group", "bus", inserts=(Insert("e", "equalizer"),)))
    song = song.with_track(Track("r", "Room", "bus", inserts=(Insert("i", "reverb"),)))
    drums = replace(song.track("t2").routed_to("g"), sends=(Send("s", "r", -6.0),))
    save_project(song.with_track(drums), tmp_path / "Song.mgproj")

    ran = run("export", tmp_path / "Song.mgproj", "--to", "reaper", "--out", tmp_path / "out")

    root = tracks(read((tmp_path / "out" / "Two Bars.RPP").read_text("utf-8")))
    sound, _ = read_audio(tmp_path / "out" / values(the_source(root["Room (sound)"])[1], "FILE")[0])
    assert np.abs(sound).max() > 1e-4
    assert lines(root["Room"], "AUXRECV")[0][4] == "1"
    assert "Group (sound)" not in root
    assert "Effects stay behind, for REAPER has others: “Group” (equalizer)." in ran.err


def test_the_folder_mixed_as_its_project_says_is_our_mix(run, project_with_audio, tmp_path):
    song = open_project(project_with_audio).project
    vox = song.track("t3").with_pan(-0.5).with_gain(-4.0)
    vox = replace(vox, trim_db=2.0, clips=(replace(vox.clips[0], gain_db=-3.0, source_offset_frames=4_800),))
    bass = replace(song.track("t1").routed_to("g").with_gain(-7.0), trim_db=3.0, polarity_inverted=True)
    drums = replace(song.track("t2").routed_to("g").with_pan(0.25), sends=(Send("s", "r", -6.0),))
    song = song.with_track(Track("g", "Group", "bus", gain_db=-2.0, pan=0.1))
    song = song.with_track(Track("r", "Room", "bus", inserts=(Insert("i", "reverb"),), gain_db=-1.0))
    for track in (vox, bass, drums):
        song = song.with_track(track)
    save_project(song, project_with_audio)

    run("export", project_with_audio, "--to", "reaper", "--out", tmp_path / "out")
    run("render", project_with_audio, "--out", tmp_path / "mix.wav", "--bits", 32)

    ours, rate = read_audio(tmp_path / "mix.wav")
    root = read((tmp_path / "out" / "Two Bars.RPP").read_text("utf-8"))
    theirs = mixed(root, tmp_path / "out", rate, len(ours))
    assert np.abs(ours).max() > 0.05
    assert np.abs(theirs - ours).max() < 10 ** (-90 / 20)


def test_bars_and_tracks_cannot_be_chosen(refused, project_folder, tmp_path):
    sentence = refused("export", project_folder, "--to", "reaper", "--out", tmp_path / "o", "--from-bar", 2)

    assert sentence.startswith("A REAPER project is exported whole")


def test_the_projects_own_folder_is_left_alone(refused, project_with_audio):
    before = sorted(project_with_audio.rglob("*"))

    sentence = refused("export", project_with_audio, "--to", "reaper", "--out", project_with_audio)

    assert "choose another one" in sentence
    assert sorted(project_with_audio.rglob("*")) == before


def test_a_missing_file_is_told_before_anything_is_written(refused, project_with_audio, tmp_path):
    (project_with_audio / "audio" / "vox.wav").unlink()

    sentence = refused("export", project_with_audio, "--to", "reaper", "--out", tmp_path / "o")

    assert "vox.wav" in sentence
    assert not (tmp_path / "o").exists()

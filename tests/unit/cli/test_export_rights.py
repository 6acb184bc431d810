"""What may be sold, beside everything that leaves; and a song that may not be, refused when asked to."""

import json

import mido
import numpy as np
import pytest
from msgspec.structs import replace

from musicgen_desktop.document import AudioClip, Origin, Take
from musicgen_desktop.media import read_tags, write_wav
from musicgen_desktop.storage import open_project, save_project

OURS = Take("ours", "Take 1", "composer", licence="Your own.", seed=7)
THEIRS = Take("theirs", "Take 2", "musicgen", "small", "CC-BY-NC 4.0", commercial_use=False, seed=8)
KINDS = ["midi", "stems", "dawproject", "reaper"]


@pytest.fixture
def folder(project_with_audio):
    """Bass by us, a voice by a model whose licence forbids selling."""
    song = open_project(project_with_audio).project.with_take(OURS).with_take(THEIRS)
    for track_id, take in (("t1", OURS), ("t3", THEIRS)):
        track = song.track(track_id)
        song = song.with_track(track.with_clip(replace(track.clips[0], take_id=take.id)))
    save_project(song, project_with_audio)
    return project_with_audio


def rights_in(out):
    return json.loads((out / "rights.json").read_bytes())


@pytest.mark.parametrize("to", KINDS)
def test_the_rights_lie_beside_every_export(run, folder, tmp_path, to):
    ran = run("export", folder, "--to", to, "--out", tmp_path / "o", "--json")

    told = json.loads(ran.out)
    assert told["files"][-2:] == ["RIGHTS.md", "rights.json"]
    assert told["rights"] == rights_in(tmp_path / "o")
    names = [take["name"] for take in told["rights"]["takes"]]
    assert names == (["Take 1"] if to == "midi" else ["Take 1", "Take 2"])
    verdict = "may be used commercially" if to == "midi" else "may NOT be used commercially"
    assert verdict in (tmp_path / "o" / "RIGHTS.md").read_text("utf-8")


@pytest.mark.parametrize("to", ["stems", "dawproject", "reaper"])
def test_what_may_not_be_sold_is_refused_before_anything_is_written(refused, folder, tmp_path, to):
    sentence = refused("export", folder, "--to", to, "--out", tmp_path / "o", "--commercial-safe")

    assert sentence.startswith("“Take 2” on Vox may not be used commercially (CC-BY-NC 4.0)")
    assert not (tmp_path / "o").exists()


def test_what_may_be_sold_is_exported(run, folder, tmp_path):
    assert run("export", folder, "--to", "midi", "--out", tmp_path / "o", "--commercial-safe").status == 0
    assert rights_in(tmp_path / "o")["sounds"] == ""


@pytest.mark.parametrize("mute", ["track", "clip"])
def test_what_is_muted_is_not_in_stems_but_in_a_project(run, refused, folder, tmp_path, mute):
    song = open_project(folder).project
    vox = song.track("t3")
    muted = vox.muted_as(muted=True) if mute == "track" else vox.with_clip(vox.clips[0].muted_as(muted=True))
    save_project(song.with_track(muted), folder)

    assert run("export", folder, "--to", "stems", "--out", tmp_path / "o", "--commercial-safe").status == 0
    assert "Take 2" in refused(
        "export", folder, "--to", "reaper", "--out", tmp_path / "p", "--commercial-safe"
    )


def test_a_file_of_others_is_for_the_user_to_judge(run, refused, project_with_audio, tmp_path):
    words = ("export", project_with_audio, "--to", "stems", "--only", "vox", "--out", tmp_path / "o")

    sentence = refused(*words, "--commercial-safe")
    run(*words)

    assert sentence.startswith("“vox” on Vox is a file of others: nobody here knows whether")
    assert "vox" in rights_in(tmp_path / "o")["not_judged"]
    assert rights_in(tmp_path / "o")["commercial_use"] is None
    (stem,) = (tmp_path / "o").glob("*.wav")
    assert "<COMMERCIAL_USE>unknown<" in read_tags(stem).ixml
    assert "“vox” is a file of others" in read_tags(stem).info["ICOP"]


def test_what_was_recorded_here_is_safe(run, project_with_audio, tmp_path):
    song = open_project(project_with_audio).project
    source = replace(song.sources[0], origins=())
    save_project(replace(song, sources=(source,)), project_with_audio)

    ran = run("export", project_with_audio, "--to", "stems", "--out", tmp_path / "o", "--commercial-safe")

    assert ran.status == 0
    assert rights_in(tmp_path / "o")["commercial_use"] is True


@pytest.mark.parametrize("to", ["midi", "stems", "dawproject"])
def test_notes_of_others_keep_what_their_file_says(run, refused, two_bars, tmp_path, to):
    theirs = Origin("nc.dawproject", "CC-BY-NC 4.0, by Somebody Else. Not for sale.")
    bass = two_bars.track("t1")
    song = two_bars.with_track(bass.with_clip(replace(bass.clips[0], origins=(theirs,))))
    save_project(song, tmp_path / "Song.mgproj")
    words = ("export", tmp_path / "Song.mgproj", "--to", to, "--out", tmp_path / "o")

    sentence = refused(*words, "--commercial-safe")
    run(*words)

    assert sentence.startswith(
        "“nc.dawproject” on Bass is a file of others, which says of its rights: “CC-BY"
    )
    text = (tmp_path / "o" / "RIGHTS.md").read_text("utf-8")
    assert "What was made here may be used commercially" not in text
    assert "nc.dawproject on Bass: it says: “CC-BY-NC 4.0, by Somebody Else. Not for sale.”" in text
    if to == "midi":
        conductor = mido.MidiFile(tmp_path / "o" / "song.mid").tracks[0]
        (said,) = [message.text for message in conductor if message.type == "copyright"]
        assert "CC-BY-NC 4.0, by Somebody Else" in said
    if to == "stems":
        told = {path.name[3:7]: read_tags(path).ixml for path in (tmp_path / "o").glob("*.wav")}
        assert "<COMMERCIAL_USE>unknown<" in told["bass"]
        assert "<COMMERCIAL_USE>yes<" in told["drum"]


def test_a_soundfont_of_unknown_rights_is_not_safe(refused, two_bars, tmp_path):
    own = tmp_path / "own.sf2"
    own.write_bytes(b"RIFF")
    bass = two_bars.track("t1")
    general = replace(bass, patch=replace(bass.patch, source="general_midi"))
    save_project(two_bars.with_track(general), tmp_path / "Song.mgproj")
    words = ("export", tmp_path / "Song.mgproj", "--to", "stems", "--out", tmp_path / "o")

    sentence = refused(*words, "--soundfont", own, "--commercial-safe")

    assert "own.sf2" in sentence


def test_clips_of_one_take_on_two_tracks_are_told_once(run, folder, tmp_path):
    song = open_project(folder).project
    vox = song.track("t3")
    again = AudioClip("c9", "vox", 0, 3_840, "s1", take_id=THEIRS.id)
    save_project(song.with_track(replace(vox, id="t4", name="Double", clips=(again,))), folder)

    run("export", folder, "--to", "reaper", "--out", tmp_path / "o")

    assert rights_in(tmp_path / "o")["takes"][1]["tracks"] == ["Vox", "Double"]


def test_a_song_made_again_around_a_file_of_others_does_not_claim_it(run, tmp_path):
    words = ("--stems", "bass", "--out", tmp_path / "s", "--seed", 3)
    own = json.loads(run("compose", "lofi, 120 bpm, 2 bars", *words, "--json").out)
    write_wav(tmp_path / "theirs.wav", np.full((4_800, 1), 0.1, np.float32), 48_000)
    place = tmp_path / "s" / own["project"]
    run("import", tmp_path / "theirs.wav", "--project", place)

    ran = run("compose", "--remake", "bass", "--bars", "1-1", "--project", place)

    assert own["commercial_use"] is True
    report = json.loads((tmp_path / "s" / "report.json").read_bytes())
    tags = read_tags(tmp_path / "s" / "mix.wav")
    assert report["commercial_use"] is None
    assert "<COMMERCIAL_USE>unknown<" in tags.ixml
    for told in (report["licence"], tags.info["ICOP"], tags.info["ICMT"], ran.out):
        assert "“theirs.wav” is a file of others" in told

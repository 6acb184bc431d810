"""Chosen stems, frozen and bounced tracks, from the command line."""

import json

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Send, Track
from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.media import read_audio
from musicgen_desktop.playback.offline import _readers
from musicgen_desktop.session.controllers import RenderProject, _stem_files
from musicgen_desktop.storage import open_project, save_project


@pytest.fixture
def with_group(tmp_path, two_bars):
    """Bass and drums into a group, the drums into a return as well."""
    song = two_bars.with_track(two_bars.track("t1").routed_to("g"))
    drums = Track(
        "t2",
        "Drums",
        "notes",
        role="drums",
        clips=song.track("t2").clips,
        patch=song.track("t2").patch,
        sends=(Send("s", "r", -12.0),),
        output="g",
    )
    song = song.with_track(drums).with_track(Track("g", "Group", "bus")).with_track(Track("r", "Room", "bus"))
    save_project(song, tmp_path / "Group.mgproj")
    return tmp_path / "Group.mgproj"


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("words", ["drums", "DRUMS", "2", " Drums ,drums"])
def test_chosen_stems_are_written_alone_under_their_own_names(run, project_folder, tmp_path, words):
    ran = run("render", project_folder, "--stems", tmp_path / "s", "--only", words, "--to-bar", 1, "--json")

    told = json.loads(ran.out)
    assert (ran.status, told["wav"], told["lufs"]) == (0, None, None)
    assert names_in(tmp_path / "s") == ["02_drums_120bpm.wav"]
    assert len(read_audio(tmp_path / "s" / "02_drums_120bpm.wav")[0]) == 96_000


def test_groups_have_stems_when_asked(run, with_group, tmp_path):
    mix, stems = tmp_path / "mix.wav", tmp_path / "s"

    run("render", with_group, "--out", mix, "--stems", stems, "--groups", "--bits", 32, "--to-bar", 1)

    assert [name[:8] for name in names_in(stems)] == ["01_bass_", "02_drums", "03_group", "04_room_"]
    sounds = [read_audio(path)[0] for path in sorted(stems.iterdir())]
    assert np.abs(sounds[2] + sounds[3] - read_audio(mix)[0]).max() < 1e-5
    assert np.abs(sounds[0] + sounds[1] - read_audio(mix)[0]).max() < 1e-5


def test_stems_with_and_without_the_mix_are_the_same_bytes(run, with_group, tmp_path):
    run("render", with_group, "--out", tmp_path / "mix.wav", "--stems", tmp_path / "a", "--from-bar", 2)

    run("render", with_group, "--stems", tmp_path / "b", "--from-bar", 2)
    run("export", with_group, "--to", "stems", "--out", tmp_path / "c", "--from-bar", 2)

    for name in names_in(tmp_path / "a"):
        data = (tmp_path / "a" / name).read_bytes()
        assert (tmp_path / "b" / name).read_bytes() == data
        assert (tmp_path / "c" / name).read_bytes() == data


@pytest.mark.parametrize("held", [0, 1 << 30], ids=["too long to hold", "held"])
def test_every_instrument_plays_once_for_mix_stems_and_groups(run, with_group, tmp_path, monkeypatch, held):
    made = []
    make = _readers.make_instrument
    monkeypatch.setattr(
        _readers, "make_instrument", lambda *a, **k: made.append(a[0].preset) or make(*a, **k)
    )
    monkeypatch.setattr(_stem_files, "MOST_HELD_BYTES", held)
    monkeypatch.setattr("musicgen_desktop.playback.offline._tracks.can_fork", lambda: False)

    run(
        "render",
        with_group,
        "--out",
        tmp_path / "m.wav",
        "--stems",
        tmp_path / "s",
        "--groups",
        "--to-bar",
        1,
    )

    assert sorted(made) == ["fat_bass", "kit_808"]


def test_many_stems_are_written_some_at_a_time(run, with_group, tmp_path, monkeypatch):
    run("render", with_group, "--out", tmp_path / "a.wav", "--stems", tmp_path / "a", "--groups")
    monkeypatch.setattr(_stem_files, "_MOST_OPEN", 1)

    run("render", with_group, "--out", tmp_path / "b.wav", "--stems", tmp_path / "b", "--groups")

    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert len(names_in(tmp_path / "b")) == 4
    for name in names_in(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_stems_that_cannot_be_had_are_refused(refused, two_bars, tmp_path):
    save_project(two_bars.with_track(Track("t3", "Later", "notes")), tmp_path / "x.mgproj")
    project, stems = tmp_path / "x.mgproj", ("--stems", tmp_path / "s")

    assert "there is: Bass, Drums" in refused("render", project, *stems, "--only", "kazoo")
    assert "plays nothing" in refused("render", project, *stems, "--only", "later")
    assert "--out for the mix" in refused("render", project)
    assert "--stems" in refused("render", project, "--out", tmp_path / "m.wav", "--only", "bass")
    assert "MIDI is exported whole" in refused(
        "export", project, "--to", "midi", "--out", tmp_path / "m", "--only", "bass"
    )


def test_freezing_and_thawing_by_name(run, project_folder):
    frozen = run("freeze", project_folder, "bass", "2", "--json")

    told = json.loads(frozen.out)
    assert (frozen.status, told["frozen"]) == (0, ["Bass", "Drums"])
    assert open_project(project_folder).project.track("t1").frozen is not None
    thawed = run("freeze", project_folder, "Bass", "--undo")
    assert (thawed.status, thawed.out) == (0, "Bass: plays live\n")
    assert open_project(project_folder).project.track("t1").frozen is None


def test_a_frozen_project_renders_as_it_did(run, project_folder, tmp_path):
    run("render", project_folder, "--out", tmp_path / "live.wav", "--bits", 32)
    run("freeze", project_folder, "bass", "drums")

    ran = run("render", project_folder, "--out", tmp_path / "cold.wav", "--bits", 32)

    live, cold = (read_audio(tmp_path / name)[0] for name in ("live.wav", "cold.wav"))
    assert ran.err == ""
    assert np.abs(live - cold).max() < 1e-6


def test_a_freeze_that_is_stale_is_told_when_it_is_rendered(run, project_folder, tmp_path):
    run("freeze", project_folder, "bass")
    project = open_project(project_folder).project
    edited = msgspec.structs.replace(project.track("t1"), trim_db=-6.0)
    save_project(project.with_track(edited), project_folder)

    ran = run("render", project_folder, "--out", tmp_path / "mix.wav")

    assert (ran.status, ran.err.strip()[:39]) == (0, "Track “Bass” changed since it was froze")


def test_bouncing_some_bars(run, project_folder):
    ran = run("bounce", project_folder, "bass", "--from-bar", 2, "--before-fader", "--json")

    told = json.loads(ran.out)["bounced"][0]
    project = open_project(project_folder).project
    assert ran.status == 0
    assert (told["track"], told["start_s"]) == ("Bass (bounced)", 2.0)
    assert [track.name for track in project.tracks] == ["Bass", "Bass (bounced)", "Drums"]


def test_bouncing_tells_what_became_of_the_track(run, project_folder):
    ran = run("bounce", project_folder, "drums", "--replace", "--no-tail")

    assert ran.status == 0
    assert ran.out.startswith("Drums → Drums (bounced): from 0.00 s, 4.00 s long\n")
    assert [track.name for track in open_project(project_folder).project.tracks] == [
        "Bass",
        "Drums (bounced)",
    ]


@pytest.mark.parametrize("command", ["freeze", "bounce"])
def test_names_and_projects_that_are_not_there_are_refused(refused, project_folder, tmp_path, command):
    assert "Bass, Drums" in refused(command, project_folder, "kazoo")
    assert "no project at" in refused(command, tmp_path / "none.mgproj", "bass")


@pytest.mark.parametrize("command", ["freeze", "bounce", "render", "export"])
def test_the_help_tells_what_can_be_chosen(run, command):
    ran = run(command, "--help")

    assert (ran.status, ran.err) == (0, "")
    assert {"freeze": "--undo", "bounce": "--before-fader"}.get(command, "--only") in ran.out


def test_stopping_a_render_with_stems_leaves_no_file(project_folder, tmp_path):
    stop = StopFlag()

    def after_half(done, _stage):
        if done > 0.7:
            stop.set()

    with pytest.raises(Stopped):
        RenderProject(project_folder, tmp_path / "mix.wav", tmp_path / "s").run(after_half, stop)

    assert not (tmp_path / "mix.wav").exists()
    assert names_in(tmp_path / "s") == []


def test_progress_of_mix_and_stems_rises_to_one(with_group, tmp_path):
    told = []

    RenderProject(with_group, tmp_path / "mix.wav", tmp_path / "s", groups=True).run(
        lambda done, _stage: told.append(done)
    )

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_stems_are_written_as_one_wishes(run, refused, project_folder, tmp_path):
    words = ("export", project_folder, "--to", "stems", "--out", tmp_path / "s")

    ran = run(*words, "--flac", "--rate", 44100, "--only", "bass", "--no-tail", "--guard", "--mix", "--json")

    assert ran.status == 0
    assert json.loads(ran.out)["files"][:2] == ["01_bass_120bpm.flac", "mix.flac"]
    sound, rate = read_audio(tmp_path / "s" / "01_bass_120bpm.flac")
    assert (len(sound), rate) == (4 * 44_100, 44_100)
    clips = json.loads(run(*words, "--per-clip", "--tail", "--replace", "--json").out)["files"]
    assert clips[:2] == ["01_bass-bar-1_120bpm.wav", "02_drums-bar-1_120bpm.wav"]
    assert len(read_audio(tmp_path / "s" / clips[0])[0]) > 4 * 48_000
    assert "16 or 24 bits" in refused(*words, "--flac", "--bits", 32)
    assert "sample rate" in refused(*words, "--rate", 1)
    assert "can be chosen for stems" in refused(
        "export", project_folder, "--to", "midi", "--out", tmp_path / "m", "--flac"
    )


@pytest.mark.parametrize("option", ["--out", "--stems"])
def test_what_was_rendered_earlier_is_written_over_only_when_asked(run, project_folder, tmp_path, option):
    where = tmp_path / ("mix.wav" if option == "--out" else "s")
    words = ("render", project_folder, option, where, "--to-bar", 1)
    run(*words)
    earlier = where if option == "--out" else min(where.iterdir())
    earlier.write_bytes(b"mine now")

    refused = run(*words)

    assert (refused.status, earlier.read_bytes()) == (2, b"mine now")
    assert f"“{earlier.name}”" in refused.err
    assert f"choose another {option}, or add --replace" in refused.err
    assert run(*words, "--replace").status == 0
    assert read_audio(earlier)[0].any()


def test_a_mix_that_would_be_a_stem_is_refused(run, project_folder, tmp_path):
    stem = tmp_path / "s" / "02_drums_120bpm.wav"

    ran = run("render", project_folder, "--out", stem, "--stems", tmp_path / "s", "--replace")

    assert ran.status == 2
    assert "the file of a stem as well" in ran.err
    assert not stem.exists()

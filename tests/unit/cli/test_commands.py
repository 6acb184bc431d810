import json
import os
import subprocess
import sys

import mido
import numpy as np
import pytest

from musicgen_desktop import __version__
from musicgen_desktop.document import Track
from musicgen_desktop.media import read_audio, read_tags
from musicgen_desktop.storage import save_project

COMMANDS = [
    *("compose", "play", "record", "devices", "render", "export"),
    *("freeze", "bounce", "styles", "doctor", "bench"),
]


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_no_error(run, words):
    ran = run(*words)

    assert (ran.status, ran.err) == (0, "")
    assert "Usage" in ran.out


def test_render_writes_the_song_with_its_tail(run, project_folder, tmp_path):
    ran = run("render", project_folder, "--out", tmp_path / "mix.wav", "--json")

    told = json.loads(ran.out)
    audio, rate = read_audio(tmp_path / "mix.wav")
    assert (ran.status, ran.err, rate) == (0, "", 48_000)
    assert told["length_s"] == pytest.approx(len(audio) / rate, abs=0.001)
    assert len(audio) >= 4 * rate
    assert np.abs(audio).max() > 0.01


def test_render_of_some_bars_is_that_piece_of_the_whole(run, project_folder, tmp_path):
    run("render", project_folder, "--out", tmp_path / "all.wav", "--bits", 32)
    ran = run(
        "render",
        project_folder,
        "--out",
        tmp_path / "bar2.wav",
        "--from-bar",
        2,
        "--to-bar",
        2,
        "--bits",
        32,
        "--json",
    )

    whole, rate = read_audio(tmp_path / "all.wav")
    bar, _ = read_audio(tmp_path / "bar2.wav")
    assert (json.loads(ran.out)["first_bar"], json.loads(ran.out)["last_bar"]) == (2, 2)
    assert len(bar) == 2 * rate
    assert np.abs(bar - whole[2 * rate : 4 * rate]).max() < 1e-4


def test_rendered_stems_are_as_long_as_the_mix_and_sum_to_it(run, project_folder, tmp_path):
    run("render", project_folder, "--out", tmp_path / "mix.wav", "--stems", tmp_path / "stems", "--bits", 32)

    mix, _ = read_audio(tmp_path / "mix.wav")
    stems = [read_audio(path)[0] for path in sorted((tmp_path / "stems").iterdir())]
    assert [len(stem) for stem in stems] == [len(mix)] * 2
    assert np.abs(sum(stems) - mix).max() < 10 ** (-90 / 20)


@pytest.mark.parametrize("rate", [44_100, 96_000])
def test_render_at_another_rate_is_as_long_in_seconds(run, project_folder, tmp_path, rate):
    run("render", project_folder, "--out", tmp_path / "mix.wav", "--rate", rate, "--to-bar", 2)

    audio, found = read_audio(tmp_path / "mix.wav")
    assert (found, len(audio)) == (rate, 4 * rate)


def test_an_audio_clip_is_heard(run, project_with_audio, tmp_path):
    run("render", project_with_audio, "--out", tmp_path / "mix.wav", "--stems", tmp_path / "stems")

    vox, _ = read_audio(tmp_path / "stems" / "03_vox_120bpm.wav")
    assert np.abs(vox[:90_000]).max() > 0.05


def test_export_to_midi_writes_the_song_and_each_track(run, project_folder, tmp_path):
    ran = run("export", project_folder, "--to", "midi", "--out", tmp_path / "midi", "--json")

    files = ["song.mid", "01_bass.mid", "02_drums.mid", "RIGHTS.md", "rights.json"]
    assert json.loads(ran.out)["files"] == files
    song = mido.MidiFile(tmp_path / "midi" / "song.mid")
    assert [track.name for track in song.tracks] == ["Two Bars", "Bass", "Drums"]


def test_export_to_stems_tags_them(run, project_folder, tmp_path):
    ran = run("export", project_folder, "--to", "stems", "--out", tmp_path / "stems")

    assert ran.status == 0
    assert sorted(path.name for path in (tmp_path / "stems").iterdir()) == [
        "01_bass_120bpm.wav",
        "02_drums_120bpm.wav",
        "RIGHTS.md",
        "rights.json",
    ]
    assert read_tags(tmp_path / "stems" / "01_bass_120bpm.wav").acid.tempo_bpm == 120.0


def test_styles_lists_at_least_twenty(run):
    listed = json.loads(run("styles", "--json").out)["styles"]

    assert len(listed) >= 20
    assert {"lofi", "house", "jazz", "ambient"} <= {style["id"] for style in listed}
    assert all(20 <= style["slowest_bpm"] <= style["fastest_bpm"] <= 400 for style in listed)


def test_a_reader_that_left_is_no_error_to_talk_about():
    process = subprocess.Popen(
        [sys.executable, "-m", "musicgen_desktop", "doctor", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    error = process.stderr.read().decode()
    process.stderr.close()
    process.wait()

    assert "Traceback" not in error
    assert os.linesep not in error


def test_rendered_bars_say_where_on_the_timeline_they_lie(run, project_folder, tmp_path):
    run(
        "render",
        project_folder,
        "--out",
        tmp_path / "bar2.wav",
        "--stems",
        tmp_path / "stems",
        "--from-bar",
        2,
        "--bits",
        16,
    )

    tags = [read_tags(path).bext for path in (tmp_path / "bar2.wav", *(tmp_path / "stems").iterdir())]
    assert [one.time_reference_frames for one in tags] == [96_000] * 3
    assert all("W=16" in one.coding_history for one in tags)


def test_without_a_command_the_help_is_shown(run):
    ran = run()

    assert (ran.status, ran.err) == (0, "")
    assert "compose" in ran.out


def test_a_track_without_clips_has_no_stem(run, tmp_path, two_bars):
    save_project(two_bars.with_track(Track(id="t3", name="Later", kind="notes")), tmp_path / "x.mgproj")

    ran = run("export", tmp_path / "x.mgproj", "--to", "stems", "--out", tmp_path / "out")

    assert (ran.status, ran.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.wav")) == [
        "01_bass_120bpm.wav",
        "02_drums_120bpm.wav",
    ]


@pytest.mark.parametrize("command", [["render"], ["export", "--to", "stems"]], ids=["render", "export"])
def test_the_projects_file_will_do_for_its_folder(run, project_with_audio, tmp_path, command):
    ran = run(*command, project_with_audio / "project.json", "--out", tmp_path / "out")

    assert (ran.status, ran.err) == (0, "")


def test_a_path_may_begin_at_the_users_home(run, monkeypatch, project_folder, tmp_path):
    monkeypatch.setenv("USERPROFILE" if os.name == "nt" else "HOME", str(tmp_path))

    ran = run("export", f"~/{project_folder.name}", "--to", "midi", "--out=~/midi")

    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / "midi" / "song.mid").is_file()


def test_a_soundfont_may_lie_at_the_users_home(run, monkeypatch, project_folder, tmp_path):
    monkeypatch.setenv("USERPROFILE" if os.name == "nt" else "HOME", str(tmp_path))

    ran = run("render", project_folder, "--out", tmp_path / "mix.wav", "--soundfont", "~/none.sf2")

    assert ran.status == 2
    assert str(tmp_path / "none.sf2") in ran.err


def test_the_version_is_told(run):
    ran = run("--version")

    assert (ran.status, ran.out, ran.err) == (0, f"musicgen-desktop {__version__}\n", "")

"""Whatever is wrong with the input: one sentence on stderr, status 2, nothing on stdout, no traceback."""

import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from musicgen_desktop.cli import main
from musicgen_desktop.foundation import user_config_folder
from musicgen_desktop.storage import save_project

NOT_WRITABLE = ["/proc/nowhere", "/dev/null/song"] if sys.platform.startswith("linux") else []


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--key", "H minor", "H minor"),
        ("--key", "", "key"),
        ("--chords", "Am Xyz G", "Xyz"),
        ("--chords", "", "chord"),
        ("--meter", "4/5", "4/5"),
        ("--meter", "waltz", "3/4"),
        ("--meter", "0/4", "0/4"),
        ("--stems", "drums,theremin", "theremin"),
        ("--stems", "drum", "did you mean “drums”?"),
        ("--stems", ",", "stem"),
        ("--style", "polka of doom", "polka of doom"),
        ("--bars", "0", "1 to 999"),
        ("--bars", "-3", "1 to 999"),
        ("--bars", "10000", "1 to 999"),
        ("--bars", "abc", "abc"),
        ("--bars", "16.5", "16.5"),
        ("--bars", "9" * 5000, "9"),
        ("--tempo", "-1", "20 to 400"),
        ("--tempo", "5000", "20 to 400"),
        ("--tempo", "nan", "20 to 400"),
        ("--tempo", "fast", "--tempo"),
        ("--seconds", "0", "1 to 3600"),
        ("--seconds", "inf", "1 to 3600"),
        ("--seconds", "999999", "1 to 3600"),
        ("--variations", "0", "1 to 16"),
        ("--variations", "17", "1 to 16"),
        ("--rate", "12345", "12345"),
        ("--bits", "8", "8"),
        ("--seed", "seven", "--seed"),
        ("--tail", "wag", "wag"),
        ("--engine", "orchestra", "composer"),
        ("--soundfont", "/nowhere/at/all.sf2", "all.sf2"),
        ("--project", "x.mgproj", "--remake"),
        ("--no-such-option", "1", "no-such-option"),
    ],
)
def test_a_wrong_option_of_compose_is_refused(refused, tmp_path, option, value, says):
    sentence = refused("compose", "lofi", "--out", tmp_path / "song", option, value)

    assert says.lower() in sentence.lower()
    assert not (tmp_path / "song" / "report.json").exists()


def test_bars_and_seconds_together_are_refused(refused, tmp_path):
    assert "not both" in refused("compose", "--out", tmp_path, "--bars", 8, "--seconds", 30)


def test_a_song_needs_a_folder(refused):
    assert "--out" in refused("compose", "lofi")


def test_a_prompt_of_a_novel_is_refused(refused, tmp_path):
    assert "2000" in refused("compose", "lofi " * 1_000, "--out", tmp_path / "song")


def test_an_unknown_command_is_refused(refused):
    assert "compsoe" in refused("compsoe")


def test_a_file_in_the_way_of_the_folder_is_told(refused, tmp_path):
    (tmp_path / "file").write_text("mine")

    for out in (tmp_path / "file", tmp_path / "file" / "song"):
        assert "Cannot write into" in refused("compose", "lofi", "--out", out)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("out", NOT_WRITABLE)
def test_a_folder_that_cannot_be_made_is_told(refused, out):
    assert "Cannot write into" in refused("compose", "lofi", "--out", out)


def test_a_path_too_long_for_the_system_is_told(refused, tmp_path):
    assert "Cannot write into" in refused("compose", "lofi", "--out", tmp_path / ("x" * 256))


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of one megabyte; only the administrator of a Linux may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "none", folder], capture_output=True, check=False
    )
    if not done or done.returncode:
        pytest.skip("a small disk can only be mounted by root on Linux")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told(refused, tiny_disk):
    sentence = refused("compose", "lofi", "--bars", 8, "--out", tiny_disk / "song", "--stems", "bass,drums")

    assert "full" in sentence or "space" in sentence


def test_a_full_disk_under_a_rendered_project_is_told(refused, tiny_disk, project_folder):
    sentence = refused("render", project_folder, "--out", tiny_disk / "mix.wav")

    assert "full" in sentence or "space" in sentence
    assert list(tiny_disk.iterdir()) == []


@pytest.mark.parametrize("path", ["missing.mgproj", "."])
@pytest.mark.parametrize("command", ["render", "export", "remake"])
def test_what_is_no_project_is_refused(refused, tmp_path, command, path):
    words = {
        "render": ["render", tmp_path / path, "--out", tmp_path / "x.wav"],
        "export": ["export", tmp_path / path, "--to", "midi", "--out", tmp_path / "x"],
        "remake": ["compose", "--remake", "bass", "--project", tmp_path / path],
    }

    assert "project" in refused(*words[command])


def damaged(folder, change):
    """The project's file rewritten, its backup taken away."""
    file = folder / "project.json"
    file.write_bytes(change(file.read_bytes()))
    for backup in (folder / "project.json.bak", *folder.glob("backups/*")):
        backup.unlink(missing_ok=True)


def with_value(*path, value):
    def change(data):
        tree = json.loads(data)
        at = tree
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        return json.dumps(tree).encode()

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda _: b"", "damaged"),
        (lambda _: b"[]", "damaged"),
        (lambda _: b"\xff\xfe\x00" * 100, "damaged"),
        (lambda _: b"[" * 100_000, "damaged"),
        (with_value("schema", value=999), "newer version"),
        (with_value("schema", value="one"), "damaged"),
        (with_value("project", "rate", value="fast"), "damaged"),
        (with_value("project", "rate", value=0), "damaged"),
        (with_value("project", "tracks", value={}), "damaged"),
        (with_value("project", "tracks", 0, "kind", value="tuba"), "damaged"),
        (with_value("project", "tracks", 0, "gain_db", value=1e300), "damaged"),
        (with_value("project", "tracks", 0, "clips", 0, "notes", 0, "pitch", value=128), "damaged"),
        (with_value("project", "tracks", 0, "output", value="nowhere"), "damaged"),
        (with_value("project", "tempo_map", "points", 0, "bpm", value=-1), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_project_file_that_makes_no_sense_is_refused(refused, project_folder, tmp_path, change, says):
    damaged(project_folder, change)

    sentence = refused("render", project_folder, "--out", tmp_path / "mix.wav")

    assert says in sentence
    assert "Two Bars" in sentence
    assert not (tmp_path / "mix.wav").exists()


@pytest.mark.parametrize("preset", ["saw_bas", "", "\x00"])
def test_a_patch_that_does_not_exist_is_refused_or_played_by_another(run, project_folder, tmp_path, preset):
    damaged(project_folder, with_value("project", "tracks", 0, "patch", "preset", value=preset))

    ran = run("render", project_folder, "--out", tmp_path / "mix.wav")

    assert ran.status in (0, 2)
    assert "Traceback" not in ran.err
    assert "inside the program" not in ran.err


@pytest.mark.parametrize("effect", ["wobble", "vst3:x"])
def test_an_effect_that_does_not_exist_is_refused_or_left_out(run, project_folder, tmp_path, effect):
    damaged(
        project_folder,
        with_value(
            "project", "tracks", 0, "inserts", value=[{"id": "i", "effect": effect, "parameters": {"a": 1e9}}]
        ),
    )

    ran = run("render", project_folder, "--out", tmp_path / "mix.wav")

    assert ran.status in (0, 2)
    assert "inside the program" not in ran.err


def lying_wav(seconds_claimed):
    data = struct.pack("<I", min(0xFFFFFFFF, 96_000 * seconds_claimed))
    head = (
        b"RIFF"
        + struct.pack("<I", 0xFFFFFFF0)
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16)
    )
    return head + b"data" + data + b"\0\0" * 100


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"not a wav at all" * 50,
        b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00" + b"\0" * 24,
        None,
    ],
    ids=["empty", "four bytes", "text", "no channels", "missing"],
)
def test_an_audio_file_that_cannot_be_read_is_told(refused, project_with_audio, tmp_path, content):
    path = project_with_audio / "audio" / "vox.wav"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    sentence = refused("render", project_with_audio, "--out", tmp_path / "mix.wav")

    assert "vox" in sentence


@pytest.mark.parametrize("seconds_claimed", [2, 1_000, 100_000_000])
@pytest.mark.parametrize("command", [["render"], ["export", "--to", "stems"]], ids=["render", "export"])
def test_an_audio_file_whose_header_lies_is_told(
    refused, project_with_audio, tmp_path, seconds_claimed, command
):
    (project_with_audio / "audio" / "vox.wav").write_bytes(lying_wav(seconds_claimed))

    sentence = refused(*command, project_with_audio, "--out", tmp_path / "mix.wav")

    assert "vox" in sentence
    assert not (tmp_path / "mix.wav").exists()


def test_a_lost_audio_file_that_nobody_hears_is_no_matter(run, project_with_audio, tmp_path):
    damaged(project_with_audio, with_value("project", "tracks", 2, "muted", value=True))
    (project_with_audio / "audio" / "vox.wav").unlink()

    assert run("render", project_with_audio, "--out", tmp_path / "mix.wav").status == 0


def test_a_render_of_bars_that_are_not_there_is_refused(refused, project_folder, tmp_path):
    for bars in (
        ("--from-bar", 0),
        ("--from-bar", 3),
        ("--to-bar", 3),
        ("--from-bar", 2, "--to-bar", 1),
        ("--to-bar", -1),
        ("--to-bar", 0),
    ):
        assert "within 1 to 2" in refused("render", project_folder, "--out", tmp_path / "mix.wav", *bars)


def test_a_render_into_a_folder_that_is_none_is_refused(refused, project_folder, tmp_path):
    (tmp_path / "file").write_text("")

    refused("render", project_folder, "--out", tmp_path / "file" / "mix.wav")
    refused("render", project_folder, "--out", tmp_path / "mix.wav", "--stems", tmp_path / "file" / "stems")
    for folder in (tmp_path, ".", ""):
        assert "is a folder" in refused("render", project_folder, "--out", folder, "--replace")


@pytest.mark.parametrize("to", ["ogg", "", "reaper2"])
def test_an_export_to_an_unknown_program_is_refused(refused, project_folder, tmp_path, to):
    assert "midi" in refused("export", project_folder, "--to", to, "--out", tmp_path / "x")


@pytest.mark.parametrize("to", ["midi", "stems"])
def test_an_export_into_a_file_is_refused(refused, project_folder, tmp_path, to):
    (tmp_path / "file").write_text("")

    refused("export", project_folder, "--to", to, "--out", tmp_path / "file")


def test_a_remake_needs_a_project(refused):
    assert "--project" in refused("compose", "--remake", "bass")


@pytest.mark.parametrize(
    "words",
    [
        ["happy house"],
        ["--tempo", "90"],
        ["--key", "C"],
        ["--stems", "bass"],
        ["--engine", "composer"],
        ["--variations", "1"],
        ["--tail", "auto"],
        ["--rate", "48000"],
    ],
)
def test_what_a_remake_would_pass_over_is_refused(refused, project_folder, words):
    assert "--remake" in refused("compose", *words, "--remake", "bass", "--project", project_folder)


def test_a_project_that_was_not_composed_cannot_be_remade(refused, project_folder):
    assert "not composed" in refused("compose", "--remake", "bass", "--project", project_folder)


@pytest.mark.parametrize("bars", ["x", "8-5-3", "-", "5-", "1e9", "12345-12346"])
def test_a_range_that_is_none_is_refused(refused, project_folder, bars):
    assert "5-8" in refused("compose", "--remake", "bass", "--bars", bars, "--project", project_folder)


@pytest.mark.parametrize("name", ["", "sing", "../etc"])
def test_an_unknown_bench_is_refused(refused, name):
    assert "compose, render" in refused("bench", name)


def test_a_soundfont_that_is_none_is_refused(refused, project_folder, tmp_path):
    font = tmp_path / "font.sf2"
    damaged(project_folder, with_value("project", "tracks", 0, "patch", value={"source": "general_midi"}))
    for content in (b"", b"RIFF\x04\x00\x00\x00sfbk", b"x" * 1_000):
        font.write_bytes(content)
        assert "font.sf2" in refused(
            "render", project_folder, "--out", tmp_path / "mix.wav", "--soundfont", font
        )


def test_settings_that_make_no_sense_are_told(refused, project_folder, tmp_path):
    user_config_folder().mkdir(parents=True, exist_ok=True)
    (user_config_folder() / "settings.toml").write_text("soundfont = [1\n")

    assert "settings" in refused("render", project_folder, "--out", tmp_path / "mix.wav")


@pytest.mark.parametrize(
    "words",
    [
        ["compose", "lofi", "--out", "song", "--key", "H"],
        ["compose", "lofi", "--out", "song", "--tempo", "5000"],
        ["render", "missing.mgproj", "--out", "x.wav"],
    ],
)
def test_a_real_process_says_one_line_and_ends_with_2(tmp_path, words):
    done = subprocess.run(
        [sys.executable, "-m", "musicgen_desktop", *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "Traceback" not in done.stderr


NO_TEXT = "caf\udce9"


@pytest.mark.parametrize(
    "words",
    [
        ["compose", "lofi", "--out", NO_TEXT],
        ["render", "x.mgproj", "--out", f"{NO_TEXT}.wav"],
        ["render", "x.mgproj", "--out", "mix.wav", "--stems", NO_TEXT],
        ["export", "x.mgproj", "--to", "midi", "--out", NO_TEXT],
        ["export", "x.mgproj", "--to", "stems", "--out", NO_TEXT],
        ["doctor", "--bundle", f"{NO_TEXT}.zip"],
    ],
    ids=lambda words: " ".join(words).encode("ascii", "replace").decode(),
)
def test_a_place_whose_name_is_no_text_is_refused_before_anything_is_made(
    refused, monkeypatch, tmp_path, two_bars, words
):
    monkeypatch.chdir(tmp_path)
    save_project(two_bars, Path("x.mgproj"))

    assert "plain text" in refused(*words)
    assert [path.name for path in tmp_path.iterdir()] == ["x.mgproj"]


def test_a_remake_does_not_write_over_the_song_of_another_project(refused, tmp_path, project_folder):
    report = {"title": "Other", "request": {}, "project": "Other.mgproj"}
    (tmp_path / "report.json").write_text(json.dumps(report))

    assert "“Other”" in refused("compose", "--remake", "bass", "--project", project_folder)
    assert "not composed" in refused("compose", "--remake", "bass", "--project", project_folder, "--replace")


@pytest.mark.parametrize(
    ("words", "mend"),
    [(["compose", "funk", "4", "bars"], "put a prompt of several words in quotes"), (["sing"], "--help")],
)
def test_slips_of_the_shell_are_answered_with_a_mend(words, mend, capsys):
    status = main(words)

    told = capsys.readouterr()
    assert status == 2
    assert mend in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""

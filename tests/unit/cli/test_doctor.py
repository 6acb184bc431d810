import getpass
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from musicgen_desktop.foundation import user_config_folder, user_log_folder
from musicgen_desktop.session.doctor import _sound, examine, write_bundle
from musicgen_desktop.session.doctor._bundle import without_private

SECRETS = [
    "/home/ada/Songs/Break Up.mgproj",
    "/Users/ada/Desktop",
    "C:\\Users\\Ada Lovelace\\Music",
    "my secret prompt",
]


def test_this_machine_is_healthy(run):
    ran = run("doctor")

    assert ran.status == 0
    assert "All that is needed works." in ran.out
    assert "FAIL" not in ran.out


def test_json_is_one_object_and_nothing_else(run):
    ran = run("doctor", "--json")

    told = json.loads(ran.out)
    assert (ran.status, ran.err, ran.out.count("\n")) == (0, "", 1)
    assert told["healthy"] is True
    names = {finding["name"] for finding in told["findings"]}
    assert {
        "Python",
        "Packages",
        "Resources",
        "Permissions",
        "Disk",
        "Synthesizer",
        "SoundFont",
        "Effects",
    } <= names
    assert {"Sound card", "MIDI ports", "Qt", "Torch", "Models"} <= names


def test_what_does_not_work_says_how_to_mend_it(run):
    told = json.loads(run("doctor", "--json").out)

    assert all(finding["mend"] for finding in told["findings"] if finding["state"] == "broken")
    assert all(finding["says"].endswith(".") for finding in told["findings"])


@pytest.fixture
def bundle(tmp_path):
    user_log_folder().mkdir(parents=True, exist_ok=True)
    lines = [
        f"ERROR “{SECRETS[3]}” in {SECRETS[0]}",
        f"at {SECRETS[1]} and {SECRETS[2]}\\song.wav",
        "numpy failed",
        '  File "/home/ada/x/musicgen_desktop/cli/_main.py", line 3, in main',
    ]
    (user_log_folder() / "app.log").write_text("\n".join(lines), "utf-8")
    path = tmp_path / "report.zip"
    write_bundle(examine(), path)
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def test_a_bundle_holds_the_diagnosis_and_the_logs(bundle):
    assert set(bundle) == {"doctor.json", "logs/app.log"}
    assert json.loads(bundle["doctor.json"])["healthy"] is True
    assert "numpy failed" in bundle["logs/app.log"]
    assert '"musicgen_desktop/cli/_main.py", line 3' in bundle["logs/app.log"]


def test_a_bundle_has_nothing_private(bundle):
    text = "".join(bundle.values())

    for secret in (*SECRETS, "ada", "Lovelace", "Break Up"):
        assert secret.lower() not in text.lower()
    home = str(Path.home())
    assert len(home) < 2 or home not in text
    assert getpass.getuser() == "root" or getpass.getuser() not in text
    assert os.uname().nodename not in text if hasattr(os, "uname") else True


@pytest.mark.parametrize(
    "secret",
    ["/home/a b/x", "/Users/Ada Lovelace/Music/My Song.wav", "C:/Users/Ada Lovelace/x", "D:\\Users\\ada"],
)
def test_names_with_blanks_are_taken_out_too(secret):
    text = without_private(f"Cannot write into {secret}.")

    assert "Lovelace" not in text
    assert "ada" not in text.lower()
    assert "a b" not in text


@pytest.mark.parametrize("written", ["D:\\Profiles\\ada\\x.wav", '"D:\\\\Profiles\\\\ada\\\\x.wav"'])
def test_a_home_that_lies_elsewhere_is_taken_out_of_json_too(monkeypatch, written):
    monkeypatch.setenv("USERPROFILE" if os.name == "nt" else "HOME", "D:\\Profiles\\ada")

    assert "ada" not in without_private(written)


def test_the_command_names_what_went_into_the_bundle(run, tmp_path):
    ran = run("doctor", "--bundle", tmp_path / "report.zip")

    assert ran.status == 0
    assert "doctor.json" in ran.out
    assert (tmp_path / "report.zip").is_file()


def test_a_bundle_that_cannot_be_written_is_told(refused, tmp_path):
    (tmp_path / "file").write_text("")

    assert "cannot be written" in refused("doctor", "--bundle", tmp_path / "file" / "report.zip")


def test_settings_that_make_no_sense_are_a_finding_with_a_mend(run):
    user_config_folder().mkdir(parents=True, exist_ok=True)
    (user_config_folder() / "settings.toml").write_text("colour = 3\n")

    ran = run("doctor", "--json")

    told = json.loads(ran.out)
    broken = [finding for finding in told["findings"] if finding["state"] == "broken"]
    assert ran.status == 1
    assert [finding["name"] for finding in broken] == ["Settings"]
    assert "settings.toml" in broken[0]["says"] + broken[0]["mend"]


def test_folders_that_cannot_be_written_are_a_finding(tmp_path):
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "musicgen_desktop", "doctor", "--json"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "MUSICGEN_DESKTOP_HOME": str(tmp_path / "file" / "home")},
        check=False,
    )

    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert "Permissions" in {finding["name"] for finding in told["findings"] if finding["state"] == "broken"}
    assert "Traceback" not in done.stderr


def test_a_built_app_tells_nobody_to_run_commands_that_it_does_not_have(monkeypatch):
    for package in ("tinysoundfont", "pedalboard"):
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    found = examine().findings

    assert {"SoundFont", "Effects"} <= {finding.name for finding in found if finding.state != "works"}
    for finding in found:
        assert "pip" not in finding.says + finding.mend
        assert "bootstrap" not in finding.says + finding.mend


def test_a_checkout_is_told_what_to_run(monkeypatch):
    monkeypatch.setitem(sys.modules, "pedalboard", None)

    (finding,) = examine((("_sound", "check_effects"),)).findings

    assert finding.mend == "Run “pip install --force-reinstall pedalboard” and try again."


@pytest.mark.parametrize(
    ("is_there", "mend"),
    [
        (True, "Connect a keyboard, or start a program that sends MIDI."),
        (False, "Connect a keyboard, or start JACK."),
    ],
)
def test_nobody_is_told_to_start_a_jack_that_runs(monkeypatch, is_there, mend):
    monkeypatch.setattr(_sound, "find_spec", lambda _name: True)
    monkeypatch.setattr(_sound, "ask_child", lambda _question: (True, "0"))
    monkeypatch.setattr(_sound, "is_jack_there", lambda: is_there)

    *_, ports = _sound.check_devices()

    assert (ports.name, ports.mend) == ("MIDI ports", mend)

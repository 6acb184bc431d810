"""`compose` with an engine of sound, in a real process of its own."""

import json
import os
import signal
import sys
import threading

import pytest

from musicgen_desktop.media import read_audio, read_info
from musicgen_desktop.storage import open_project
from tests.fakes.sound_engines import FOLDERS, install_engines

SINE = ["compose", "calm sine", "--engine", "sine"]


@pytest.fixture(autouse=True)
def engines(monkeypatch):
    install_engines(monkeypatch)
    for folder in FOLDERS:
        monkeypatch.syspath_prepend(folder)


@pytest.fixture
def interrupted(run, tmp_path):
    """Runs a command, and presses Ctrl-C once there are more frames of sound than so many."""

    def frames():
        return sum(path.stat().st_size // 4 for path in tmp_path.rglob("*partial*.wav"))

    def run_interrupted(*words, beyond=0):
        over = threading.Event()

        def press():
            while not over.wait(0.01):
                if frames() > beyond:
                    os.kill(os.getpid(), signal.SIGINT)
                    return

        watch = threading.Thread(target=press)
        watch.start()
        try:
            return run(*words)
        finally:
            over.set()
            watch.join()

    return run_interrupted


def project_in(folder):
    (place,) = folder.glob("*.mgproj")
    return open_project(place).project


def test_a_prompt_becomes_a_project_with_the_take_on_an_audio_track(run, tmp_path):
    ran = run(*SINE, "--bars", 2, "--tempo", 97, "--out", tmp_path / "song", "--json")

    told = json.loads(ran.out)
    project = project_in(tmp_path / "song")
    (track,) = project.tracks
    (take,) = project.takes
    frames = project.tempo_map.frame_at(project.meter_map.tick_of_bar(3), 48_000)
    assert (ran.status, ran.err) == (0, "")
    assert (track.kind, track.clips[0].take_id) == ("audio", take.id)
    assert read_info(tmp_path / "song" / "mix.wav").frames == project.sources[0].frames == frames
    assert (take.engine, take.licence, take.commercial_use) == ("sine", "CC0-1.0", True)
    assert (told["path"], told["seed"], told["licence"], told["commercial_use"]) == (
        "a formula",
        0,
        "CC0-1.0",
        True,
    )
    assert min(told["steps_per_s"], told["elapsed_s"]) > 0
    assert 0 <= told["first_sound_s"] <= told["elapsed_s"]
    assert told["stopped"] is False
    assert not list((tmp_path / "song").rglob("*.tokens"))


def test_the_mix_is_what_the_project_sounds_like(run, tmp_path):
    run(*SINE, "--seconds", 2, "--out", tmp_path / "song", "--bits", 32)

    mix, rate = read_audio(tmp_path / "song" / "mix.wav")
    take, _ = read_audio(next((tmp_path / "song").rglob("audio/*.wav")))
    assert len(mix) == 2 * rate
    assert abs(mix - take * 0.5**0.5).max() < 1e-4  # one channel in the middle of two


def test_each_variation_has_a_folder_and_a_seed_of_its_own(run, tmp_path):
    ran = run(*SINE, "--seconds", 1, "--seed", 5, "--variations", 2, "--out", tmp_path / "songs", "--json")

    told = json.loads(ran.out)["variations"]
    assert [each["seed"] for each in told] == [5, 6]
    for number in (1, 2):
        folder = tmp_path / "songs" / f"variation-{number}"
        assert read_info(folder / "mix.wav").frames == 48_000
        assert project_in(folder).takes[0].seed == 4 + number
        assert not list(folder.rglob("takes/*"))


def test_a_person_reads_what_was_made_and_whether_it_may_be_sold(run, tmp_path):
    ran = run(*SINE, "--seconds", 1, "--out", tmp_path / "song")

    assert "sine a440" in ran.out
    assert "CC0-1.0; what it makes may be used commercially" in ran.out


def test_ctrl_c_keeps_what_was_made_and_says_how_to_go_on(interrupted, tmp_path):
    out = tmp_path / "song"
    ran = interrupted("compose", "slow sine", "--engine", "sine", "--seconds", 60, "--out", out, "--json")

    told = json.loads(ran.out)
    made = read_info(out / "mix.wav").frames
    assert ran.status == 1
    assert told["stopped"] is True
    assert 0 < made < 30 * 48_000
    assert ran.err.startswith("Stopped. What was made, ")
    assert ran.err.count("\n") == 1
    assert f"compose --resume '{out / 'slow sine.mgproj'}'" in ran.err

    again = interrupted("compose", "--resume", out / "slow sine.mgproj", "--json", beyond=2 * made)

    told = json.loads(again.out)
    project = project_in(out)
    assert told["stopped"] is True  # once more
    assert read_info(out / "mix.wav").frames > made
    assert [len(track.clips) for track in project.tracks] == [1]
    assert project.tracks[0].clips[0].take_id == told["take"]
    assert len(list(out.rglob("takes/*.json"))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
def test_a_song_is_not_mixed_up_with_another_one_in_its_folder(run, refused, tmp_path):
    run(*SINE, "--seconds", 1, "--out", tmp_path / "song")

    assert "already holds" in refused(*SINE, "--seconds", 2, "--out", tmp_path / "song")
    assert run(*SINE, "--seconds", 2, "--out", tmp_path / "song", "--replace").status == 0
    assert read_info(tmp_path / "song" / "mix.wav").frames == 96_000


def test_a_file_is_gone_on_from(run, tmp_path):
    run(*SINE, "--seconds", 2, "--out", tmp_path / "first")
    before = tmp_path / "first" / "mix.wav"

    ran = run(*SINE, "--seconds", 1, "--continue", before, "--out", tmp_path / "second")

    assert ran.status == 0
    assert read_info(tmp_path / "second" / "mix.wav").frames == 48_000


def test_a_take_goes_on_from_another_working_folder(interrupted, run, tmp_path, monkeypatch):
    run(*SINE, "--seconds", 2, "--out", tmp_path / "first")
    monkeypatch.chdir(tmp_path / "first")
    words = ("compose", "slow sine", "--engine", "sine", "--seconds", 60, "--continue", "mix.wav")
    interrupted(*words, "--out", tmp_path / "second")
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "second" / "slow sine.mgproj"
    made = read_info(tmp_path / "second" / "mix.wav").frames

    again = interrupted("compose", "--resume", place, "--json", beyond=2 * made)

    assert read_info(tmp_path / "second" / "mix.wav").frames > made
    assert json.loads(again.out)["stopped"] is True


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--style", "lofi"], "--style does not go with --engine sine"),
        (["--chords", "Am"], "--chords does not go with --engine sine"),
        (["--model", "x"], "choose from a440"),
        (["--guidance", 50], "guidance"),
        (["--temperature", 9], "temperature"),
        (["--top-k", -1], "Top-k"),
        (["--top-p", 2], "Top-p"),
        (["--seconds", 0.1], "1 to"),
        (["--bars", 999, "--tempo", 20], "11988 seconds"),
        (["--seed", -1], "seed"),
        (["--variations", 9], "1 to 4"),
        (["--continue", "nothing.wav"], "nothing.wav"),
        (["--melody", "nothing.wav"], "follows no melody"),
        (["--engine", "sinus"], "clumsy, composer, musicgen, sine"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(refused, tmp_path, words, says):
    assert says in refused(*SINE, *words, "--out", tmp_path / "song")
    assert not (tmp_path / "song").exists()


def test_settings_of_sound_mean_nothing_to_notes(refused, tmp_path):
    sentence = refused("compose", "lofi", "--top-k", 50, "--out", tmp_path / "song")

    assert "--top-k does not go with --engine composer" in sentence


def test_resuming_takes_everything_from_the_take(refused, run, tmp_path):
    run(*SINE, "--seconds", 1, "--out", tmp_path / "song")
    place = tmp_path / "song" / "calm sine.mgproj"

    assert "--seed does not go with --resume" in refused("compose", "--resume", place, "--seed", 3)
    assert "no take that ended early" in refused("compose", "--resume", place)
    assert "no take “take-0123456789ab”" in refused("compose", "--resume", place / "take-0123456789ab")


def test_a_missing_neural_package_is_told_with_its_mend(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("musicgen_desktop.session.controllers.generating._sound_models.find_spec", {}.get)

    sentence = refused("compose", "lofi", "--engine", "musicgen", "--out", tmp_path / "song")

    assert "needs packages that are not installed; run “python3 installers/bootstrap.py run" in sentence

import hashlib
import json

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def song(command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("remake") / "first"
    command("compose", "house, 122 bpm, 8 bars", "--stems", "drums,bass", "--out", folder, "--tail", "keep")
    return folder


def prints(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_remake_into_another_folder_is_a_whole_song_and_leaves_the_first_alone(command, song, tmp_path):
    project = next(song.glob("*.mgproj"))
    before = prints(song)

    told = command(
        "compose", "--remake", "bass", "--project", project, "--out", tmp_path / "two", "--json"
    ).told

    assert prints(song) == before
    assert told["remake"]["stems"] == ["bass"]
    assert (tmp_path / "two" / told["project"] / "project.json").is_file()
    first = json.loads((song / "report.json").read_text("utf-8"))
    assert told["length_s"] == first["length_s"]  # the tail that was asked for then is kept


def test_a_rendered_project_ends_as_its_song_was_asked_to(command, song, tmp_path):
    first = json.loads((song / "report.json").read_text("utf-8"))

    told = command("render", next(song.glob("*.mgproj")), "--out", tmp_path / "x.wav", "--json").told

    assert told["length_s"] == first["length_s"]

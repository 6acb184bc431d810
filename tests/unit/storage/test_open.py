"""Whatever lies in the folder: a project, or one clear sentence."""

import json

import msgspec
import pytest

from musicgen_desktop.document import Frozen, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.storage import (
    DamagedProjectError,
    Journal,
    NewerProjectError,
    NotAProjectError,
    open_project,
    save_project,
)
from musicgen_desktop.storage._layout import BACKUP_FILE, JOURNAL_FILE, PROJECT_FILE


@pytest.fixture
def folder(song, tmp_path):
    folder = tmp_path / "Song.mgproj"
    save_project(song, folder)
    return folder


def rewrite(folder, change):
    """The project file as JSON, changed by hand."""
    tree = json.loads((folder / PROJECT_FILE).read_bytes())
    change(tree)
    (folder / PROJECT_FILE).write_text(json.dumps(tree))


def files_in(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(NotAProjectError, match="There is no project at"):
        open_project(tmp_path / "nowhere")


def test_a_folder_or_file_that_is_no_project_is_told(tmp_path):
    (tmp_path / "song.wav").write_bytes(b"RIFF")

    for path in (tmp_path, tmp_path / "song.wav"):
        with pytest.raises(NotAProjectError, match="is not a project"):
            open_project(path)


def test_the_file_inside_may_be_named_too(song, folder):
    assert open_project(folder / PROJECT_FILE).project == song


def test_a_file_cut_in_half_without_backup_is_told(folder):
    data = (folder / PROJECT_FILE).read_bytes()
    (folder / PROJECT_FILE).write_bytes(data[: len(data) // 2])

    with pytest.raises(DamagedProjectError, match=r"“Song” is damaged: project\.json is cut off") as caught:
        open_project(folder)

    assert isinstance(caught.value, UserInputError)


def test_a_file_cut_in_half_gives_way_to_the_version_before(song, folder):
    save_project(song.renamed("Second"), folder)
    data = (folder / PROJECT_FILE).read_bytes()
    (folder / PROJECT_FILE).write_bytes(data[: len(data) // 2])

    opened = open_project(folder)

    assert (opened.project, opened.used_backup, opened.needs_save) == (song, BACKUP_FILE, True)
    assert "backup" in opened.notes[0]


def test_a_missing_file_gives_way_to_the_rotating_backups(song, folder):
    save_project(song.renamed("Second"), folder)
    (folder / PROJECT_FILE).unlink()
    (folder / BACKUP_FILE).unlink()
    (folder / BACKUP_FILE).write_bytes(b"")

    opened = open_project(folder)

    assert (opened.project, opened.used_backup) == (song, "backups/project-000001.json")


def test_a_newer_schema_asks_for_an_update_even_with_a_backup(song, folder):
    save_project(song.renamed("Second"), folder)
    rewrite(folder, lambda tree: tree.update(schema=7, something="new"))

    with pytest.raises(NewerProjectError, match=r"newer version .*\(schema 7\); update"):
        open_project(folder)


def strip(name):
    return lambda tree: tree["project"].pop(name)


def put(value, *path):
    def change(tree):
        for step in path[:-1]:
            tree = tree[step]
        tree[path[-1]] = value

    return change


HOSTILE = {
    "text for a number": (put("loud", "project", "tracks", 0, "pan"), r"\$.*tracks.*pan|got str"),
    "number for text": (put(5, "project", "name"), r"\$\.name"),
    "unknown field": (put(5, "project", "colour"), "colour"),
    "list for an object": (put([], "project", "master"), r"\$\.master"),
    "missing field": (strip("tempo_map"), "tempo_map"),
    "empty tempo map": (put([], "project", "tempo_map", "points"), "tempo map begins"),
    "bent tempo": (put(0.0, "project", "tempo_map", "points", 0, "bpm"), "BPM"),
    "pitch": (put(200, "project", "tracks", 0, "clips", 0, "notes", 0, "pitch"), "pitch"),
    "half a tick": (put(0.5, "project", "tracks", 0, "clips", 0, "start_ticks"), "start_ticks"),
    "clip of no kind": (put("video", "project", "tracks", 0, "clips", 0, "type"), "type"),
    "not base64": (put("!!", "project", "tracks", 0, "inserts", 0, "state"), "base64"),
    "pan out of range": (put(9.0, "project", "tracks", 0, "pan"), "pan 9"),
    "schema as text": (put("one", "schema"), "schema"),
    "negative schema": (put(-1, "schema"), "never was"),
    "source outside": (
        put("../../secret.wav", "project", "sources", 0, "path"),
        "outside the project folder",
    ),
    "absolute source": (put("/etc/passwd", "project", "sources", 0, "path"), "outside the project folder"),
    "circle": (put("bus", "project", "tracks", 2, "output"), "itself"),
}


@pytest.mark.parametrize(("change", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_wrong_value_is_told_in_one_sentence_with_its_place(folder, change, words):
    rewrite(folder, change)

    with pytest.raises(DamagedProjectError, match=words) as caught:
        open_project(folder)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"null",
        b"[]",
        b"{}",
        b'{"schema": 1}',
        b'{"schema": 1, "project": null}',
        b"[" * 200_000,
        b'{"schema": 1, "project": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"schema": 0, "project": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"schema": 0, "project": {"tracks": 5}}',
        b'{"schema": 0, "project": {"master": {}, "tracks": [{"sends": {"a": 1}}]}}',
        b"\xff\xfe{",
        b'{"schema": 1e999, "project": {}}',
        b'{"schema": ' + b"9" * 5000 + b"}",
    ],
)
def test_bytes_that_are_no_project_are_told(tmp_path, data):
    (tmp_path / PROJECT_FILE).write_bytes(data)

    with pytest.raises((DamagedProjectError, NewerProjectError)):
        open_project(tmp_path)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "null"])
def test_numbers_that_are_none_are_refused(folder, number):
    text = (folder / PROJECT_FILE).read_text(encoding="utf-8")
    (folder / PROJECT_FILE).write_text(
        text.replace('"gain_db":-1.0', f'"gain_db":{number}'), encoding="utf-8"
    )

    with pytest.raises(DamagedProjectError):
        open_project(folder)


def test_a_file_too_large_is_refused_before_it_is_believed(tmp_path):
    with (tmp_path / PROJECT_FILE).open("wb") as file:
        file.truncate(2**28)  # sparse

    with pytest.raises(DamagedProjectError, match="larger than 128 MB"):
        open_project(tmp_path)


def test_opening_changes_nothing_in_the_folder(song, folder):
    save_project(song.renamed("Second"), folder)
    journal = Journal(folder)
    journal.append(song.renamed("Second"), song.renamed("Third"), "Rename")
    journal.close()
    (folder / JOURNAL_FILE).write_bytes((folder / JOURNAL_FILE).read_bytes() + b"half a fra")
    before = files_in(folder)

    open_project(folder)
    (folder / PROJECT_FILE).write_bytes(b"")
    before[folder / PROJECT_FILE] = b""
    open_project(folder)

    assert files_in(folder) == before


def test_a_project_of_schema_0_is_brought_up_to_date(tmp_path):
    new = Project.new("Old", 92.0)
    save_project(new, tmp_path)

    def age(tree):
        tree["schema"] = 0
        project = tree["project"]
        project["tempo_bpm"] = project.pop("tempo_map")["points"][0]["bpm"]
        send = {"id": "x", "target": "bus", "volume_db": -9.0}
        project["tracks"] = [
            {"id": "a", "name": "Bass", "kind": "notes", "volume_db": -6.0, "sends": [send]},
            {"id": "bus", "name": "Room", "kind": "bus"},
        ]
        project["master"]["volume_db"] = project["master"].pop("gain_db")

    rewrite(tmp_path, age)
    old_bytes = (tmp_path / PROJECT_FILE).read_bytes()

    opened = open_project(tmp_path)
    save_project(opened.project, tmp_path)

    assert (opened.migrated_from, opened.needs_save) == (0, True)
    assert opened.project.tempo_map == new.tempo_map
    assert opened.project.track("a").gain_db == -6.0
    assert opened.project.track("a").sends[0].gain_db == -9.0
    assert (tmp_path / "backups" / "schema-0.json").read_bytes() == old_bytes
    assert open_project(tmp_path).project == opened.project
    assert open_project(tmp_path).migrated_from is None


def test_a_project_of_schema_1_opens_as_it_is(song, folder):
    def age(tree):
        tree["schema"] = 1
        for strip in (*tree["project"]["tracks"], tree["project"]["master"]):
            del strip["frozen"]
        for take in tree["project"]["takes"]:
            del take["made_from"]

    rewrite(folder, age)

    opened = open_project(folder)

    assert (opened.project, opened.migrated_from) == (song, 1)


def test_a_frozen_track_and_a_bounced_take_are_kept(song, folder):
    source = msgspec.structs.replace(song.sources[0], id="f", path="audio/f.wav")
    frozen = song.track("bass").frozen_as(Frozen("f", "blake2b-1", 480))
    bounced = msgspec.structs.replace(song.takes[0], id="b", made_from=(song.takes[0].id,))
    changed = song.with_source(source).with_track(frozen).with_take(bounced)

    save_project(changed, folder)

    assert open_project(folder).project == changed


def test_a_project_from_before_controllers_were_learned_opens(song, folder):
    def older(tree):
        tree["schema"] = 2
        tree["project"].pop("midi_bindings", None)
        for track in tree["project"]["tracks"]:
            track.pop("midi_output", None)

    rewrite(folder, older)

    opened = open_project(folder)

    assert opened.project == song
    assert opened.migrated_from == 2


def test_a_project_from_before_files_of_others_were_noted_opens(song, folder):
    def older(tree):
        tree["schema"] = 3
        for each in (*tree["project"]["sources"], *tree["project"]["tracks"]):
            each.pop("origins", None)
            for clip in each.get("clips", ()):
                clip.pop("origins", None)

    rewrite(folder, older)

    opened = open_project(folder)

    assert (opened.project, opened.migrated_from) == (song, 3)
    assert opened.project.sources[0].origins is None

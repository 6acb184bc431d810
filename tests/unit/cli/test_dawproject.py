"""A whole song leaves for another program, and comes back."""

import json
import zipfile

from musicgen_desktop.media import content_hash
from musicgen_desktop.storage import open_project


def test_export_writes_one_file_and_says_what_does_not_leave(run, project_with_audio, tmp_path):
    ran = run("export", project_with_audio, "--to", "dawproject", "--out", tmp_path / "daw")

    assert ran.status == 0, ran
    assert ran.out.splitlines()[0].endswith("Two Bars.dawproject")
    assert "“Bass”, “Drums”" in ran.err
    with zipfile.ZipFile(tmp_path / "daw" / "Two Bars.dawproject") as archive:
        assert archive.namelist() == ["metadata.xml", "project.xml", "audio/vox.wav"]


def test_the_report_of_an_export_is_one_object(run, project_folder, tmp_path):
    ran = run("export", project_folder, "--to", "dawproject", "--out", tmp_path / "daw", "--json")

    told = json.loads(ran.out)
    assert told["files"] == ["Two Bars.dawproject", "RIGHTS.md", "rights.json"]
    assert len(told["remarks"]) == 1


def test_a_part_of_a_song_is_not_exported_as_a_whole_one(refused, project_folder, tmp_path):
    words = ("export", project_folder, "--to", "dawproject", "--out", tmp_path / "daw")

    assert "exported whole" in refused(*words, "--to-bar", 1)
    assert not (tmp_path / "daw").exists()


def exported(run, project, tmp_path):
    ran = run("export", project, "--to", "dawproject", "--out", tmp_path / "daw")
    assert ran.status == 0, ran
    return tmp_path / "daw" / "Two Bars.dawproject"


def test_a_song_comes_back_as_a_new_project(run, project_with_audio, tmp_path):
    file = exported(run, project_with_audio, tmp_path)

    ran = run("import", file, "--project", tmp_path / "Back.mgproj", "--json")

    assert ran.status == 0, ran
    assert json.loads(ran.out)["tracks"] == ["Bass", "Drums", "Vox"]
    before = open_project(project_with_audio).project
    after = open_project(tmp_path / "Back.mgproj").project
    assert (after.name, after.rate) == ("Back", 48_000)
    for old, new in zip(before.tracks, after.tracks, strict=True):
        assert (new.name, new.kind, new.role, new.patch) == (old.name, old.kind, old.role, old.patch)
        assert [clip.length_ticks for clip in new.clips] == [clip.length_ticks for clip in old.clips]
    assert after.tracks[0].clips[0].notes == before.tracks[0].clips[0].notes
    assert after.sources[0].content_hash == before.sources[0].content_hash
    assert content_hash(tmp_path / "Back.mgproj" / "audio" / "vox.wav") == after.sources[0].content_hash


def test_a_song_keeps_its_title_where_no_other_is_typed(run, project_with_audio, tmp_path):
    file = exported(run, project_with_audio, tmp_path)
    (tmp_path / "songs").mkdir()

    ran = run("import", file, "--project", tmp_path / "songs")

    assert ran.status == 0, ran
    assert "New project: " in ran.err
    assert "key and chords are not in the file" in ran.err
    assert open_project(tmp_path / "songs" / "Two Bars.mgproj").project.name == "Two Bars"


def test_a_song_comes_into_a_project_that_is_there(run, project_with_audio, tmp_path):
    file = exported(run, project_with_audio, tmp_path)

    ran = run("import", file, "--project", project_with_audio, "--at-bar", 3)

    assert ran.status == 0, ran
    project = open_project(project_with_audio).project
    assert [track.name for track in project.tracks] == ["Bass", "Drums", "Vox"] * 2
    assert [track.clips[0].start_ticks for track in project.tracks] == [0, 0, 0, 7_680, 7_680, 7_680]
    assert len(project.sources) == 1  # the same sound is not copied twice
    assert [path.name for path in (project_with_audio / "audio").iterdir()] == ["vox.wav"]


def test_a_damaged_file_leaves_nothing_behind(refused, run, project_with_audio, tmp_path):
    file = exported(run, project_with_audio, tmp_path)
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])

    assert "damaged" in refused("import", file, "--project", tmp_path / "Back.mgproj")
    assert not (tmp_path / "Back.mgproj").exists()


def test_another_archive_is_told_apart(refused, tmp_path):
    with zipfile.ZipFile(tmp_path / "Photos.zip", "w") as archive:
        archive.writestr("cat.txt", "meow")

    assert "no DAWproject" in refused("import", tmp_path / "Photos.zip", "--project", tmp_path / "B.mgproj")
    assert not (tmp_path / "B.mgproj").exists()

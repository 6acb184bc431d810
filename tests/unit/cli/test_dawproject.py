"""A whole song leaves for another program, and comes back."""

import json
import zipfile


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

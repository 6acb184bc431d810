"""An export does not write over an earlier one unasked."""

import pytest

from musicgen_desktop.media import read_audio


def test_bars_do_not_take_the_place_of_whole_stems(run, refused, project_folder, tmp_path):
    words = ("export", project_folder, "--to", "stems", "--out", tmp_path / "st")
    bass = tmp_path / "st" / "01_bass_120bpm.wav"
    run(*words, "--no-tail")

    sentence = refused(*words, "--from-bar", 1, "--to-bar", 1)

    assert "already holds “01_bass_120bpm.wav” and 3 other files" in sentence
    assert "--replace" in sentence
    assert len(read_audio(bass)[0]) == 4 * 48_000
    assert run(*words, "--from-bar", 1, "--to-bar", 1, "--replace").status == 0
    assert len(read_audio(bass)[0]) == 2 * 48_000


@pytest.mark.parametrize(
    ("to", "first"),
    [
        ("midi", "song.mid"),
        ("dawproject", "Two Bars.dawproject"),
        ("reaper", "Two Bars.RPP"),
        ("ardour", "Two Bars/Two Bars.ardour"),
    ],
)
def test_every_kind_of_export_is_kept(run, refused, project_with_audio, tmp_path, to, first):
    words = ("export", project_with_audio, "--to", to, "--out", tmp_path / "o")
    run(*words)

    assert f"already holds “{first}”" in refused(*words)
    assert run(*words, "--replace").status == 0


def test_a_mix_that_lies_there_is_kept(refused, project_folder, tmp_path):
    (tmp_path / "mix.wav").write_bytes(b"mine")

    sentence = refused("export", project_folder, "--to", "stems", "--mix", "--out", tmp_path)

    assert "“mix.wav”, which would be written over" in sentence
    assert (tmp_path / "mix.wav").read_bytes() == b"mine"


def test_a_sheet_of_rights_is_not_exchanged_for_one_of_other_files(run, refused, project_folder, tmp_path):
    run("export", project_folder, "--to", "stems", "--out", tmp_path / "o")
    sheet = (tmp_path / "o" / "RIGHTS.md").read_text()

    sentence = refused("export", project_folder, "--to", "midi", "--out", tmp_path / "o")

    assert "“RIGHTS.md” and another file" in sentence
    assert (tmp_path / "o" / "RIGHTS.md").read_text() == sheet
    assert not (tmp_path / "o" / "song.mid").exists()

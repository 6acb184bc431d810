"""Audio files move into the project."""

import msgspec
import pytest

from musicgen_desktop.document import AudioSource, Project, check_project
from musicgen_desktop.media import content_hash
from musicgen_desktop.storage import collect_files, open_project, save_project


def a_file(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def a_source(path, number=1, data_hash=None):
    found = data_hash or content_hash(path)
    return AudioSource(f"s{number}", "x", path.as_posix(), found, 48000, 1, 9)


def a_project(*sources):
    return msgspec.structs.replace(Project.new("Song"), sources=sources)


def test_an_outside_file_is_copied_and_its_source_points_inside(tmp_path):
    outside = a_file(tmp_path / "desk" / "vox.wav", b"voice")
    folder = tmp_path / "Song.mgproj"

    collected = collect_files(a_project(a_source(outside)), folder)

    assert collected.sources[0].path == "audio/vox.wav"
    assert (folder / "audio" / "vox.wav").read_bytes() == b"voice"
    assert outside.exists()
    save_project(collected, folder)
    assert open_project(folder).project == collected


def test_what_lies_inside_stays_and_nothing_is_made_new(tmp_path):
    inside = a_file(tmp_path / "audio" / "vox.wav", b"voice")
    project = a_project(a_source(inside).placed_at("audio/vox.wav"))

    assert collect_files(project, tmp_path) is project
    assert collect_files(a_project(a_source(inside)), tmp_path).sources[0].path == "audio/vox.wav"


def test_two_files_of_one_name_get_two_names_and_one_file_twice_gets_one(tmp_path):
    first = a_file(tmp_path / "a" / "vox.wav", b"first")
    second = a_file(tmp_path / "b" / "VOX.wav", b"second")
    third = a_file(tmp_path / "c" / "vox.wav", b"first")
    folder = tmp_path / "Song.mgproj"

    collected = collect_files(a_project(a_source(first), a_source(second, 2), a_source(third, 3)), folder)

    assert [source.path for source in collected.sources] == [
        "audio/vox.wav",
        "audio/VOX-2.wav",
        "audio/vox.wav",
    ]
    assert len(list((folder / "audio").iterdir())) == 2


def test_a_file_that_is_there_already_is_used_again_and_another_is_not_overwritten(tmp_path):
    outside = a_file(tmp_path / "vox.wav", b"voice")
    folder = tmp_path / "Song.mgproj"
    a_file(folder / "audio" / "vox.wav", b"older")
    a_file(folder / "audio" / "vox-2.wav", b"voice")

    collected = collect_files(a_project(a_source(outside)), folder)

    assert collected.sources[0].path == "audio/vox-2.wav"
    assert (folder / "audio" / "vox.wav").read_bytes() == b"older"


def test_a_missing_file_keeps_its_reference(tmp_path):
    project = a_project(a_source(tmp_path / "gone.wav", data_hash="blake2b-12"))

    collected = collect_files(project, tmp_path / "Song.mgproj")

    check_project(collected)
    assert (collected.sources[0].path, collected.sources[0].content_hash) == ("audio/gone.wav", "blake2b-12")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("con.wav", "con_.wav"),
        ('a"b?.wav', "a b.wav"),
        (".. .wav", "wav"),
        ("x" * 200 + ".wav", "x" * 116 + ".wav"),
    ],
)
def test_a_name_that_some_platform_forbids_is_made_safe(tmp_path, name, expected):
    project = a_project(AudioSource("s", "x", f"/nowhere/{name}", "blake2b-12", 48000, 1, 9))

    assert collect_files(project, tmp_path).sources[0].path == f"audio/{expected}"


def test_save_as_takes_the_files_of_the_old_folder_along(tmp_path):
    a_file(tmp_path / "Old.mgproj" / "takes" / "one.wav", b"take")
    project = a_project(AudioSource("s", "x", "takes/one.wav", "blake2b-12", 48000, 1, 9))

    collected = collect_files(project, tmp_path / "New.mgproj", source_folder=tmp_path / "Old.mgproj")

    assert collected.sources[0].path == "audio/one.wav"
    assert (tmp_path / "New.mgproj" / "audio" / "one.wav").read_bytes() == b"take"

from contextlib import suppress

import pytest

from musicgen_desktop.media import (
    CannotWriteError,
    CannotWriteIntoError,
    ReplacingFile,
    make_folder,
    write_file,
)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_nothing_lies_beside_it(tmp_path):
    (tmp_path / "a").write_bytes(b"older")

    write_file(tmp_path / "a", b"newer")

    assert (tmp_path / "a").read_bytes() == b"newer"
    assert names(tmp_path) == ["a"]


def test_an_exception_while_writing_leaves_the_older_file(tmp_path):
    (tmp_path / "a").write_bytes(b"older")

    with suppress(RuntimeError), ReplacingFile(tmp_path / "a") as file:
        file.write(b"half")
        raise RuntimeError

    assert (tmp_path / "a").read_bytes() == b"older"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(("name", "says"), [("\udcff.wav", "plain text"), ("x" * 256, "too long")])
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(tmp_path, name, says):
    with pytest.raises(CannotWriteError, match=says) as caught:
        ReplacingFile(tmp_path / name)

    assert str(caught.value).encode()  # a terminal can show it
    assert names(tmp_path) == []


def test_a_name_of_many_wide_letters_can_be_written(tmp_path):
    write_file(tmp_path / ("猫" * 80), b"cat")

    assert names(tmp_path) == ["猫" * 80]


def test_a_folder_is_made_with_those_above_it_and_left_empty(tmp_path):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")

    assert names(tmp_path / "a" / "b") == []


@pytest.mark.parametrize(
    ("name", "says"),
    [("file", "a file is in the way"), ("file/x", "a file is in the way"), ("\udcff", "plain text")],
)
def test_a_folder_that_cannot_be_made_is_told(tmp_path, name, says):
    (tmp_path / "file").write_text("mine")

    with pytest.raises(CannotWriteIntoError, match=f"^Cannot write into .*{says}") as caught:
        make_folder(tmp_path / name)

    assert str(caught.value).encode()
    assert names(tmp_path) == ["file"]

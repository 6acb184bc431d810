"""Whatever becomes of the child that reads a file, its parent has an answer in words."""

import sys

import msgspec
import pytest

from musicgen_desktop.foundation import (
    ChildReader,
    StopFlag,
    Stopped,
    UnreadableFileError,
    UserInputError,
    _child_reader,
)


class UnreadableListError(UnreadableFileError):
    """A file cannot be read as a list."""


def parsed(path):
    words = path.read_text("utf-8").split()
    if not words:
        raise UnreadableListError(path, "lists nothing; write something into it.")
    return words


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(_child_reader, "_limit_itself", lambda _longest_s: None)
    return ChildReader("list-process", parsed, list[str], refused=UnreadableListError, longest_s=30.0)


@pytest.fixture
def child_that(monkeypatch):
    """Lets the child do something else; `argv[2]` is the file."""

    def start(code):
        monkeypatch.setattr(_child_reader, "own_program", lambda: [sys.executable, "-c", code])

    return start


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("one two", "utf-8")
    return path


ECHO = "import sys; sys.stdout.buffer.write({!r})"


def test_the_child_answers_with_what_it_read_and_the_parent_understands_it(
    reader, child_that, path, capsysbinary
):
    assert reader.run([str(path)]) == 0
    child_that(ECHO.format(capsysbinary.readouterr().out))

    assert reader.read(path) == ["one", "two"]


def test_a_refusal_is_handed_on_word_by_word(reader, child_that, path, capsysbinary):
    path.write_text("", "utf-8")
    assert reader.run([str(path)]) == 0
    child_that(ECHO.format(capsysbinary.readouterr().out))

    with pytest.raises(UnreadableListError, match=r"“a\.txt” lists nothing; write something into it"):
        reader.read(path)


@pytest.mark.parametrize("answer", [b"", b"+", b"?", b"+\x81", b"+" + msgspec.msgpack.encode([1, 2])])
def test_a_child_that_ends_without_a_whole_answer_means_that_the_file_is_damaged(
    reader, child_that, path, answer
):
    child_that(ECHO.format(answer))

    with pytest.raises(UnreadableListError, match="damaged, or asks for too much"):
        reader.read(path)


def test_a_child_that_dies_means_that_the_file_is_damaged(reader, child_that, path):
    child_that("import os; os.abort()")

    with pytest.raises(UnreadableListError, match="damaged"):
        reader.read(path)


def test_nobody_waits_for_a_child_that_never_ends(reader, child_that, path):
    child_that("import threading; threading.Event().wait()")
    stop = StopFlag()
    stop.set()

    with pytest.raises(UnreadableListError, match="too long"):
        reader.read(path, longest_s=0.0)
    with pytest.raises(Stopped):
        reader.read(path, stop=stop)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no processor's time")
def test_a_child_that_counts_for_ever_is_ended_by_its_own_bound(reader, child_that, path):
    child_that(
        "from musicgen_desktop.foundation import _child_reader\n"
        "_child_reader._limit_itself(0.5)\n"
        "while True: pass"
    )

    with pytest.raises(UnreadableListError, match="takes too long"):
        reader.read(path)


def test_a_file_that_is_not_there_starts_no_child(reader, child_that, tmp_path):
    child_that("raise SystemExit")

    with pytest.raises(UserInputError, match="does not exist"):
        reader.read(tmp_path / "gone.txt")


def test_the_name_of_a_file_that_is_no_text_can_still_be_printed(tmp_path):
    error = UnreadableFileError(tmp_path / "a\udcff.txt", "is damaged.")

    str(error).encode("utf-8")
    assert str(error) == "“a?.txt” is damaged."

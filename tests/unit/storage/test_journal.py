"""Every edit on the disk, and back again after a crash."""

import errno
import os
import threading
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import Project
from musicgen_desktop.storage import CannotSaveError, Journal, open_project, save_project
from musicgen_desktop.storage import _journal as journal_module
from musicgen_desktop.storage._journal_file import MAGIC, Record, framed, opening, read_journal
from musicgen_desktop.storage._layout import JOURNAL_FILE, OLD_JOURNAL_FILE, PROJECT_FILE


@pytest.fixture
def folder(song, tmp_path):
    save_project(song, tmp_path)
    return tmp_path


def edits(project, count, first=0):
    """A row of projects, each one edit after the one before."""
    states = [project]
    for number in range(first, first + count):
        states.append(states[-1].with_track(states[-1].track("vox").with_gain(-0.5 * number - 0.25)))
    return states


def journaled(folder, states):
    """The edits in the folder's journal, each a record of its own."""
    journal = Journal(folder)
    for before, after in pairwise(states):
        journal.append(before, after, "Gain")
        assert journal.flush(timeout_s=30)
    return journal


def test_edits_since_the_save_come_back(song, folder):
    states = edits(song, 5)
    journaled(folder, states).close()

    opened = open_project(folder)

    assert opened.project == states[-1]
    assert opened.recovered_edits == 5
    assert opened.notes == ("5 edits since the last save came back from the journal.",)
    assert not opened.needs_save


def test_without_the_journal_the_last_save_is_opened(song, folder):
    journaled(folder, edits(song, 5)).close()

    assert open_project(folder, with_journal=False).project == song


def test_closing_writes_what_is_still_waiting(song, folder):
    journal = Journal(folder)
    states = edits(song, 50)
    for before, after in pairwise(states):
        journal.append(before, after, "Gain")

    journal.close()

    assert open_project(folder).project == states[-1]
    assert open_project(folder).recovered_edits == 50


def test_no_edit_no_file(folder):
    Journal(folder).close()

    assert not (folder / JOURNAL_FILE).exists()


def test_a_journal_goes_on_where_a_crash_left_it(song, folder):
    states = edits(song, 6)
    journaled(folder, states[:4]).close()
    (folder / JOURNAL_FILE).write_bytes((folder / JOURNAL_FILE).read_bytes() + b"\x10\0\0\0torn")
    recovered = open_project(folder).project

    journaled(folder, [recovered, *states[4:]]).close()

    opened = open_project(folder)
    assert opened.project == states[-1]
    assert opened.recovered_edits == 6
    assert len(opened.notes) == 1


def test_a_save_settles_the_journal(song, folder):
    states = edits(song, 4)
    journal = journaled(folder, states[:3])

    journal.restart(save_project(states[2], folder))
    journal.append(states[2], states[3], "Gain")
    journal.close()

    opened = open_project(folder)
    assert (opened.project, opened.recovered_edits) == (states[3], 1)


def test_a_kill_between_save_and_journal_applies_nothing_twice(song, folder):
    states = edits(song, 3)
    journaled(folder, states).close()

    save_project(states[-1], folder)

    opened = open_project(folder)
    assert (opened.project, opened.recovered_edits, opened.notes) == (states[-1], 0, ())


def test_a_journal_of_another_version_is_left_aside_and_told(song, folder):
    journaled(folder, edits(song, 3)).close()
    save_project(song.renamed("Second"), folder)
    save_project(song.renamed("Third"), folder)

    opened = open_project(folder)

    assert opened.project == song.renamed("Third")
    assert opened.notes == (
        "Edits in a journal belong to another version of this project; they were left aside.",
    )


def test_the_backup_and_both_journals_replace_a_damaged_file(song, folder):
    states = edits(song, 6)
    journal = journaled(folder, states[:4])
    journal.restart(save_project(states[3], folder))
    for before, after in pairwise(states[3:]):
        journal.append(before, after, "Gain")
    journal.close()
    (folder / PROJECT_FILE).write_bytes(b"damaged")

    opened = open_project(folder)

    assert (opened.project, opened.used_backup) == (states[-1], "project.json.bak")
    assert (folder / OLD_JOURNAL_FILE).exists()
    assert opened.needs_save


def test_undone_edits_are_edits_too(song, folder):
    first, second, third = edits(song, 2)

    journaled(folder, [first, second, third, second, first]).close()

    assert open_project(folder).project == song


def test_an_edit_that_follows_no_other_is_written_whole(song, folder):
    states = edits(song, 4)

    journaled(folder, states[:2]).close()
    journal = journaled(folder, [])
    journal.append(states[1], states[2], "Gain")
    journal.flush()
    journal.append(song.renamed("Elsewhere"), song.renamed("Elsewhere 2"), "Rename")
    journal.close()

    assert open_project(folder).project.name == "Elsewhere 2"


def test_a_record_that_does_not_fit_ends_the_replay_but_keeps_what_came_before(song, folder):
    states = edits(song, 3)
    journaled(folder, states).close()
    checksum = read_journal(folder / JOURNAL_FILE).checksum
    for delta in ({"f": {"tracks": {"l": [[0, 99]]}}}, {"f": {"name": {"v": "Never"}}}):
        frame, checksum = framed(msgspec.json.encode(Record("Bad", 1, delta)), checksum)
        with (folder / JOURNAL_FILE).open("ab") as file:
            file.write(frame)

    opened = open_project(folder)

    assert (opened.project, opened.recovered_edits, opened.needs_save) == (states[-1], 3, True)
    assert "incomplete" in opened.notes[0]


def test_a_record_whose_values_are_wrong_ends_the_replay_too(song, folder):
    states = edits(song, 3)
    journaled(folder, states).close()
    checksum = read_journal(folder / JOURNAL_FILE).checksum
    frame, _ = framed(msgspec.json.encode(Record("Bad", 1, {"f": {"rate": {"v": "loud"}}})), checksum)
    with (folder / JOURNAL_FILE).open("ab") as file:
        file.write(frame)

    opened = open_project(folder)

    assert (opened.project, opened.recovered_edits, opened.needs_save) == (states[-1], 3, True)


def test_a_long_journal_is_replaced_by_one_whole_project(song, folder, monkeypatch):
    monkeypatch.setattr(journal_module, "_COMPACT_BYTES", 4096)
    states = edits(song, 200)

    journaled(folder, states).close()

    opened = open_project(folder)
    assert opened.project == states[-1]
    assert (folder / JOURNAL_FILE).stat().st_size < 30_000
    assert not list(folder.glob("*.tmp"))


def test_a_full_disk_is_told_once_and_caught_up_later(song, folder, monkeypatch):
    told, full, write = [], threading.Event(), os.write
    called = threading.Event()

    def limited(descriptor, data):
        if full.is_set():
            write(descriptor, data[:5])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, data)

    def tell(sentence):
        told.append(sentence)
        called.set()

    states = edits(song, 4)
    journal = Journal(folder, on_failure=tell)
    journal.append(states[0], states[1], "Gain")
    assert journal.flush(timeout_s=30)
    monkeypatch.setattr(os, "write", limited)
    full.set()

    journal.append(states[1], states[2], "Gain")
    assert called.wait(timeout=30)
    unsafe = open_project(folder).project
    full.clear()
    journal.append(states[2], states[3], "Gain")
    assert journal.flush(timeout_s=30)
    journal.close()

    assert unsafe == states[1]
    assert len(told) == 1
    assert "No space left" in told[0]
    assert open_project(folder).project == states[3]


def test_closing_on_a_full_disk_says_so(song, folder, monkeypatch):
    def full(_descriptor, _data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    journal = Journal(folder)
    monkeypatch.setattr(os, "write", full)
    journal.append(song, song.renamed("Second"), "Rename")

    with pytest.raises(CannotSaveError, match="disk is full"):
        journal.close()


def test_a_closed_journal_takes_no_edit(song, folder):
    journal = Journal(folder)
    journal.close()

    with pytest.raises(ValueError, match="closed"):
        journal.append(song, song.renamed("Second"), "Rename")


def test_forgotten_edits_do_not_come_back(song, folder):
    journal = journaled(folder, edits(song, 3))

    journal.forget()
    journal.close()

    assert open_project(folder).project == song


EMPTY = Project.new("0")
RECORDS = [Record("Rename", 1, {"f": {"name": {"v": str(number)}}}) for number in range(1, 6)]


def a_journal_of(base):
    data, checksum = opening(base)
    for record in RECORDS:
        frame, checksum = framed(msgspec.json.encode(record), checksum)
        data += frame
    return data


@pytest.fixture(scope="module")
def plain_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("journal")
    return folder, save_project(EMPTY, folder)


@given(data=st.data())
def test_a_journal_cut_or_changed_anywhere_gives_a_state_that_was(plain_folder, data):
    folder, base = plain_folder
    whole = a_journal_of(base)
    cut = data.draw(st.integers(0, len(whole)), label="cut")
    at = data.draw(st.integers(0, len(whole) - 1), label="changed byte")
    mask = data.draw(st.integers(0, 255), label="mask")
    changed = bytearray(whole)
    changed[at] ^= mask
    (folder / JOURNAL_FILE).write_bytes(bytes(changed[:cut]))

    opened = open_project(folder)

    assert opened.project.name in {str(number) for number in range(6)}
    assert int(opened.project.name) == opened.recovered_edits
    if mask == 0 or at >= cut:
        assert int(opened.project.name) == whole_frames(whole[:cut])


def whole_frames(data):
    """How many records lie in the first bytes of the journal, counted by their known lengths."""
    at = len(opening(open_base())[0])
    count = 0
    for record in RECORDS:
        at += len(framed(msgspec.json.encode(record), 0)[0])
        count += at <= len(data)
    return count


def open_base():
    return "blake2b-" + "0" * 40


def test_a_journal_begins_with_its_magic_word(song, folder):
    journaled(folder, edits(song, 1)).close()

    assert (folder / JOURNAL_FILE).read_bytes().startswith(MAGIC)
    assert read_journal(folder / "nowhere") is None


def test_a_changed_digit_in_a_record_ends_the_replay_before_it(plain_folder):
    folder, base = plain_folder
    whole = a_journal_of(base)
    changed = whole.replace(b'"v":"4"', b'"v":"7"')

    (folder / JOURNAL_FILE).write_bytes(changed)

    assert changed != whole
    assert open_project(folder).project.name == "3"


def test_a_record_out_of_its_place_is_not_believed(plain_folder):
    folder, base = plain_folder
    whole = a_journal_of(base)
    frame = len(framed(msgspec.json.encode(RECORDS[0]), 0)[0])
    head = len(opening(base)[0])

    (folder / JOURNAL_FILE).write_bytes(whole[:head] + whole[head + frame :])

    assert open_project(folder).project.name == "0"

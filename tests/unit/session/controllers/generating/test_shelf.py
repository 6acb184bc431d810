import errno
import os

import msgspec
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.generating import CannotKeepTakesError, TakesShelf


def named(candidate, number, **changes):
    take_id = f"take-{number:012x}"
    take = msgspec.structs.replace(candidate.take, id=take_id, **changes)
    return msgspec.structs.replace(candidate, id=take_id, take=take)


def file_of(folder, candidate):
    return folder / "takes" / f"{candidate.id}.json"


def test_a_take_is_on_the_disk_the_moment_it_arrives(tmp_path, candidate):
    shelf = TakesShelf(tmp_path)

    shelf.add(candidate)

    after_a_crash = TakesShelf(tmp_path)
    assert after_a_crash.candidates == (candidate,)
    assert after_a_crash.notes == ()


def test_the_newest_take_is_the_first_before_and_after_a_restart(tmp_path, candidate):
    shelf = TakesShelf(tmp_path)
    takes = [named(candidate, 9, created="2026-01-01T00:00:00+00:00")]
    takes += [named(candidate, n, seed=n, created="2026-01-02T00:00:00+00:00") for n in (3, 4)]
    for take in takes:
        shelf.add(take)

    assert shelf.candidates == tuple(reversed(takes))
    assert TakesShelf(tmp_path).candidates == shelf.candidates


def test_stars_and_names_are_kept(tmp_path, candidate):
    shelf = TakesShelf(tmp_path)
    shelf.add(candidate)

    shelf.star(candidate.id, starred=True)
    shelf.rename(candidate.id, "  The one  ")

    again = TakesShelf(tmp_path).candidate(candidate.id)
    assert (again.take.starred, again.take.name) == (True, "The one")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "two\nlines"])
def test_a_name_that_fits_no_line_is_refused(tmp_path, candidate, name):
    shelf = TakesShelf(tmp_path)
    shelf.add(candidate)

    with pytest.raises(UserInputError):
        shelf.rename(candidate.id, name)


def test_a_deleted_take_comes_back_to_its_place(tmp_path, candidate):
    shelf = TakesShelf(tmp_path)
    takes = [named(candidate, number, seed=number) for number in (1, 2, 3)]
    for take in takes:
        shelf.add(take)
    before = shelf.candidates

    shelf.delete(takes[1].id)
    assert takes[1] not in shelf.candidates
    shelf.restore(takes[1].id)

    assert shelf.candidates == before
    assert TakesShelf(tmp_path).candidates == before


def test_a_take_comes_back_on_a_full_disk_too(tmp_path, candidate, monkeypatch):
    shelf = TakesShelf(tmp_path)
    shelf.add(candidate)
    shelf.delete(candidate.id)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("musicgen_desktop.session.controllers.generating._shelf.write_all", full)
    shelf.restore(candidate.id)

    assert TakesShelf(tmp_path).candidates == (candidate,)


def test_a_deleted_takes_file_waits_until_the_project_is_closed(tmp_path, candidate):
    shelf = TakesShelf(tmp_path)
    shelf.add(candidate)
    shelf.delete(candidate.id)
    waiting = list((tmp_path / "takes").iterdir())

    shelf.close()

    assert len(waiting) == 1
    assert list((tmp_path / "takes").iterdir()) == []
    assert TakesShelf(tmp_path).candidates == ()


def test_takes_of_a_project_that_was_never_saved_move_into_its_folder(tmp_path, candidate):
    shelf = TakesShelf()
    shelf.add(candidate)

    shelf.move_to(tmp_path)

    assert TakesShelf(tmp_path).candidates == (candidate,)


def test_every_change_is_told(tmp_path, candidate):
    told = []
    shelf = TakesShelf(tmp_path, on_change=lambda: told.append(len(shelf.candidates)))

    shelf.add(candidate)
    shelf.star(candidate.id, starred=True)
    shelf.delete(candidate.id)
    shelf.restore(candidate.id)

    assert told == [1, 1, 0, 1]


def test_a_take_that_cannot_be_written_is_on_the_shelf_all_the_same(tmp_path, candidate):
    (tmp_path / "takes").write_text("a file where the folder should be")
    shelf = TakesShelf(tmp_path)

    with pytest.raises(CannotKeepTakesError, match="free some space"):
        shelf.add(candidate)

    assert shelf.candidates == (candidate,)


def test_a_take_does_not_bring_a_removed_project_back(tmp_path, candidate):
    shelf = TakesShelf(tmp_path / "Untitled 1.mgproj")

    with pytest.raises(CannotKeepTakesError):
        shelf.add(candidate)

    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_goes_with_the_next_start(tmp_path, candidate):
    shelf = TakesShelf(tmp_path)
    shelf.add(candidate)
    path = file_of(tmp_path, candidate)
    for ending in (".deleted", ".tmp"):
        path.with_name(f"take-000000000000.json{ending}").write_bytes(b"{")

    assert TakesShelf(tmp_path).candidates == (candidate,)
    assert list(path.parent.iterdir()) == [path]


def test_takes_are_seen_where_what_a_crash_left_cannot_be_removed(tmp_path, candidate):
    TakesShelf(tmp_path).add(candidate)
    (file_of(tmp_path, candidate).parent / "take-000000000000.json.deleted").mkdir()

    assert TakesShelf(tmp_path).candidates == (candidate,)


def hostile(good):
    tree = msgspec.json.decode(good)
    other = msgspec.json.decode(good)
    other["candidate"]["project"]["rate"] = 10**9
    newer = {**tree, "schema": 2}
    return {
        "nothing": b"",
        "no JSON": b'{"schema": 1, ',
        "deep": b'{"schema":1,"candidate":{"take":{"request":{"a":' + b"[" * 100_000,
        "another type": b'{"schema": 1, "candidate": []}',
        "a wild project": msgspec.json.encode(other),
        "of another version": msgspec.json.encode(newer),
        "of another name": good,
        "with a note too high": good.replace(b'"pitch":', b'"pitch":9', 1),
    }


def test_hostile_files_are_left_alone_and_told(tmp_path, candidate):
    shelf = TakesShelf(tmp_path)
    shelf.add(candidate)
    bad = hostile(file_of(tmp_path, candidate).read_bytes())
    for number, data in enumerate(bad.values()):
        (tmp_path / "takes" / f"take-{number:012x}.json").write_bytes(data)
    (tmp_path / "takes" / "..json").write_bytes(b"{}")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "takes" / "take-ffffffffffff.json")

    again = TakesShelf(tmp_path)

    assert again.candidates == (candidate,)
    assert len(again.notes) == len(bad) + 1 + hasattr(os, "mkfifo")
    assert all((tmp_path / "takes" / f"take-{n:012x}.json").exists() for n in range(len(bad)))

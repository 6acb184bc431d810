"""The disk fails at any one step of a save: the project still opens, old or new."""

import errno
import os

import pytest

from musicgen_desktop.storage import CannotSaveError, open_project, save_project
from musicgen_desktop.storage._layout import PROJECT_FILE

CALLS = ("open", "write", "fsync", "link", "replace", "unlink", "mkdir", "ftruncate", "close")


class FailingDisk:
    """Lets so many system calls through and then fails one, or all that follow."""

    def __init__(self, monkeypatch, *, error=errno.ENOSPC, for_good=False):
        self.left = 10**9
        self.made = 0
        self._error, self._for_good = error, for_good
        for name in CALLS:
            monkeypatch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def fail_after(self, calls):
        self.left = calls
        self.made = 0

    def heal(self):
        self.left = 10**9

    def _wrapped(self, name, call):
        def counted(*arguments, **options):
            self.made += 1
            failing = self.made > self.left if self._for_good else self.made == self.left + 1
            # A full disk fails what needs room; closing and removing still work, or nothing could.
            if failing and not (self._for_good and name in {"close", "unlink"}):
                if name == "close":
                    call(*arguments, **options)
                raise OSError(self._error, os.strerror(self._error))
            return call(*arguments, **options)

        return counted


def calls_of_a_save(song, folder, disk):
    save_project(song, folder)
    disk.fail_after(10**9)
    save_project(song.renamed("Warm"), folder)
    return disk.made


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("for_good", [False, True])
def test_a_failing_step_leaves_the_old_project_or_the_new(song, tmp_path, monkeypatch, error, for_good):
    disk = FailingDisk(monkeypatch, error=error, for_good=for_good)
    steps = calls_of_a_save(song, tmp_path / "measure", disk)
    failures = 0

    for step in range(steps):
        folder = tmp_path / f"step-{step}"
        save_project(song, folder)
        disk.fail_after(step)
        try:
            save_project(song.renamed("New"), folder)
            expected = {"New"}
        except CannotSaveError:
            failures += 1
            expected = {"Song", "New"}
        disk.heal()

        opened = open_project(folder)
        assert opened.project.name in expected
        assert opened.used_backup is None
        save_project(song.renamed("After"), folder)
        assert open_project(folder).project.name == "After"

    assert steps > 10
    assert failures > steps // 2


def test_a_first_save_that_fails_leaves_no_half_project(song, tmp_path, monkeypatch):
    disk = FailingDisk(monkeypatch, for_good=True)
    steps = calls_of_a_save(song, tmp_path / "measure", disk)

    for step in range(steps):
        folder = tmp_path / f"step-{step}"
        disk.fail_after(step)
        try:
            save_project(song, folder)
        except CannotSaveError as error:
            assert "disk is full" in str(error)  # noqa: PT017 - the steps behind the last one do not fail
        disk.heal()
        if (folder / PROJECT_FILE).exists():
            assert open_project(folder).project == song
        assert not list(folder.glob("*.tmp"))


def test_a_write_that_takes_only_a_part_is_continued(song, tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:100]))

    save_project(song, tmp_path)

    assert open_project(tmp_path).project == song

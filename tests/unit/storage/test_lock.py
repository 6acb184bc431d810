"""Two windows never write one project."""

import os
import signal
import subprocess
import sys

import pytest

from musicgen_desktop.storage import ProjectInUseError, ProjectLock, save_project
from musicgen_desktop.storage._layout import LOCK_FILE

HOLD = """
import sys
from pathlib import Path
from musicgen_desktop.storage import ProjectLock
lock = ProjectLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_window_is_told_who_holds_the_project(song, tmp_path):
    with ProjectLock(tmp_path):
        with pytest.raises(ProjectInUseError, match=f"process {os.getpid()}"):
            ProjectLock(tmp_path)
        with pytest.raises(ProjectInUseError):
            save_project(song, tmp_path)

    save_project(song, tmp_path)


def test_a_released_lock_leaves_no_file_and_may_be_released_again(tmp_path):
    lock = ProjectLock(tmp_path)

    lock.release()
    lock.release()

    assert not lock.held
    assert not (tmp_path / LOCK_FILE).exists()


def test_the_lock_of_a_killed_program_locks_nobody_out(tmp_path):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(ProjectInUseError, match=f"process {other.pid}"):
            ProjectLock(tmp_path)
    finally:
        other.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        other.communicate()

    assert (tmp_path / LOCK_FILE).exists()
    with ProjectLock(tmp_path) as lock:
        assert lock.held


def test_a_lock_file_of_rubbish_locks_nobody_out(tmp_path):
    (tmp_path / LOCK_FILE).write_bytes(b"\xff" * 100)

    with ProjectLock(tmp_path) as lock:
        assert lock.held

import os
import subprocess
import sys

import pytest

from musicgen_desktop.playback.sources._ring_folder import RingFolder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nothing in use can be removed there")


def left_by_a_killed_process(parent):
    program = (
        "import os, pathlib, sys\n"
        "from musicgen_desktop.playback.sources._ring_folder import RingFolder\n"
        "folder = RingFolder(pathlib.Path(sys.argv[1]))\n"
        "print(folder.path, flush=True)\n"
        "os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", program, str(parent)], capture_output=True, check=False)
    return list(parent.iterdir())


def test_what_a_killed_process_left_behind_is_removed_and_what_lives_is_not(tmp_path):
    mine = RingFolder(tmp_path)
    left = [path for path in left_by_a_killed_process(tmp_path) if path != mine.path]

    again = RingFolder(tmp_path)

    assert len(left) == 1
    assert sorted(tmp_path.iterdir()) == sorted([mine.path, again.path])
    mine.close()
    again.close()


def test_what_is_just_being_made_is_left_alone_until_it_is_old(tmp_path):
    new, old = tmp_path / "musicgen-desktop-rings-new", tmp_path / "musicgen-desktop-rings-old"
    for folder in (new, old):
        folder.mkdir()
    os.utime(old, (1000, 1000))

    RingFolder(tmp_path).close()

    assert list(tmp_path.iterdir()) == [new]


def test_closing_removes_it_also_twice(tmp_path):
    folder = RingFolder(tmp_path)

    folder.close()
    folder.close()

    assert not list(tmp_path.iterdir())

"""Songs composed by the command line in a process of its own, shared by the tests of a file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

REPOSITORY = Path(__file__).parents[2]


class Ran(NamedTuple):
    """A finished command."""

    status: int
    out: str
    err: str

    @property
    def told(self):
        assert self.status == 0, self.err
        return json.loads(self.out)


@pytest.fixture(scope="session")
def command(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")

    def run(*words, status=0):
        done = subprocess.run(
            [sys.executable, "-m", "musicgen_desktop", *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "MUSICGEN_DESKTOP_HOME": str(home), "PYTHONPATH": str(REPOSITORY)},
            check=False,
        )
        assert done.returncode == status, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return run

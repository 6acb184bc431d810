"""What is generated goes behind what is played, as processes and as sessions."""

import subprocess
import sys
from pathlib import Path

import pytest

AUTOGROUP = Path("/proc/self/autogroup")

pytestmark = pytest.mark.skipif(
    not AUTOGROUP.exists(), reason="this system does not weigh sessions against each other"
)


def autogroup_of_a_child(*, start_new_session):
    """What a child that went last reads of its session's weight, such as “/autogroup-12 nice 10”."""
    code = (
        "from musicgen_desktop.generation.host._process import go_last; go_last();"
        "print(open('/proc/self/autogroup').read())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, start_new_session=start_new_session
    )
    return done.stdout.decode().strip()


def test_a_session_of_its_own_goes_behind_the_windows():
    assert autogroup_of_a_child(start_new_session=True).endswith(" nice 10")


def test_the_session_of_others_keeps_its_weight():
    before = AUTOGROUP.read_text().strip()

    assert autogroup_of_a_child(start_new_session=False) == before

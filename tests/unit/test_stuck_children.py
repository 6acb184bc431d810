import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own: the children that other tests have started here must live on.
WAITING_IN_VAIN = """
from contextlib import closing, suppress
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.host import SoundClient
from tests.fakes.stuck_children import show_where_children_are

with closing(SoundClient()) as client:
    with suppress(UserInputError):
        client.models("nobody")
    show_where_children_are()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a time-out ends the whole run there")
def test_a_child_that_is_waited_for_in_vain_shows_where_it_is():
    told = subprocess.run(
        [sys.executable, "-c", WAITING_IN_VAIN], cwd=ROOT, capture_output=True, text=True, check=True
    ).stderr

    assert "Fatal Python error: Aborted" in told
    assert "run_sound_host" in told

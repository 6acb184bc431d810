import sys
from contextlib import closing

import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.host import SoundClient
from tests.fakes.stuck_children import show_where_children_are


@pytest.mark.skipif(sys.platform == "win32", reason="a time-out ends the whole run there")
def test_a_child_that_is_waited_for_in_vain_shows_where_it_is(capfd):
    with closing(SoundClient()) as client:
        with pytest.raises(UserInputError):
            client.models("nobody")

        show_where_children_are()

    told = capfd.readouterr().err
    assert "Fatal Python error: Aborted" in told
    assert "run_sound_host" in told

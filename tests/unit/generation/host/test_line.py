import os
import sys

import pytest

from musicgen_desktop.generation.host._line import Died, Line

FORKING = "import os, time\nif os.fork() == 0: time.sleep(600)\nos._exit(3)"


@pytest.mark.skipif(sys.platform == "win32", reason="nothing forks there")
@pytest.mark.parametrize("knows_waitid", [True, False])
def test_what_a_process_forked_ends_with_it_on_every_system(monkeypatch, knows_waitid):
    if not knows_waitid:  # macOS before Python 3.13
        monkeypatch.delattr(os, "waitid")
    line = Line((sys.executable, "-c", FORKING), bytes.decode)

    died = line.events.get(timeout=30)  # told when nobody holds its pipe any more
    line.close(0.0)

    assert died == Died(3)

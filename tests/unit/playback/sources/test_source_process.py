import subprocess
import sys

import pytest

LIMITS = """
import resource
from musicgen_desktop.playback.sources._process import _open_files
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (200, hard))
most = _open_files()
print(most, resource.getrlimit(resource.RLIMIT_NOFILE)[0], hard)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_it_lets_itself_have_more_files_open_and_leaves_half_of_them_free():
    answer = subprocess.run([sys.executable, "-c", LIMITS], capture_output=True, text=True, check=True)

    most, soft, hard = (int(word) for word in answer.stdout.split())

    assert soft == (min(hard, 10_000) if hard > 0 else 10_000)
    assert most == max(soft // 2, 100)

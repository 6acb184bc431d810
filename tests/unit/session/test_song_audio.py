import sys
import tempfile

import numpy as np
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers._song_audio import _spilled


def test_a_spilled_stem_is_the_same_sound_and_can_be_changed():
    stem = np.linspace(-1.0, 1.0, 2_000, dtype=np.float32).reshape(-1, 2)

    spilled = _spilled(stem)

    assert np.array_equal(spilled, stem)
    spilled *= 0.5
    assert np.array_equal(spilled, stem * np.float32(0.5))


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX's")
def test_a_stem_that_finds_no_room_is_told(monkeypatch, tmp_path):
    import resource
    import signal

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
    try:
        with pytest.raises(UserInputError, match="free some space"):
            _spilled(np.ones((4_096, 2), np.float32))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)

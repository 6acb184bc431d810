import io
import sys

import pytest

from musicgen_desktop.app import run


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "shown"), [(io.TextIOWrapper, "“polka”".encode()), (Terminal, b"?polka?")], ids=["pipe", "tty"]
)
def test_what_the_systems_encoding_lacks_is_still_told(monkeypatch, stream, shown):
    errors = stream(io.BytesIO(), encoding="ascii", errors="strict")
    monkeypatch.setattr(sys, "stderr", errors)
    monkeypatch.setattr(sys, "argv", ["musicgen-desktop", "bench", "polka"])

    status = run()

    errors.flush()
    assert status == 2
    assert shown in errors.buffer.getvalue()

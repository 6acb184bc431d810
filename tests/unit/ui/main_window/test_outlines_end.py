"""The thread that reads sound files tells nobody who is gone."""

import pytest

from musicgen_desktop.session.controllers.waveforms import Waveforms


class Counted(Waveforms):
    """Knows how many listen."""

    def __init__(self, folder):
        super().__init__(folder)
        self.listeners = set()

    def subscribe(self, listener):
        end, number = super().subscribe(listener), object()
        self.listeners.add(number)

        def remove():
            self.listeners.discard(number)
            end()

        return remove


@pytest.fixture
def outlines(tmp_path):
    made = Counted(tmp_path / "one"), Counted(tmp_path / "two")
    yield made
    for each in made:
        each.close()


def test_canvas_and_takes_end_what_they_are_told(opened, outlines):
    before, now = outlines
    for each in (opened.panels.timeline, opened.panels.prompt.takes):
        each.use_waveforms(before)
        each.use_waveforms(now)
    assert (len(before.listeners), len(now.listeners)) == (0, 2)

    opened.close()

    assert len(now.listeners) == 0

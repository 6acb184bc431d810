"""A MIDI file of ours in a sequencer that is not ours: what it exports again has the same notes."""

import pytest

from musicgen_desktop.exchange.midi_file import MidiForm
from tests.fakes import rosegarden
from tests.fakes.screen import screen
from tests.fakes.wild_songs import a_wild_song


@pytest.mark.slow
@pytest.mark.skipif(not rosegarden.is_installed(), reason="Rosegarden, or a screen for it, is not installed")
def test_rosegarden_exports_the_notes_that_it_was_given(tmp_path):
    with screen() as shown:
        program = rosegarden.Rosegarden(shown, tmp_path)

        assert rosegarden.wrong_in_rosegarden(program, a_wild_song(3, 600), MidiForm(), "wild") == []

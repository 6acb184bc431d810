"""A song with one clip of notes, from bar 2 on."""

import pytest

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.timing import Meter

BAR = 3840


@pytest.fixture(scope="session")
def a_song():
    """Makes songs whose clip “c” holds the notes given."""

    def make(*notes, meter="4/4", **changes):
        plain = {"id": "c", "name": "Riff", "start_ticks": BAR, "length_ticks": BAR, "notes": notes}
        clip = NotesClip(**plain | changes)
        track = Track(id="t", name="Lead", kind="notes", color="#112233", clips=(clip,))
        return Project.new("Song", meter=Meter.parse(meter)).with_track(track)

    return make


@pytest.fixture(scope="session")
def clip_of():
    """The clip “c” of a song or an edit."""

    def find(song):
        return getattr(song, "project", song).track("t").clip("c")

    return find

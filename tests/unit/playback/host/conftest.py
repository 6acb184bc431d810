"""A conductor in this process, on a device that nobody hears, with a real source process behind it."""

import time

import msgspec
import pytest

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.playback.board import Board
from musicgen_desktop.playback.host import OpenSpeaker, StateChanged
from musicgen_desktop.playback.host._conductor import Conductor
from musicgen_desktop.playback.host._plan_message import PlanSender
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.playback.speaker import SpeakerSettings

BAR = 3840
RATE = 48_000
GIVE_UP_S = 30.0


def a_song(bars=40):
    """A note on every beat; the song is as long as is said."""
    notes = tuple(Note(beat * 960, 480, 60, 100) for beat in range(8))
    clip = NotesClip("clip", "notes", 0, 2 * BAR, notes)
    track = Track(
        id="lead", name="Lead", kind="notes", clips=(clip,), patch=Patch("synth", preset="saw_lead")
    )
    return msgspec.structs.replace(Project.new("song").with_track(track), end_ticks=bars * BAR)


class Desk:
    """Follows commands and looks around, as the process does; what was told is kept."""

    def __init__(self, folder):
        self.events = []
        self.board = Board.create(folder / "board")
        self.conductor = Conductor(self.board, self.events.append)
        self._sender = PlanSender()

    def show(self, project):
        self.follow(self._sender.changes(compile_plan(project, rate=RATE), project.meter_map))

    def follow(self, command):
        self.conductor.follow(command)

    def until(self, is_so):
        """Look around until it is so."""
        give_up = time.monotonic() + GIVE_UP_S
        while not is_so():
            assert time.monotonic() < give_up, "it never came"
            self.conductor.look_around()
            time.sleep(0.002)

    def until_state(self, state):
        self.until(lambda: self.state == state)

    def until_bar(self, bar):
        """Until this place is heard; a bar is counted from 0 here."""
        self.until(lambda: self.heard_bar >= bar and self.rolling.has_begun)

    @property
    def rolling(self):
        return self.conductor._rolling

    @property
    def engine(self):
        return self.conductor._rig.output.engine

    @property
    def state(self):
        return self.rolling.state

    @property
    def heard_bar(self):
        return self.rolling.tick / BAR

    def told(self, kind):
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def states(self):
        return [event.state for event in self.told(StateChanged)]


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.follow(OpenSpeaker(SpeakerSettings(device="silent", rate=RATE)))
    desk.show(a_song())
    yield desk
    desk.conductor.close()
    desk.board.close()

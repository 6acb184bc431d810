"""The player over a real playback process, through the silent device."""

import pytest

from musicgen_desktop.session.controllers.playing import (
    Inbox,
    OpenSpeaker,
    PlanTaken,
    Player,
    Problem,
    SpeakerSettings,
)

WAIT_S = 60


class Ear(Inbox):
    """Remembers all that it was told."""

    def __init__(self):
        super().__init__()
        self.told = []

    def put(self, event):
        self.told.append(event)
        super().put(event)


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def player(song, folder, ear):
    made = Player(song, folder, on_event=ear.put)
    made.open(OpenSpeaker(SpeakerSettings(device="silent")))
    ear.wait_for(PlanTaken, WAIT_S)
    yield made
    made.close()


def test_a_project_that_was_saved_elsewhere_plays_its_audio_from_there(player, song, folder, ear):
    moved = folder.with_name("Elsewhere.mgproj")
    folder.rename(moved)

    player.move_to(moved)
    ear.wait_for(PlanTaken, WAIT_S)
    player.show(song.with_track(song.track("bass").with_gain(-3.0)))

    ear.wait_for(PlanTaken, WAIT_S)  # whatever the first plan lacked has been told by now
    assert not any(isinstance(event, Problem) for event in ear.told)


def test_an_edit_after_its_audio_is_gone_tells_so(player, song, folder, ear):
    folder.rename(folder.with_name("Elsewhere.mgproj"))

    player.show(song.with_track(song.track("bass").with_gain(-3.0)))

    assert "Vox" in ear.wait_for(Problem, WAIT_S).sentence

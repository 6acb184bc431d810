"""Keys struck in the window: heard at once through the track's own sound, and let go again."""

import numpy as np
import pytest

from musicgen_desktop.music import Patch
from musicgen_desktop.playback.host import KeyMoved, LivePart, PlayNote, Refused, SetLive
from musicgen_desktop.playback.live import MidiEvent

LEAD = LivePart("lead", Patch("synth", preset="saw_lead"))


@pytest.fixture
def hands(desk):
    """The conductor's hands, whose loop is turned by the test and not by its thread."""
    return desk.conductor._rig.hands


def loudest(hands, blocks=40):
    """What the live track sounds like after its orders were carried out."""
    while hands._loop._orders:
        hands._loop._orders.popleft()()
    (track,) = hands._loop.tracks
    return max(float(np.abs(track.render(512)).max()) for _ in range(blocks))


@pytest.fixture
def _still_loop(monkeypatch):
    monkeypatch.setattr("musicgen_desktop.playback.live.LiveLoop.start", lambda _loop: None)


@pytest.mark.usefixtures("_still_loop")
def test_a_key_struck_in_the_window_is_heard_until_it_is_let_go(desk, hands):
    desk.follow(PlayNote(LEAD, 60, 100, is_down=True))
    struck = loudest(hands)
    desk.follow(PlayNote(LEAD, 60, 1, is_down=False))
    loudest(hands, 400)

    assert struck > 0.01
    assert loudest(hands) < 1e-4
    assert not desk.told(Refused)


@pytest.mark.usefixtures("_still_loop")
def test_the_next_key_of_a_track_needs_no_new_loop(desk, hands):
    desk.follow(PlayNote(LEAD, 60, 100, is_down=True))
    loop = hands._loop
    desk.follow(PlayNote(LEAD, 64, 100, is_down=True))

    assert hands._loop is loop


@pytest.mark.usefixtures("_still_loop")
def test_tracks_that_are_live_stay_so_beside_it(desk, hands):
    desk.follow(SetLive(None, (LivePart("other", Patch("synth", preset="saw_lead")),)))
    desk.follow(PlayNote(LEAD, 60, 100, is_down=True))

    assert [track.track_id for track in hands._loop.tracks] == ["other", "lead"]


@pytest.mark.usefixtures("_still_loop")
def test_half_a_minute_after_the_last_key_only_what_was_wished_for_is_live(desk, hands, monkeypatch):
    desk.follow(PlayNote(LEAD, 60, 100, is_down=True))
    later = hands._now() + 31.0
    monkeypatch.setattr(hands, "_now", lambda: later)

    hands.look_around()

    assert hands._loop is None


def test_a_key_let_go_that_was_never_struck_makes_nothing_live(desk, hands):
    desk.follow(PlayNote(LEAD, 60, 1, is_down=False))

    assert hands._loop is None


def test_keys_of_a_keyboard_are_told(desk, hands):
    hands._record(MidiEvent(0.0, bytes((0x90, 60, 100))))
    hands._record(MidiEvent(0.1, bytes((0xB0, 1, 64))))
    hands._record(MidiEvent(0.2, bytes((0x91, 60, 0))))

    desk.conductor.look_around()

    assert desk.told(KeyMoved) == [KeyMoved(60, 100), KeyMoved(60, 0)]

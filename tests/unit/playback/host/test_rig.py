"""Who keeps the device open, over devices that open and fail as they are told."""

import time

import pytest

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.host import OpenSpeaker, _rig
from musicgen_desktop.playback.host._rig import RigKeeper
from musicgen_desktop.playback.speaker import SpeakerSettings


class Devices:
    """Opens those that are there."""

    def __init__(self):
        self.there = {"a", "b"}
        self.log = []
        self.last_words = None
        self.keeper = RigKeeper(
            self.make,
            lambda rig: self.log.append(f"opened {rig}"),
            lambda rig: self.log.append(f"closed {rig}"),
            lambda sentence: self.log.append(f"lost: {sentence}"),
        )

    def make(self, wish, on_lost):
        name = wish.settings.device
        if name not in self.there:
            raise MusicgenDesktopError(f"There is no {name}.")
        self.last_words = on_lost
        return name

    def until(self, is_so):
        give_up = time.monotonic() + 10.0
        while not is_so():
            assert time.monotonic() < give_up, self.log
            self.keeper.look_around()
            time.sleep(0.001)


def wish_for(name, *, is_patient=False):
    return OpenSpeaker(SpeakerSettings(device=name), is_patient=is_patient)


@pytest.fixture
def devices(monkeypatch):
    monkeypatch.setattr(_rig, "_RETRY_S", 0.01)
    monkeypatch.setattr(_rig, "rescan", lambda: None)
    return Devices()


def test_the_device_before_comes_back_when_another_does_not_open(devices):
    devices.keeper.open(wish_for("a"))

    with pytest.raises(MusicgenDesktopError, match="no c"):
        devices.keeper.open(wish_for("c"))

    assert devices.keeper.rig == "a"
    assert devices.log == ["opened a", "closed a", "opened a"]


def test_a_lost_device_is_told_once_and_opened_when_it_is_back(devices):
    devices.keeper.open(wish_for("a"))
    devices.there.clear()
    devices.last_words("It was pulled out.")
    devices.last_words("It was pulled out.")

    devices.keeper.look_around()
    assert devices.log == ["opened a", "closed a", "lost: It was pulled out."]
    assert devices.keeper.rig is None
    devices.there.add("a")
    devices.until(lambda: devices.keeper.rig == "a")

    assert devices.log[3:] == ["opened a"]


def test_the_last_words_of_an_older_device_are_not_heard(devices):
    devices.keeper.open(wish_for("a"))
    old_words = devices.last_words
    devices.keeper.open(wish_for("b"))

    old_words("It was pulled out.")
    devices.keeper.look_around()

    assert devices.keeper.rig == "b"


@pytest.mark.parametrize("before", ["", "a"])
def test_a_patient_wish_waits(devices, before):
    if before:
        devices.keeper.open(wish_for(before))
    devices.there.clear()

    devices.keeper.open(wish_for("b", is_patient=True))
    assert devices.keeper.rig is None
    devices.there |= {"a", "b"}

    devices.until(lambda: devices.keeper.rig is not None)


def test_a_device_that_does_not_close_is_gone_all_the_same(devices, monkeypatch):
    def fail(_rig):
        raise MusicgenDesktopError("It hangs.")

    devices.keeper.open(wish_for("a"))
    monkeypatch.setattr(devices.keeper, "_let_go", fail)

    with pytest.raises(MusicgenDesktopError, match="hangs"):
        devices.keeper.close()

    assert devices.keeper.rig is None

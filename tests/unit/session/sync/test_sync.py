"""What the player and the MIDI process are told when other clocks are wished for."""

from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.live_sync import (
    ClocksTaken,
    MidiProblem,
    OpenedPort,
    PortsOpened,
    PortWish,
    SetClocks,
    SetMaster,
    SetPorts,
    SetSong,
)
from musicgen_desktop.session.controllers.sync import Sync, SyncSettings, _sync
from musicgen_desktop.timing import MasterClock, MasterClockPage, Meter, MeterChange, MeterMap


class _Player:
    def __init__(self, folder):
        self.clock_path = folder / "clock"
        self.followed = []

    def follow(self, page):
        self.followed.append(page)


class _Client:
    made: ClassVar[list[object]] = []

    def __init__(self, clock_path, on_event):
        self.clock_path, self.on_event = clock_path, on_event
        self.sent, self.is_closed = [], False
        _Client.made.append(self)

    def send(self, command):
        self.sent.append(command)

    def close(self):
        self.is_closed = True


@pytest.fixture
def player(tmp_path, monkeypatch):
    monkeypatch.setattr(_sync, "LiveSyncClient", _Client)
    _Client.made = []
    return _Player(tmp_path)


@pytest.fixture
def problems():
    return []


@pytest.fixture
def sync(player, problems):
    made = Sync(player, Project.new("Song", 100.0), on_problem=problems.append)
    yield made
    made.close()


def _sent(kind):
    return [each for each in _Client.made[0].sent if isinstance(each, kind)]


def test_no_process_is_started_before_something_is_wished_for(sync):
    sync.set(SyncSettings())
    sync.show(Project.new("Song", 90.0))

    assert _Client.made == []


def test_clocks_go_to_ports_that_exist_and_to_one_of_our_own(sync):
    sync.set(SyncSettings(clock=("", "Synth"), timecode=("Synth",), offset_ms=3.0))

    assert _sent(SetPorts)[-1].ports == (
        PortWish("", "Sync", is_virtual=True, offset_ms=3.0),
        PortWish("Synth", "Synth", is_virtual=False, offset_ms=3.0),
    )
    assert _sent(SetClocks)[-1] == SetClocks(("", "Synth"), ("Synth",))
    assert _sent(SetSong)[-1].tempo_map.bpm_at(0) == 100.0


def test_following_is_told_to_both_sides_over_one_page(sync, player):
    sync.set(SyncSettings(follow="clock", follow_port="Drum box", offset_ms=-4.0))
    told = _sent(SetMaster)[-1]
    page = MasterClockPage.open(Path(told.page))
    page.write(MasterClock("rolling", speed=1600.0))

    assert player.followed == [Path(told.page)]
    assert (told.wish.kind, told.wish.port, told.wish.offset_ms, told.wish.bpm) == (
        "clock", "Drum box", -4.0, 100.0,
    )  # fmt: skip
    assert sync.master.bpm == 100.0


def test_following_nobody_lets_both_sides_go(sync, player):
    sync.set(SyncSettings(follow="link"))
    sync.set(SyncSettings())

    assert player.followed[-1] is None
    assert _sent(SetMaster)[-1].wish is None
    assert sync.master == MasterClock()


def test_another_tempo_of_the_song_is_sent_on(sync):
    sync.set(SyncSettings(clock=("",)))
    sync.show(Project.new("Song", 130.0))
    sync.show(Project.new("Other name", 130.0))

    assert [each.tempo_map.bpm_at(0) for each in _sent(SetSong)] == [100.0, 130.0]


def _in_meter(*changes, tempo=100.0):
    project = Project.new("Song", tempo)
    return msgspec.structs.replace(project, meter_map=MeterMap(changes))


def test_the_bar_of_a_link_session_is_the_songs_first(sync):
    six_eight, seven_eight = MeterChange(1, Meter(6, 8)), MeterChange(2, Meter(7, 8))
    sync.show(_in_meter(six_eight, seven_eight))

    sync.set(SyncSettings(follow="link"))

    assert _sent(SetMaster)[-1].wish.quantum == 3.0


def test_another_first_bar_is_told_to_a_link_session(sync, player):
    sync.set(SyncSettings(follow="link"))
    sync.show(_in_meter(MeterChange(1, Meter(3, 4))))
    sync.show(_in_meter(MeterChange(1, Meter(3, 4)), MeterChange(5, Meter(4, 4)), tempo=90.0))

    assert [each.wish.quantum for each in _sent(SetMaster)] == [4.0, 3.0]
    assert len(player.followed) == 1


def test_another_first_bar_is_nothing_to_those_who_tell_the_bar_themselves(sync):
    sync.set(SyncSettings(follow="clock"))
    sync.show(_in_meter(MeterChange(1, Meter(3, 4))))

    assert len(_sent(SetMaster)) == 1


def test_what_is_wrong_is_told(sync, problems):
    sync.set(SyncSettings(clock=("Synth",)))
    hear = _Client.made[0].on_event

    hear(MidiProblem("It stumbled."))
    hear(PortsOpened((OpenedPort("Synth", "", "", "It is not there."),)))
    hear(ClocksTaken("No server."))
    hear(ClocksTaken())

    assert problems == ["It stumbled.", "It is not there.", "No server."]


def test_closing_ends_the_process(sync, player):
    sync.set(SyncSettings(follow="jack"))
    sync.close()

    assert _Client.made[0].is_closed
    assert player.followed[-1] is None

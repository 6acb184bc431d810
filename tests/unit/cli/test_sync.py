"""`sync`: what is wrong with the wish is said in one sentence; what there is to follow is listed."""

import json
from types import SimpleNamespace

import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.live_sync import ClocksTaken, OpenedPort, PortsOpened, SetClocks, SetPorts
from musicgen_desktop.timing import MasterClock


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("follow",), "--clock PORT"),
        (("follow", "--link", "--jack"), "--clock PORT"),
        (("send",), "--timecode"),
        (("send", "--timecode", "own", "--rate", "23"), "29.97df"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(refused, tmp_path, words, says):
    command, *options = words

    assert says in refused("sync", command, tmp_path / "Song.mgproj", *options)


def test_an_unknown_way_to_follow_is_refused(refused):
    assert "smoke" in refused("sync", "status", "--kind", "smoke")


def test_a_project_that_is_not_there_is_refused(refused, tmp_path):
    assert "Nowhere" in refused("sync", "follow", tmp_path / "Nowhere.mgproj", "--link")


class _Master:
    is_gone, peers = False, 2

    def look(self, now_s):
        return MasterClock("rolling", "ticks", now_s, 1920.0, 1920.0, bar=(0.0, 3840.0))

    def close(self):
        pass


@pytest.fixture
def _link_alone(monkeypatch):
    from musicgen_desktop.session.controllers.sync import _look

    monkeypatch.setattr(_look, "open_master", lambda _wish: _Master())


@pytest.mark.usefixtures("_link_alone")
def test_status_tells_tempo_place_and_peers(run):
    told = run("sync", "status", "--kind", "link", "--seconds", "0.1")
    as_json = run("sync", "status", "--kind", "link", "--seconds", "0.1", "--json")

    assert told.status == 0
    assert "120.00 BPM" in told.out
    assert "2 others" in told.out
    seen = json.loads(as_json.out)["masters"]
    assert [(each["kind"], each["state"], each["bpm"], each["unit"]) for each in seen] == [
        ("link", "rolling", 120.0, "quarters")
    ]


class _MidiProcess:
    """Answers at once: there is one port, “Box”, and no JACK server."""

    def __init__(self, _clock_path, on_event):
        self.on_event = on_event

    def send(self, command):
        if isinstance(command, SetPorts):
            self.on_event(PortsOpened(tuple(self._opened(wish) for wish in command.ports)))
        if isinstance(command, SetClocks):
            self.on_event(ClocksTaken("No JACK server runs here." if command.jack else ""))

    def _opened(self, wish):
        if wish.name == "Box":
            return OpenedPort(wish.key, "The Box", "")
        return OpenedPort(wish.key, "", "", f"There is no MIDI output “{wish.name}”.")

    def close(self):
        pass


class _PlayProject:
    """Plays four seconds in no time, and stumbles."""

    def __init__(self, project, speaker, *, on_note, beside, **_bars):
        self.folder, self.speaker, self.on_note, self.beside = project, speaker, on_note, beside

    def run(self, _report, _stop):
        player = SimpleNamespace(clock_path=self.folder / "clock")
        with self.beside(player, Project.new("Song", 100.0)):
            self.on_note("The sound card stumbled.")
        return SimpleNamespace(played_s=4.0, notes=("The sound card stumbled.",))


@pytest.fixture
def _plays_at_once(monkeypatch):
    from musicgen_desktop.session.controllers.sync import _run, _sync

    monkeypatch.setattr(_run, "PlayProject", _PlayProject)
    monkeypatch.setattr(_sync, "LiveSyncClient", _MidiProcess)


@pytest.mark.usefixtures("_plays_at_once")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--clock", "Nosuch"), "There is no MIDI output “Nosuch”."),
        (("--clock", "Box", "--timecode", "Nosuch"), "There is no MIDI output “Nosuch”."),
        (("--clock", "Box", "--jack"), "No JACK server runs here."),
    ],
)
def test_a_clock_that_cannot_be_sent_is_refused(refused, tmp_path, words, says):
    assert refused("sync", "send", tmp_path, *words) == says


@pytest.mark.usefixtures("_plays_at_once")
def test_sending_tells_its_ports_and_what_happened_meanwhile(run, tmp_path):
    heard = run("sync", "send", tmp_path, "--clock", "Box", "--device", "card")
    silent = run("sync", "send", tmp_path, "--clock", "Box")
    as_json = run("sync", "send", tmp_path, "--clock", "Box", "--device", "card", "--json")

    assert heard.status == silent.status == 0
    assert heard.out == "Played 4.0 s, and sent its clock through “The Box”.\n"
    assert heard.err.splitlines() == ["Sending through “The Box”.", "The sound card stumbled."]
    assert silent.err.splitlines() == ["Sending through “The Box”."]
    assert json.loads(as_json.out)["notes"] == ["The sound card stumbled."]
    assert as_json.err == ""

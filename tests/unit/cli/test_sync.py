"""`sync`: what is wrong with the wish is said in one sentence; what there is to follow is listed."""

import json

import pytest

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

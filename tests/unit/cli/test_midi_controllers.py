"""`midi controllers`."""

import json

from musicgen_desktop.document import MidiController
from musicgen_desktop.session.commands import learn_controller
from musicgen_desktop.session.preferences import Preferences, save_preferences
from musicgen_desktop.storage import save_project


def test_learned_controllers_are_listed_for_people_and_programs(run, two_bars, tmp_path):
    save_preferences(Preferences(midi_actions={"transport.play": "CC 115 channel 1"}))
    track = two_bars.tracks[0]
    project = learn_controller(two_bars, track.id, "gain_db", MidiController(1, 7)).project
    save_project(project, tmp_path / "Two.mgproj")

    told = run("midi", "controllers", tmp_path / "Two.mgproj")
    data = json.loads(run("midi", "controllers", tmp_path / "Two.mgproj", "--json").out)
    alone = json.loads(run("midi", "controllers", "--json").out)

    assert told.status == 0
    assert f"CC 7 channel 2        {track.name}: Gain  (absolute, project)" in told.out
    assert data["controllers"][1] == {
        "controller": "CC 7 channel 2",
        "moves": f"{track.name}: Gain",
        "mode": "absolute",
        "kept_in": "project",
    }
    assert alone["controllers"] == data["controllers"][:1]


def test_without_any_it_says_how_to_learn_one(run):
    save_preferences(Preferences())

    assert "Learn MIDI" in run("midi", "controllers").out


def test_what_is_no_project_is_refused(refused, tmp_path):
    assert "no project" in refused("midi", "controllers", tmp_path / "nowhere").lower()

"""The record button."""

import dataclasses

import pytest

from musicgen_desktop.document import MidiOutput
from musicgen_desktop.playback.recording import Recorded
from musicgen_desktop.session.commands import add_track, arm_tracks, mute_tracks, set_midi_output
from musicgen_desktop.session.controllers.playing import RecordingEnded
from musicgen_desktop.ui.main_window._actions import add_transport_actions
from musicgen_desktop.ui.main_window._recording import Recording
from tests.fakes.silent_player import SilentPlayer


class ArmedPlayer(SilentPlayer):
    """Remembers what is recorded and listened to."""

    def arm(self, wish):
        self.told.append(("arm", wish))

    def listen(self, why, *track_ids):
        self.told.append(("listen", why, track_ids))


@pytest.fixture
def recorder(bridges):
    player = ArmedPlayer(bridges.project)
    made = dataclasses.replace(bridges, player=player)
    recording = Recording(made)
    add_transport_actions(made, recording.toggle)
    return made


def test_without_an_armed_track_it_says_how_to_arm_one(qtbot, recorder):
    with qtbot.waitSignal(recorder.status.said) as said:
        recorder.actions["transport.record"].trigger()

    assert "armed" in said.args[0]
    assert not recorder.actions["transport.record"].isChecked()


def test_armed_tracks_are_recorded_after_a_bar_of_count_in_and_the_button_stops_it(recorder):
    track_id = recorder.project.ask_new(add_track, kind="audio")
    recorder.project.ask(arm_tracks, [track_id])

    recorder.actions["transport.record"].trigger()

    wish = next(told[1] for told in recorder.player.told if told[0] == "arm")
    assert [armed.track_id for armed in wish.tracks] == [track_id]
    assert ("record", None) in recorder.player.told
    assert recorder.actions["transport.record"].isChecked()
    recorder.actions["transport.record"].trigger()
    assert recorder.player.told[-1][0] == "stop"


def test_an_armed_notes_track_is_heard_from_the_keyboard(recorder):
    track = next(track for track in recorder.project.project.tracks if track.kind == "notes")

    recorder.project.ask(arm_tracks, [track.id])

    assert ("listen", "armed", (track.id,)) in recorder.player.told


def test_a_recording_of_nothing_is_told(qtbot, recorder):
    empty = Recorded(log="x", started="2026-01-01T00:00:00+00:00")

    with qtbot.waitSignal(recorder.status.said) as said:
        recorder.player.recorded.emit(RecordingEnded(empty))

    assert said.args == ["Nothing was recorded.", "warn"]


def test_keys_of_an_armed_track_go_to_its_midi_output_too(recorder):
    out = recorder.player.midi_out
    track = next(each for each in recorder.project.project.tracks if each.kind == "notes")
    recorder.project.ask(set_midi_output, track.id, MidiOutput("Synth", 4))
    recorder.project.ask(arm_tracks, [track.id])
    before = out._thru
    recorder.player.keyboards = ("keys",)
    recorder.player.keyboards_changed.emit()
    sends = out._thru
    recorder.project.undo()

    assert before == out._thru == ("", "", None)
    assert sends == ("keys", "Synth", 4)


def test_a_muted_track_and_a_track_that_is_not_armed_send_no_keys(bridges):
    out = bridges.player.midi_out
    track = next(each for each in bridges.project.project.tracks if each.kind == "notes")
    bridges.project.ask(set_midi_output, track.id, MidiOutput("Synth", 4))
    out.send_keys("keys", bridges.project.project, track.id)
    sends = out._thru
    bridges.project.ask(mute_tracks, [track.id])
    out.send_keys("keys", bridges.project.project, track.id)
    muted = out._thru
    bridges.project.undo()
    out.send_keys("keys", bridges.project.project, track.id)
    out.send_keys("", bridges.project.project, "")

    assert sends == ("keys", "Synth", 4)
    assert muted == ("", "", None)
    assert out._thru == ("", "", None)

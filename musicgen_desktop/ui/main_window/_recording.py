"""Recording from the window: arm, count in, keep the takes."""

from PySide6.QtCore import QObject

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.playing import RecordingEnded, armed_recording
from musicgen_desktop.session.controllers.record import keep_takes
from musicgen_desktop.ui.bridges import Bridges

_COUNT_IN_BARS = 1


class Recording(QObject):
    """The record button: starts on the armed tracks, stops, and puts what was played on them."""

    def __init__(self, bridges: Bridges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        bridges.player.recorded.connect(self._keep)
        bridges.player.opened.connect(lambda _opened: self._listen())
        bridges.project.changed.connect(lambda _change: self._listen())
        bridges.player.keyboards_changed.connect(self._send_keys)

    def toggle(self) -> None:
        """Record from the play head on, or stop."""
        player = self._bridges.player
        if player.is_running:
            player.stop()
            return
        try:
            wish = armed_recording(self._bridges.project.store, player.speaker)
        except UserInputError as error:
            self._bridges.status.say(str(error), "warn")
            self._bridges.actions["transport.record"].setChecked(False)
            return
        player.arm(wish)
        player.record(count_in_bars=_COUNT_IN_BARS)

    def _listen(self) -> None:
        """Armed notes tracks sound from the keyboard at once."""
        tracks = self._bridges.project.project.tracks
        live = (track.id for track in tracks if track.armed and track.kind == "notes")
        self._bridges.player.listen("armed", *live)
        self._send_keys()

    def _send_keys(self) -> None:
        """What is played on an armed track goes to its MIDI output as well."""
        player, project = self._bridges.player, self._bridges.project.project
        sending = (track.id for track in project.tracks if track.armed and track.midi_output is not None)
        track_id = next(sending, "")
        keyboard = player.keyboards[0] if track_id and player.keyboards else ""
        player.midi_out.send_keys(keyboard, project, track_id)

    def _keep(self, event: RecordingEnded) -> None:
        recorded = event.recorded
        if not recorded.takes and not recorded.notes:
            self._bridges.status.say(self.tr("Nothing was recorded."), "warn")
            return
        try:
            kept = keep_takes(self._bridges.project.store, recorded)
        except UserInputError as error:
            self._bridges.status.say(str(error), "bad")
            return
        self._bridges.selection.select_clips(kept.clip_ids)
        if recorded.failure:
            self._bridges.status.say(recorded.failure, "warn")
        else:
            self._bridges.status.say(self.tr("%n clip(s) recorded", "", len(kept.clip_ids)), "good")

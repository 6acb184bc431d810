"""A note that is touched is heard for a moment."""

from PySide6.QtCore import QObject, QTimer

from ._view_model import RollModel

_LONGEST_MS = 600


class Audition(QObject):
    """One pitch at a time, through the track's own sound. It stays silent while the song runs."""

    def __init__(self, model: RollModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._sounding: tuple[str, int] | None = None
        self.is_on = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LONGEST_MS)
        self._timer.timeout.connect(self.end)

    def strike(self, pitch: int, velocity: int) -> None:
        """Let a pitch sound, in place of the one before."""
        self.end()
        track, player = self._model.track, self._model.bridges.player
        if track is None or player.is_running or not self.is_on:
            return
        player.audition_note(track.id, pitch, velocity, on=True)
        self._sounding = track.id, pitch
        self._timer.start()

    def end(self) -> None:
        """Let the key go."""
        self._timer.stop()
        if self._sounding is not None:
            track_id, pitch = self._sounding
            self._sounding = None
            self._model.bridges.player.audition_note(track_id, pitch, 0, on=False)

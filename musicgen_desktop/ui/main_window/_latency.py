"""Measures how long sound takes out through a device and back, for the settings."""

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.session.controllers.playing import LatencyReport, MeasureDevice, OpenSpeaker
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.bridges import JobsBridge, PlayerBridge


class LatencyMeasurement(QObject):
    """One at a time. Some devices serve one process only, so playback lets go of its own meanwhile."""

    measured = Signal(str)
    """What was found, in a sentence."""
    failed = Signal(str)

    def __init__(self, player: PlayerBridge, jobs: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._jobs = jobs
        self._job_id = ""
        self._speaker: OpenSpeaker | None = None
        self._was_open = False
        jobs.progressed.connect(self._take)

    def measure(self, speaker: OpenSpeaker, playing: OpenSpeaker) -> None:
        """Begin.

        Args:
            speaker: the device to measure.
            playing: the device that playback takes afterwards.
        """
        if self._job_id:
            return
        self._speaker = playing
        self._was_open = self._player.is_open
        if self._was_open:
            self._player.stop()
            self._player.close()
        self._job_id = self._jobs.submit(MeasureDevice(speaker), self.tr("Measuring latency"))

    def _take(self, job: JobHandle) -> None:
        if job.id != self._job_id or not job.is_over:
            return
        self._job_id = ""
        if self._was_open:
            self._player.open(self._speaker)
        if isinstance(job.result, LatencyReport):
            words = self.tr(
                "“{device}”: out and back takes {ms} ms; recordings are placed by it from now on."
            )
            self.measured.emit(words.format(device=job.result.device, ms=job.result.round_trip_ms))
        else:
            self.failed.emit(job.problem or self.tr("The measurement was stopped."))

"""Measure how long sound takes through the sound card and back, and remember it."""

from dataclasses import dataclass, field

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, no_report
from musicgen_desktop.playback.host import LatencyMeasured, OpenSpeaker, SpeakerOpened

from ._inbox import Inbox
from ._latencies import remember_residual
from ._player import Player

_START_S, _MEASURE_S = 30.0, 20.0


class LatencyReport(msgspec.Struct, frozen=True):
    """What was measured; recordings through this device are placed by it from now on."""

    device: str
    rate: int
    buffer_frames: int
    round_trip_frames: int
    round_trip_ms: float
    told_by_device_frames: int


@dataclass(frozen=True)
class MeasureDevice:
    """Play a chirp through a device whose output is connected to its first input.

    Attributes:
        speaker: the device, and how to open it.
    """

    speaker: OpenSpeaker = field(default_factory=OpenSpeaker)

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> LatencyReport:
        """Do it, within seconds.

        Raises:
            Stopped: when `stop` was set.
            MusicgenDesktopError: when the device cannot be opened, or the chirp does not come back.
        """
        report(0.0, "Measuring")
        inbox = Inbox()
        player = Player(Project.new("measure"), None, on_event=inbox.put)
        settings = self.speaker.settings
        settings = msgspec.structs.replace(settings, inputs=max(settings.inputs, 1))
        try:
            player.open(msgspec.structs.replace(self.speaker, settings=settings))
            opened = inbox.wait_for(SpeakerOpened, _START_S, stop=stop)
            if opened.silent_because:
                raise MusicgenDesktopError(opened.silent_because)
            player.measure_latency()
            found = inbox.wait_for(LatencyMeasured, _MEASURE_S, stop=stop)
        finally:
            player.close()
        remember_residual(opened, found.residual_frames)
        return LatencyReport(
            device=opened.name,
            rate=opened.rate,
            buffer_frames=opened.device_frames,
            round_trip_frames=found.round_trip_frames,
            round_trip_ms=round(1000.0 * found.round_trip_frames / opened.rate, 2),
            told_by_device_frames=found.told_frames,
        )

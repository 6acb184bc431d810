"""Measure how long notes take from an output to an input."""

from dataclasses import dataclass

from musicgen_desktop.exchange.live_sync import LoopbackReport, find_midi_output, measure_loopback
from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.playback.live import find_midi_input


@dataclass(frozen=True)
class MeasureMidi:
    """Send notes to an output, and listen for them at an input that they come back to.

    Attributes:
        port: the output's name, or a part of it.
        input: the input's, likewise.
    """

    port: str
    input: str

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> LoopbackReport:
        """Do it; it takes about three seconds.

        Raises:
            UserInputError: when there is no such port.
            MusicgenDesktopError: when nothing comes back.
            Stopped: when the flag is set.
        """
        output, input_port = find_midi_output(self.port), find_midi_input(self.input)
        return measure_loopback(output, input_port, report, stop or StopFlag())

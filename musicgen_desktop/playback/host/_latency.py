"""How long sound takes through the device and back: a chirp goes out, and is listened for."""

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.playback.mixer import LiveMixer, Planar
from musicgen_desktop.playback.recording import loopback_signal, measure_loopback
from musicgen_desktop.playback.transport import Playhead

from ._events import LatencyMeasured
from ._output import Output

_LISTEN_S = 2.0


class _Chirp(LiveMixer):
    """Plays the test signal instead of a song."""

    def __init__(self, rate: int, clock: int) -> None:
        self._signal = np.ascontiguousarray(loopback_signal(rate).T)
        self._clock = clock

    @property
    def latency_frames(self) -> int:
        """None."""
        return 0

    def process(self, clock: int, frames: int, *_: object) -> Planar:
        """[2, frames] of the signal, then silence."""
        block = np.zeros((2, frames), np.float32)
        at = clock - self._clock
        part = self._signal[:, at : at + frames]
        block[:, : part.shape[1]] = part
        return block


class LatencyCheck:
    """One measurement on an open device. Belongs to the control thread.

    Args:
        output: the device; nothing else may play meanwhile.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._clock = clock = output.engine.clock + output.rate
        self._heard: list[tuple[int, Audio]] = []
        self._frames = 0
        engine, chirp = output.engine, _Chirp(output.rate, clock)
        output.thread.post(lambda: engine.begin(Playhead(clock), chirp, clock))

    def feed(self, input_clock: int, block: Audio) -> LatencyMeasured | None:
        """Listen to what came in; the result, once there is enough.

        Raises:
            NoLoopbackError: when the chirp did not come back.
        """
        speaker = self._output.speaker
        clock = self._output.engine.clock_of(speaker.clock_of_input(input_clock))
        if clock is None or clock + len(block) <= self._clock:
            return None
        start = clock - self._clock
        self._heard.append((start, block))
        if start + len(block) < _LISTEN_S * self._output.rate:
            return None
        first = self._heard[0][0]
        sound = np.concatenate([each for _, each in self._heard])
        sound = sound[-first:] if first < 0 else np.pad(sound, ((first, 0), (0, 0)))
        self._output.thread.post(self._output.engine.halt)
        found = measure_loopback(sound, self._output.rate)
        return LatencyMeasured(found.latency_frames, speaker.latency_frames + speaker.input_latency_frames)

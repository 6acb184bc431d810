"""What comes in through a microphone, heard through its track's strip."""

from collections import deque
from collections.abc import Callable

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.timing import TempoMap

from ._live_strip import LiveStrip, PreparedStrip
from ._midi_event import MidiEvent

_SPARE_S = 0.003
_MOST_S = 0.030
_SEAM_FRAMES = 64


class LiveInput:
    """Monitors one or two input channels. One thread renders it, another one may feed it, and one
    `prepare_strip`.

    What comes in device block by device block goes out in other blocks; so a device block and some
    milliseconds are kept back. When that runs out, or a good deal more has gathered, it begins anew.

    Args:
        track_id: whose.
        settings: of the track's strip, as planned.
        rate: frames per second.
        device_frames: how many frames come in at once.
        channels: which of the inputs, from 0: one for both sides, or left and right.
        tempo: for effects that count in beats.
        heard: False while the track is muted, or another one is solo.
        place: tells the frame of the timeline that is rendered now, which automation follows.
    """

    def __init__(
        self,
        track_id: str,
        settings: StripSettings,
        rate: int,
        *,
        device_frames: int,
        channels: tuple[int, ...] = (0,),
        tempo: TempoMap | None = None,
        heard: bool = True,
        place: Callable[[], int] = lambda: 0,
    ) -> None:
        self.track_id = track_id
        self.gaps = 0
        """How often what had come in ran out."""
        self._sides = [channels[0], channels[-1]]
        self._kept = device_frames + round(_SPARE_S * rate)
        self._most = self._kept + device_frames + round(_MOST_S * rate)
        self._strip = LiveStrip(settings, rate, tempo or TempoMap.constant(120.0), heard=heard, place=place)
        self._incoming: deque[Audio] = deque()
        self._held: Audio = np.zeros((0, 2), np.float32)
        self._runs = False

    def feed(self, block: Audio) -> None:
        """Take what came in: [frames, inputs]. From any thread, one at a time."""
        if len(block) and max(self._sides) < block.shape[1]:
            self._incoming.append(block[:, self._sides])

    def hear(self, event: MidiEvent, at: int = 0) -> bool:  # noqa: ARG002
        """Keys are nothing to it."""
        return False

    def prepare_strip(self, settings: StripSettings, *, heard: bool = True) -> PreparedStrip:
        """Make what `set_strip` needs: effects that may take longer than a block to make.

        One thread does this, which need not be the one that renders; it has all of them set, in order.
        """
        return self._strip.prepare(settings, heard=heard)

    def set_strip(self, prepared: PreparedStrip) -> None:
        """The track's strip is set otherwise: the sound turns into it within the next block."""
        self._strip.set(prepared)

    def panic(self) -> None:
        """Forget what came in and was not heard yet."""
        self._incoming.clear()
        self._held = self._held[:0]
        self._runs = False

    def render(self, frames: int) -> Audio:
        """[frames, 2] of what follows the last block."""
        while self._incoming:
            self._held = np.concatenate((self._held, self._incoming.popleft()))
        if len(self._held) > self._most:
            self._skip(len(self._held) - self._kept)
        block = np.zeros((frames, 2), np.float32)
        begins = not self._runs and len(self._held) >= max(self._kept, frames)
        if self._runs or begins:
            found = self._held[:frames].copy()
            self._held = self._held[frames:]
            if begins:
                found[:_SEAM_FRAMES] *= _ramp(len(found[:_SEAM_FRAMES]))
            self._runs = len(found) == frames
            if not self._runs:
                self.gaps += 1
                seam = min(_SEAM_FRAMES, len(found))
                found[len(found) - seam :] *= _ramp(seam)[::-1]
            block[: len(found)] = found
        return np.ascontiguousarray(self._strip.process(np.ascontiguousarray(block.T)).T)

    def _skip(self, frames: int) -> None:
        """Leave out the oldest frames, with a short cross-fade."""
        new = self._held[frames:].copy()
        seam = min(_SEAM_FRAMES, len(new))
        ramp = _ramp(seam)
        new[:seam] = self._held[:seam] * (1 - ramp) + new[:seam] * ramp
        self._held = new


def _ramp(frames: int) -> Audio:
    """[frames, 1] up to 1."""
    return ((np.arange(frames, dtype=np.float32) + 1) / np.float32(max(frames, 1)))[:, np.newaxis]

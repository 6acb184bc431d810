"""A track's strip as it is heard live: without its ways to other strips, and turned without a click."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec
import numpy as np

from musicgen_desktop.playback.mixer import Planar, Strip, StripSettings
from musicgen_desktop.timing import TempoMap


class PreparedStrip(NamedTuple):
    """A strip with all its effects, ready to be turned into.

    Attributes:
        strip: None where only `heard` changes.
        heard: False while the track is muted, or another one is solo.
    """

    strip: Strip | None
    heard: bool


class LiveStrip:
    """Trim, inserts, fader and pan. Effects are made by one thread, and used by another.

    Args:
        settings: of the track's strip, as planned.
        rate: frames per second.
        tempo: for effects that count in beats.
        heard: False while the track is muted, or another one is solo.
        place: tells the frame of the timeline that is rendered now, which automation follows.
    """

    def __init__(
        self, settings: StripSettings, rate: int, tempo: TempoMap, *, heard: bool, place: Callable[[], int]
    ) -> None:
        self._rate = rate
        self._tempo = tempo
        self._place = place
        self._prepared = _as_live(settings)
        self._strip = Strip(self._prepared, rate, tempo)
        self._old: Strip | None = None
        self._heard = self._was_heard = heard

    def prepare(self, settings: StripSettings, *, heard: bool) -> PreparedStrip:
        """Make what `set` needs, which may take long. One thread does so, whichever, and has all set."""
        wanted = _as_live(settings)
        if wanted == self._prepared:
            return PreparedStrip(None, heard)
        self._prepared = wanted
        return PreparedStrip(Strip(wanted, self._rate, self._tempo), heard)

    def set(self, prepared: PreparedStrip) -> None:
        """It is set otherwise: the sound turns into it within the next block."""
        self._heard = prepared.heard
        if prepared.strip is not None:
            self._old = self._old or self._strip
            self._strip = prepared.strip

    def process(self, block: Planar) -> Planar:
        """[2, frames] in, which may be overwritten, and out."""
        frames = block.shape[1]
        place = self._place()
        before = None if self._old is None else self._old.process(block.copy(), place, _nowhere)
        block = self._strip.process(block, place, _nowhere)
        if before is not None:
            block = before + (block - before) * _ramp(frames)
            self._old = None
        if self._heard != self._was_heard:
            block = block * (_ramp(frames) if self._heard else 1 - _ramp(frames))
            self._was_heard = self._heard
        elif not self._heard:
            block = np.zeros_like(block)
        return block


def _as_live(settings: StripSettings) -> StripSettings:
    return msgspec.structs.replace(settings, output=None, output_delay_frames=0, sends=(), arrival_frames=0)


def _nowhere(_target: str, _block: Planar) -> None:
    """A strip without output and sends delivers nothing."""


def _ramp(frames: int) -> Planar:
    ramp: Planar = np.arange(1, frames + 1, dtype=np.float32) / np.float32(frames)
    return ramp

"""A track that is played now: messages, an instrument and the track's strip."""

from collections.abc import Callable

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.instruments import LiveInstrument
from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.timing import TempoMap

from ._live_strip import LiveStrip, PreparedStrip
from ._midi_event import CONTROL, NOTE_OFF, NOTE_ON, PITCH_BEND, MidiEvent


class LiveTrack:
    """Sounds what one hand plays. One thread uses it; another one may `prepare_strip`.

    Its sound goes through the track's trim, inserts, fader and pan, and then straight to the speaker: not
    through sends, groups and the master, which would cost the time of the mixer's look-ahead.

    Args:
        track_id: whose.
        instrument: what sounds.
        settings: of the track's strip, as planned.
        rate: frames per second.
        tempo: for effects that count in beats.
        channel: 0 … 15, the only one it hears; None for all.
        heard: False while the track is muted, or another one is solo.
        place: tells the frame of the timeline that is rendered now, which automation follows.
    """

    def __init__(
        self,
        track_id: str,
        instrument: LiveInstrument,
        settings: StripSettings,
        rate: int,
        *,
        tempo: TempoMap | None = None,
        channel: int | None = None,
        heard: bool = True,
        place: Callable[[], int] = lambda: 0,
    ) -> None:
        self.track_id = track_id
        self._instrument = instrument
        self._channel = channel
        self._strip = LiveStrip(settings, rate, tempo or TempoMap.constant(120.0), heard=heard, place=place)

    @property
    def channel(self) -> int:
        """One that it hears, 0 … 15."""
        return self._channel or 0

    def hear(self, event: MidiEvent, at: int = 0) -> bool:
        """Take a message, heard from this frame of the next block on; whether it struck a key.

        What its instrument does not know is passed over.
        """
        if self._channel is not None and event.channel != self._channel:
            return False
        kind, data = event.kind, event.data
        if kind == NOTE_ON:
            self._instrument.note_on(data[1], data[2], at)
        elif kind == NOTE_OFF:
            self._instrument.note_off(data[1], at)
        elif kind == CONTROL:
            self._instrument.control("cc", data[1], data[2], at)
        elif kind == PITCH_BEND:
            self._instrument.control("pitch_bend", 0, event.bend, at)
        return kind == NOTE_ON

    def prepare_strip(self, settings: StripSettings, *, heard: bool = True) -> PreparedStrip:
        """Make what `set_strip` needs: effects that may take longer than a block to make.

        One thread does this, which need not be the one that renders; it has all of them set, in order.
        """
        return self._strip.prepare(settings, heard=heard)

    def set_strip(self, prepared: PreparedStrip) -> None:
        """The track's strip is set otherwise: the sound turns into it within the next block."""
        self._strip.set(prepared)

    def panic(self) -> None:
        """Silence, whatever keys and pedals say."""
        self._instrument.panic()

    def render(self, frames: int) -> Audio:
        """[frames, 2] of what follows the last block."""
        block = np.ascontiguousarray(self._instrument.render(frames).T)
        return np.ascontiguousarray(self._strip.process(block).T)

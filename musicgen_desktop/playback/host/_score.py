"""The song as the playback process knows it."""

from musicgen_desktop.playback.mixer import LiveMixer, StripSettings
from musicgen_desktop.playback.transport import Playhead, clicks_between
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

from ._commands import SetPlan


class Score:
    """The plan that the client sent, piece by piece."""

    def __init__(self) -> None:
        self.number = 0
        self.rate = 0
        self.tempo_map = TempoMap.constant(120.0)
        self.meter_map = MeterMap.constant(Meter(4, 4))
        self.song_frames = 0
        self.tail_frames = 0
        self.strips: tuple[StripSettings, ...] = ()
        self.sources: dict[str, bytes] = {}

    def take(self, message: SetPlan) -> bool:
        """Become what the message says; whether times lie elsewhere now than they did."""
        if message.whole:
            self.strips, self.sources = (), {}
        known = {strip.id: strip for strip in (*self.strips, *message.strips)}
        self.strips = tuple(known[each] for each in message.order)
        for strip_id, source in message.sources:
            if source:
                self.sources[strip_id] = source
            else:
                self.sources.pop(strip_id, None)
        moved = self.rate != message.rate or self.tempo_map != message.tempo_map
        self.number, self.rate = message.number, message.rate
        self.tempo_map, self.meter_map = message.tempo_map, message.meter_map
        self.song_frames, self.tail_frames = message.song_frames, message.tail_frames
        return moved

    def fits(self, rate: int) -> bool:
        """Whether there is a plan, and it was made for this rate."""
        return bool(self.strips) and self.rate == rate

    def mixer(self) -> LiveMixer:
        """A fresh mixer that has heard nothing."""
        return LiveMixer(self.strips, self.rate, self.tempo_map)

    def frame_at(self, tick: float) -> int:
        """The timeline's frame at a tick."""
        return self.tempo_map.frame_at(tick, self.rate)

    def tick_at(self, frame: int) -> float:
        """The tick at a frame of the timeline, not rounded; 0 while there is no plan."""
        return self.tempo_map.tick_at(frame / self.rate) if self.rate else 0.0

    def clicks(self, course: Playhead, clock: int, frames: int) -> list[tuple[int, bool]]:
        """The metronome's clicks in a stretch of the stream."""
        return clicks_between(course, clock, frames, self.rate, self.tempo_map, self.meter_map)

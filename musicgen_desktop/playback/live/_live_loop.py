"""The thread that keeps the live ring filled, just far enough ahead."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec
import numpy as np

from musicgen_desktop.dsp import Audio

from ._midi_event import NOTE_ON, MidiEvent
from ._thru_latency import RingClock, ThruLatency

_AHEAD_S = 0.008
_LEAST_AHEAD_S = 0.012
_MOST_AHEAD_S = 0.060
_GROWTH_S = 0.003
_CALM_S, _SHRINKAGE_S = 20.0, 0.001
_TURN_S = 0.0015
_SHORTEST_BLOCK = 32
_LONGEST_BLOCK = 2048
_MOST_WAITING = 4096


class LiveSpeaker(Protocol):
    """What the loop needs of a speaker."""

    @property
    def rate(self) -> int:
        """Frames per second."""

    @property
    def device_frames(self) -> int:
        """Frames that the device takes at once."""

    @property
    def latency_frames(self) -> int:
        """From leaving the ring to the ear."""

    def write_live(self, block: Audio) -> None:
        """Add frames that are heard as soon as possible: [frames, 2]."""

    def live_queued(self) -> int:
        """Frames of the live ring not yet taken."""


class LiveSource(Protocol):
    """A `LiveTrack` or a `LiveInput`."""

    def hear(self, event: MidiEvent, at: int = 0) -> bool:
        """Take a message, heard from this frame of the next block on; whether it struck a key."""

    def render(self, frames: int) -> Audio:
        """[frames, 2] of what follows the last block."""

    def panic(self) -> None:
        """Silence."""


class LiveLoop:
    """Renders live tracks into the speaker's live ring, a device block and some milliseconds ahead.

    A message sounds a fixed time after it came, at the very frame: what a hand plays evenly is heard evenly,
    however blocks fall. After the ring ran empty the fixed time becomes a little longer; where that does not
    happen again, it slowly becomes what it was.

    Args:
        speaker: whose live ring; nobody else may write to it.
        tracks: that sound.
        listener: is told of every message, for recording, on the thread that it came from.
        now: the clock of the messages.
    """

    def __init__(
        self,
        speaker: LiveSpeaker,
        tracks: Iterable[LiveSource] = (),
        *,
        listener: Callable[[MidiEvent], None] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._speaker = speaker
        self._tracks = tuple(tracks)
        self._listener = listener
        self._now = now
        self._rate = speaker.rate
        ahead_s = max(speaker.device_frames / self._rate + _AHEAD_S, _LEAST_AHEAD_S)
        self._ahead = round(ahead_s * self._rate)
        self._least_ahead = self._ahead
        self._most_ahead = self._ahead + round(_MOST_AHEAD_S * self._rate)
        self._calm_since = 0
        self._clock = RingClock(self._rate)
        self._written = 0
        self._incoming: deque[MidiEvent] = deque(maxlen=_MOST_WAITING)
        self._waiting: list[MidiEvent] = []
        self._orders: deque[Callable[[], object]] = deque()
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self.latency = ThruLatency()
        """What was measured until now; replaced whole, and may be read by any thread."""
        self.failed: str | None = None
        """Why it ended by itself, in one sentence; None while it did not."""

    @property
    def delay_s(self) -> float:
        """How long after its message a key leaves the ring: always the same, until the ring runs empty."""
        return (self._ahead + self._speaker.device_frames) / self._rate

    @property
    def tracks(self) -> tuple[LiveSource, ...]:
        """Those that sound."""
        return self._tracks

    def hear(self, event: MidiEvent) -> None:
        """Take a message, from any thread."""
        self._incoming.append(event)
        if self._listener is not None:
            self._listener(event)

    def order(self, act: Callable[[], object]) -> None:
        """Have the loop's thread do something between two blocks, such as `set_strip`."""
        self._orders.append(act)
        self._wake.set()

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End, with all keys up; also twice."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._panic()

    def turn(self) -> int:
        """One look at the ring: carry out orders, and fill it up; how many frames were written."""
        while self._orders:
            self._orders.popleft()()
        if not self._tracks:
            self._incoming.clear()
            return 0
        queued = self._speaker.live_queued()
        now = self._now()
        if self._written and queued == 0:
            self._ran_empty()
        elif self._written - self._calm_since > _CALM_S * self._rate:
            self._ahead = max(self._ahead - round(_SHRINKAGE_S * self._rate), self._least_ahead)
            self._calm_since = self._written
        self._clock.see(now, self._written - queued)
        if len(self._incoming) == _MOST_WAITING:
            self._panic()  # some were lost, perhaps those that let keys go
        while self._incoming:
            self._waiting.append(self._incoming.popleft())
        missing = self._ahead - queued
        if missing < _SHORTEST_BLOCK:
            return 0
        done = 0
        while done < missing:
            frames = min(missing - done, _LONGEST_BLOCK)
            self._write(frames)
            done += frames
        return done

    def _write(self, frames: int) -> None:
        due = self._due(frames)
        mix = np.zeros((frames, 2), np.float32)
        for track in self._tracks:
            for event, at in due:
                track.hear(event, at)
            mix += track.render(frames)
        self._speaker.write_live(mix)
        self._written += frames

    def _due(self, frames: int) -> list[tuple[MidiEvent, int]]:
        """The messages that fall into the next block, each with its frame there; the others stay."""
        due: list[tuple[MidiEvent, int]] = []
        later: list[MidiEvent] = []
        for event in self._waiting:
            wanted = self._clock.frame_at(event.at + self.delay_s) - self._written
            if wanted >= frames or later:
                later.append(event)  # in order: a key that comes up never overtakes its stroke
                continue
            # In order here, too, where time stamps are not.
            at = max(wanted, 0, due[-1][1] if due else 0)
            due.append((event, at))
            self._measure(event, at, late=wanted < 0)
        self._waiting = later
        return due

    def _measure(self, event: MidiEvent, at: int, *, late: bool) -> None:
        if event.kind != NOTE_ON:
            return
        heard_at = self._clock.time_of(self._written + at) + self._speaker.latency_frames / self._rate
        self.latency = self.latency.with_note(heard_at - event.at, late=late)

    def _ran_empty(self) -> None:
        self._calm_since = self._written
        self._ahead = min(self._ahead + round(_GROWTH_S * self._rate), self._most_ahead)
        self.latency = msgspec.structs.replace(self.latency, underruns=self.latency.underruns + 1)

    def _panic(self) -> None:
        self._waiting.clear()
        for track in self._tracks:
            track.panic()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.turn()
            except Exception as error:  # noqa: BLE001 - the song must go on, whatever an instrument does
                self.failed = f"Live playing ended ({error}). Arm the track again."
                return
            self._wake.wait(None if not self._tracks and not self._orders else _TURN_S)
            self._wake.clear()

"""What the render thread knows of whatever plays: a ring ahead of a callback."""

import threading
from abc import ABC, abstractmethod

from musicgen_desktop.dsp import Audio

from ._clocks import ClockRelation
from ._ring import OutputRing

CHANNELS = 2


class Speaker(ABC):
    """Takes frames ahead of time and plays them one by one. One thread calls all that changes something.

    The *stream clock* counts the frames that this thread wrote: frame 0 is the first one ever written, and
    `played()` is the next one to leave. It stands still while there is nothing to take.

    Args:
        name: of the device.
        rate: frames per second.
        ring: what is going to be heard.
        live: the second ring, added to the first one.
        inputs: channels that are recorded; 0 for none.
        remark: what is not as the user asked for, in one sentence.
    """

    channels = CHANNELS
    why_silent: str | None = None
    """Why nothing is heard, in one sentence; None where something is."""
    host_api = ""
    """The way to the device, as the system calls it; empty for none."""
    input_device = ""
    """The name of the device that the inputs belong to; empty for none."""

    def __init__(
        self,
        *,
        name: str,
        rate: int,
        ring: OutputRing,
        live: OutputRing,
        inputs: int = 0,
        remark: str | None = None,
    ) -> None:
        self.name = name
        self.rate = rate
        self.inputs = inputs
        self.remark = remark
        self.starvations = 0
        self.input_overflows = 0
        self.resume_frames = 0
        """After a starvation it plays on once so many frames wait; 0 for two of the device's blocks."""
        self._ring = ring
        self._live = live
        self._relation = ClockRelation()
        self._lock = threading.Lock()  # the callback's orders: the live ring may have a thread of its own
        self._is_open = False
        self._is_fed = False

    # What goes out

    @property
    def written(self) -> int:
        """Frames written since the start: the stream clock of the next frame to be written."""
        return self._ring.written

    @property
    def capacity(self) -> int:
        """How many frames fit into the ring; a second at least."""
        return self._ring.capacity

    def queued(self) -> int:
        """Frames written and not yet taken by the callback."""
        return self._ring.waiting()

    def played(self) -> int:
        """Frames taken by the callback: the stream clock of the next one to be taken. Any thread may ask."""
        return self._ring.taken()

    def write(self, block: Audio) -> None:
        """Add frames; never waits. What is written before `start` plays with its first callback.

        Args:
            block: [frames, 2].

        Raises:
            ValueError: they do not fit: ask `capacity` and `queued` first.
        """
        self._ring.write(block)
        self._feed_when_ready()

    def read_back(self, at: int, frames: int) -> Audio:
        """What was written from stream frame `at` on: a copy, [frames, 2].

        Raises:
            ValueError: it was not written yet, or a whole `capacity` ago.
        """
        return self._ring.read_back(at, frames)

    def rewrite(self, at: int, block: Audio) -> int:
        """Replace frames that were written and not taken yet, in place.

        The callback may be taking frames meanwhile: begin at least a device block and the time of this call
        (some ten microseconds) behind `played()`.

        Returns:
            How many of the frames turned out to be taken already; 0 when the caller was early enough.

        Raises:
            ValueError: it was not written yet, or a whole `capacity` ago.
        """
        return self._ring.rewrite(at, block)

    def write_live(self, block: Audio) -> None:
        """Add frames that are heard as soon as possible, over all else: [frames, 2].

        Plays from when a whole device block waits, and has no stream clock. An empty live ring is silence.

        Raises:
            ValueError: they do not fit: a quarter of a second does.
        """
        self._live.write(block)
        if self._is_open and self._live.waiting() >= self.device_frames:
            with self._lock:
                self._arm_live()

    def live_queued(self) -> int:
        """Frames of the live ring not yet taken."""
        return self._live.waiting()

    # What comes in

    @abstractmethod
    def read_input(self) -> Audio:
        """All that came in since the last call: [frames, inputs]; [0, 0] without inputs."""

    def clock_of_input(self, frame: int) -> int:
        """The stream frame that went out as this input frame came in, also before the last starvation.

        The same one when something was written before `start`. Each starvation adds what the callback
        missed; it is known anew some callbacks later. Frames are counted here and no clock is asked, so it is
        exact; how long the sound takes from one to the other outside is the device's matter
        (`latency_frames` and `input_latency_frames`, or a loop-back measurement).
        """
        return self._relation.stream_frame(frame)

    # The device

    @property
    @abstractmethod
    def device_frames(self) -> int:
        """Frames that the callback takes at once."""

    @property
    @abstractmethod
    def latency_frames(self) -> int:
        """From leaving the ring to the ear, as the device says; 0 where it says nonsense."""

    @property
    @abstractmethod
    def input_latency_frames(self) -> int:
        """From the microphone to the ring, as the device says; 0 where it says nonsense."""

    def start(self) -> None:
        """Begin to play.

        The device may fill its own buffer at once: write `latency_frames` more than the usual look-ahead
        before.

        Raises:
            SpeakerLostError: the device does not start.
        """
        self._is_open = True
        if self._ring.waiting():
            self._feed()
        self._begin()

    @abstractmethod
    def close(self) -> None:
        """Stop at once and give the device back; also when it is gone, and twice."""

    def check(self) -> None:
        """Look after the callback; called every few milliseconds, by the thread that writes.

        A callback that found too little lets the ring go: this is counted in `starvations`, and it gets the
        ring again once `resume_frames` wait. No written frame is lost.

        Raises:
            SpeakerLostError: the device is gone.
        """
        self._beat()
        if self._is_fed and not self._holds_ring():
            self._is_fed = False
            self.starvations += 1
        self._feed_when_ready()

    def _feed_when_ready(self) -> None:
        if self._is_open and not self._is_fed:
            needed = (self.resume_frames or 2 * self.device_frames) if self.starvations else 1
            if self._ring.waiting() >= min(needed, self.capacity):
                self._feed()

    def _feed(self) -> None:
        self._is_fed = True
        with self._lock:
            self._arm()

    @abstractmethod
    def _begin(self) -> None:
        """Let callbacks come."""

    @abstractmethod
    def _beat(self) -> None:
        """See whether callbacks still come."""

    @abstractmethod
    def _holds_ring(self) -> bool:
        """Whether the callback still takes from the ring."""

    @abstractmethod
    def _arm(self) -> None:
        """Have the callback take from the ring."""

    @abstractmethod
    def _arm_live(self) -> None:
        """Have the callback take from the live ring, if it does not already."""

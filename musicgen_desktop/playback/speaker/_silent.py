"""A speaker that nobody hears: the song runs on where there is no sound card, and in tests."""

import time
from collections.abc import Callable

import numpy as np

from musicgen_desktop.dsp import Audio

from ._ring import PlainRing
from ._speaker import CHANNELS, Speaker

_MOST_INPUT_S = 5.0  # in one array
_LIVE_S = 0.25


class SilentSpeaker(Speaker):
    """Takes frames as a clock tells, block by block like a device; the clock is looked at when anybody asks.

    Args:
        rate: frames per second.
        device_frames: frames taken at once.
        inputs: channels of silence that come in.
        why_silent: one sentence.
        remark: what else is not as the user asked for.
        clock: seconds, only forward.
        heard: gets all that leaves, in order, silence of starvations included: [frames, 2].
    """

    def __init__(
        self,
        *,
        rate: int = 48000,
        device_frames: int = 512,
        inputs: int = 0,
        why_silent: str = "Nothing is heard: no sound device is open.",
        remark: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        heard: Callable[[Audio], None] | None = None,
    ) -> None:
        self._plain, self._plain_live = PlainRing(rate, CHANNELS), PlainRing(round(_LIVE_S * rate), CHANNELS)
        super().__init__(
            name="silence",
            rate=rate,
            ring=self._plain,
            live=self._plain_live,
            inputs=inputs,
            remark=remark,
        )
        self.why_silent = why_silent
        self._block = device_frames
        self._clock = clock
        self._heard = heard
        self._began_at: float | None = None
        self._passed = 0
        self._holds = False
        self._holds_live = False
        self._unread = 0

    @property
    def device_frames(self) -> int:
        """Frames taken at once."""
        return self._block

    @property
    def latency_frames(self) -> int:
        """None: nobody waits for it."""
        return 0

    @property
    def input_latency_frames(self) -> int:
        """None, likewise."""
        return 0

    def queued(self) -> int:
        """Frames written and not yet taken."""
        self._run()
        return super().queued()

    def played(self) -> int:
        """Frames taken: the stream clock of the next one to be taken."""
        self._run()
        return super().played()

    def live_queued(self) -> int:
        """Frames of the live ring not yet taken."""
        self._run()
        return super().live_queued()

    def read_input(self) -> Audio:
        """Silence, as long as the time since the last call: [frames, inputs]; [0, 0] without inputs."""
        self._run()
        with self._lock:
            frames = min(self._unread, round(_MOST_INPUT_S * self.rate))
            self._unread -= frames
        return np.zeros((frames if self.inputs else 0, self.inputs), np.float32)

    def close(self) -> None:
        """Stop; also twice."""
        self._is_open = self._is_fed = self._holds = False
        self._began_at = None

    def _begin(self) -> None:
        self._began_at = self._clock()

    def _beat(self) -> None:
        self._run()

    def _holds_ring(self) -> bool:
        return self._holds

    def _arm(self) -> None:
        self._catch_up()
        if not self._holds and self._passed:
            # What passed without the ring: the offset grows by it, as with a real device.
            offset = self._passed - self._plain.taken()
            self._relation.change(offset, input_frame=self._passed)
        self._holds = True

    def _arm_live(self) -> None:
        self._holds_live = True

    def _run(self) -> None:
        with self._lock:
            self._catch_up()

    def _catch_up(self) -> None:
        """Take what should have been taken until now; the lock is held."""
        if self._began_at is None:
            return
        due = int((self._clock() - self._began_at) * self.rate + 1e-6) // self._block * self._block
        frames, self._passed = due - self._passed, due
        if frames <= 0:
            return
        taken = self._plain.take(frames) if self._holds else self._plain.take(0)
        live = self._plain_live.take(frames) if self._holds_live else self._plain_live.take(0)
        self._holds = self._holds and len(taken) == frames
        self._holds_live = self._holds_live and len(live) == frames
        self._unread += frames
        if self._heard is not None:
            out = np.zeros((frames, CHANNELS), np.float32)
            out[: len(taken)] += taken
            out[: len(live)] += live
            self._heard(out)

"""A sound card through PortAudio, drained by rtmixer's callback in C: no Python runs on the audio thread."""

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from musicgen_desktop.dsp import Audio

from ._device import WASAPI, Device
from ._errors import DeviceRefusedError, SpeakerLostError
from ._portaudio import (
    JACK,
    abandon,
    close_stream,
    mixer_library,
    needs_new_process,
    opened,
    portaudio,
)
from ._ring import CardRing, InputRing
from ._speaker import CHANNELS, Speaker

LOST_AFTER_S = 3.0
"""A device that asked for nothing for so long is gone; PulseAudio was seen to stand still for two seconds."""

# PortAudio's numbers for what a device may refuse.
_INVALID_CHANNELS = -9998
_INVALID_RATE = -9997
_UNAVAILABLE = -9985

_LOOKS_BEFORE_LOST = 20  # in which time must stand still: this process itself may have stood still
_INPUT_S = 5.0
_LIVE_S = 0.25
_SERVER_LATENCY_S = 0.1

# When rtmixer is to begin, in seconds of the stream. Not 0: the stream begins there, and the first input
# of all, some milliseconds older, would be cut short.
_AT_ONCE = -1e6


class SoundCard(Speaker):
    """An open device.

    Args:
        device: what plays.
        rate: frames per second.
        device_frames: frames the callback takes at once; 0 for the device's own choice.
        device_latency_s: what it may hold behind its callback; None for what is usual on its way.
        inputs: channels that are recorded.
        input_device: where they come from; None without inputs.
        first_output: the left channel's output, from 1.
        remark: what is not as the user asked for.
        clock: seconds, only for finding out that the device is gone.

    Raises:
        NoSoundSystemError: PortAudio or rtmixer is missing.
        DeviceRefusedError: it does not open so.
    """

    def __init__(
        self,
        device: Device,
        *,
        rate: int,
        device_frames: int = 0,
        device_latency_s: float | None = None,
        inputs: int = 0,
        input_device: Device | None = None,
        first_output: int = 1,
        remark: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        library = mixer_library()
        self._portaudio = portaudio()
        self._out_ring = CardRing(library, rate, CHANNELS)
        self._live_ring = CardRing(library, round(_LIVE_S * rate), CHANNELS)
        super().__init__(
            name=device.name,
            rate=rate,
            ring=self._out_ring,
            live=self._live_ring,
            inputs=inputs,
            remark=remark,
        )
        self.host_api = device.host_api
        self.input_device = input_device.name if input_device is not None else ""
        self._outputs = tuple(range(first_output, first_output + CHANNELS))
        self._asked_frames = device_frames
        self._guessed_frames = device_frames or max(round(device.low_latency_s * rate), 64)
        self._clock = clock
        self._is_jack = device.host_api == JACK
        # A stream on JACK says 0: it is asked before it has connections. The device's ports know.
        self._jack_latency_s = device.low_latency_s if self._is_jack else 0.0
        self._jack_input_latency_s = (
            input_device.low_input_latency_s if self._is_jack and input_device is not None else 0.0
        )
        self._is_lost = False
        self._is_closed = False
        self._in_ring = InputRing(library, round(_INPUT_S * rate), inputs) if inputs else None
        self._stream = self._opened(library, device, input_device, device_latency_s)
        self._play_action: Any = None
        self._live_action: Any = None
        self._record_action: Any = None
        self._seen_blocks = 0
        self._seen_at = 0.0
        self._looks = 0
        self._overflow_at: int | None = None
        self._starved_at: int | None = None
        self._is_settled = False
        self._reading: tuple[int, int] | None = None

    def _opened(
        self, library: Any, device: Device, input_device: Device | None, latency_s: float | None
    ) -> Any:
        options: dict[str, Any] = {"samplerate": self.rate, "blocksize": self._asked_frames}
        extra = None
        if device.host_api == WASAPI:  # Shared mode refuses any rate but the mixer's; Windows can convert.
            extra = self._portaudio.WasapiSettings(auto_convert=True)
        latency = _usual_latency(device) if latency_s is None else latency_s
        try:
            if input_device is None:
                stream = library.Mixer(
                    device=device.index,
                    channels=self._outputs[-1],
                    latency=latency,
                    extra_settings=extra,
                    **options,
                )
            else:
                stream = library.MixerAndRecorder(
                    device=(input_device.index, device.index),
                    channels=(self.inputs, self._outputs[-1]),
                    latency=(latency, latency),
                    extra_settings=(extra, extra),
                    **options,
                )
        except (self._portaudio.PortAudioError, ValueError) as error:
            raise _refusal(error, device, input_device, self.rate) from error
        opened(stream)
        return stream

    @property
    def device_frames(self) -> int:
        """Frames that the callback takes at once."""
        return self._asked_frames or int(self._stats.max_blocksize) or self._guessed_frames

    @property
    def latency_frames(self) -> int:
        """From leaving the ring to the ear, as the device says; 0 where it says nonsense."""
        return self._sane_frames(self._latencies()[-1] or self._jack_latency_s)

    @property
    def input_latency_frames(self) -> int:
        """From the microphone to the ring, as the device says; 0 where it says nonsense."""
        return self._sane_frames(self._latencies()[0] or self._jack_input_latency_s) if self.inputs else 0

    def read_input(self) -> Audio:
        """All that came in since the last call: [frames, inputs]; [0, 0] without inputs."""
        if self._in_ring is None:
            return np.zeros((0, 0), np.float32)
        with self._lock:
            return self._in_ring.read()

    def close(self) -> None:
        """Stop at once and give the device back; also when it is gone, and twice."""
        if self._is_closed:
            return
        self._is_closed = True
        has_begun, self._is_open, self._is_fed = self._is_open or self._is_lost, False, False
        if needs_new_process() or (self._is_jack and has_begun and not self._is_running()):
            abandon(self._stream)
        else:
            close_stream(self._stream)

    def _begin(self) -> None:
        if self._in_ring is not None:
            # Queued with the output's ring, before the first callback: both begin in it together.
            self._record_action = self._stream.record_ringbuffer(self._in_ring.pa_ring, start=_AT_ONCE)
        self._seen_at = self._clock()
        try:
            self._stream.start()
        except self._portaudio.PortAudioError as error:
            raise SpeakerLostError(
                f"The sound device “{self.name}” does not start: {_words(error)}."
            ) from error
        if not self._is_fed:
            self._starved_at = 0  # The input runs ahead; by how much shows at the first write.

    def _beat(self) -> None:
        if not self._is_alive():
            self._is_open, self._is_lost = False, True
            raise SpeakerLostError(
                f"The sound device “{self.name}” is gone: it was unplugged, or its sound server ended."
            )
        if self._in_ring is not None:
            self._look_after_input(self._in_ring)

    def _is_alive(self) -> bool:
        if not self._is_running():
            return False
        blocks, now = int(self._stats.blocks), self._clock()
        if blocks != self._seen_blocks:
            self._seen_blocks, self._seen_at, self._looks = blocks, now, 0
            return True
        self._looks += 1
        return self._looks < _LOOKS_BEFORE_LOST or now - self._seen_at < LOST_AFTER_S

    def _is_running(self) -> bool:
        try:
            return bool(self._stream.active)
        except self._portaudio.PortAudioError:
            return False

    def _holds_ring(self) -> bool:
        with self._lock:
            held = self._play_action in self._stream.actions
        if not held:
            self._starved_at = self._ring.taken()
        return held

    def _arm(self) -> None:
        self._play_action = self._playing(self._out_ring)
        self._is_settled, self._reading = False, None

    def _arm_live(self) -> None:
        if self._live_action is None or self._live_action not in self._stream.actions:
            self._live_action = self._playing(self._live_ring)

    def _playing(self, ring: CardRing) -> Any:
        return self._stream.play_ringbuffer(ring.pa_ring, self._outputs, start=_AT_ONCE)

    def _look_after_input(self, ring: InputRing) -> None:
        """Go on recording after an overflow, and find out how input and output relate after each gap."""
        with self._lock:
            if self._record_action is not None and self._record_action not in self._stream.actions:
                self.input_overflows += 1
                self._overflow_at = ring.recorded()
                self._record_action = None
            if self._record_action is None and ring.is_half_empty():
                self._record_action = self._stream.record_ringbuffer(ring.pa_ring, start=_AT_ONCE)
                self._is_settled, self._reading = False, None
        if self._is_fed and not self._is_settled:
            self._settle(ring)

    def _settle(self, ring: InputRing) -> None:
        """Measure input frames minus output frames, and take the figure that two looks agree on.

        A look in the midst of a callback, between its two halves, is wrong by a block; it is rare, and the
        next one, at another place, does not repeat it.
        """
        blocks = self._stats.blocks
        taken, recorded = self._ring.taken(), ring.recorded()
        if blocks != self._stats.blocks:
            return
        offset, before = recorded - taken, self._reading
        if before is None or before[1] != offset:
            self._reading = (taken, offset)
        elif before[0] != taken:
            if offset != self._relation.offset:
                at = self._overflow_at if self._starved_at is None else self._starved_at + offset
                self._relation.change(offset, input_frame=at or 0)
            self._starved_at = self._overflow_at = None
            self._is_settled = True

    @property
    def _stats(self) -> Any:
        return self._stream._state.stats  # noqa: SLF001 - rtmixer's own way stops the counting for a moment

    def _latencies(self) -> tuple[float, ...]:
        latency = self._stream.latency
        return latency if isinstance(latency, tuple) else (latency,)

    def _sane_frames(self, latency_s: float) -> int:
        return round(latency_s * self.rate) if math.isfinite(latency_s) and 0 <= latency_s <= 2 else 0


def _usual_latency(device: Device) -> str | float:
    """What PortAudio is asked for: one of its two offers, or seconds."""
    if device.host_api == "ALSA" and "hw:" not in device.name:
        # A sound server behind ALSA's plugin: at PortAudio's 43 ms PulseAudio stood still for seconds.
        return _SERVER_LATENCY_S
    return "high" if device.host_api in ("ALSA", "MME", "Windows DirectSound") else "low"


def _refusal(error: Exception, device: Device, input_device: Device | None, rate: int) -> DeviceRefusedError:
    label = f"The sound device “{device.name}”"
    if input_device is not None and input_device != device:
        label += f" together with “{input_device.name}” for the input"
    code = error.args[1] if len(error.args) > 1 else None
    if code == _INVALID_RATE:
        return DeviceRefusedError(f"{label} does not run at {rate} Hz; choose another rate.", for_rate=True)
    if code == _INVALID_CHANNELS:
        return DeviceRefusedError(f"{label} has fewer outputs or inputs than were asked for; choose fewer.")
    if code == _UNAVAILABLE:
        return DeviceRefusedError(
            f"{label} is in use by another program, or was unplugged; "
            "end that program or choose another device."
        )
    return DeviceRefusedError(f"{label} does not open: {_words(error)}.")


def _words(error: Exception) -> str:
    return str(error.args[0] if error.args else error).rstrip(".")

"""The open device and all that fills it."""

import time
from collections.abc import Callable

import numpy as np

from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.media import read_audio
from musicgen_desktop.playback.mixer import Planar
from musicgen_desktop.playback.realtime import ClickVoice, LookAhead, MeterBank
from musicgen_desktop.playback.speaker import SilentSpeaker, Speaker, SpeakerSettings, open_speaker

from ._commands import OpenSpeaker
from ._engine import BLOCK_FRAMES, Engine
from ._events import SpeakerOpened
from ._render_thread import RenderThread

SILENT = "silent"
"""The name of no device at all."""

_SOUNDS = ("accent", "beat")
_SILENCE_S, _FIRST_S = 0.4, 0.25


class Output:
    """A device, its engine and its thread, from opening to closing.

    Args:
        wish: what to open.
        read: a strip's own sound.
        on_lost: told the sentence when the device went away, on the render thread.
        look: looks at the engine after each of its steps, on the render thread.

    Raises:
        UserInputError: when there is no such device.
        SpeakerError: when it cannot be opened.
    """

    def __init__(
        self,
        wish: OpenSpeaker,
        read: Callable[[str, int, int], Planar | None],
        on_lost: Callable[[str], None],
        look: Callable[[Engine], None] | None = None,
    ) -> None:
        self._wish = wish
        self.speaker = _opened(wish.settings)
        try:
            rate = self.speaker.rate
            _start(self.speaker)
            self.look_ahead = LookAhead(
                rate, self.speaker.device_frames, BLOCK_FRAMES, start_ms=wish.look_ahead_ms
            )
            self.meters = MeterBank(rate)
            self.engine = Engine(self.speaker, read, self.look_ahead, _click_voice(rate), self.meters)
            self.speaker.resume_frames = self.look_ahead.target // 2
            self.thread = RenderThread(self.engine, on_lost, look)
        except BaseException:
            self.speaker.close()
            raise

    @property
    def rate(self) -> int:
        """Frames per second."""
        return self.speaker.rate

    @property
    def is_substitute(self) -> bool:
        """Whether nothing is heard because the wished-for device is not there."""
        return bool(self.speaker.why_silent) and self._wish.settings.device != SILENT

    def told(self) -> SpeakerOpened:
        """What the client is told of it."""
        speaker = self.speaker
        return SpeakerOpened(
            name=speaker.name,
            rate=speaker.rate,
            device_frames=speaker.device_frames,
            latency_ms=round(1000.0 * speaker.latency_frames / speaker.rate, 2),
            silent_because=speaker.why_silent or "",
            remark=speaker.remark or "",
            host_api=speaker.host_api,
            input_device=speaker.input_device,
        )

    def close(self) -> None:
        """End the thread and let go of the device."""
        self.thread.end()
        self.engine.clicks = None  # or whatever asked for them would live on
        self.speaker.close()


def _opened(settings: SpeakerSettings) -> Speaker:
    if settings.device != SILENT:
        return open_speaker(settings)
    return SilentSpeaker(
        rate=settings.rate or 48_000,
        device_frames=settings.device_frames or 512,
        inputs=settings.inputs,
        why_silent="The silent device was chosen: the song plays without sound.",
    )


def _start(speaker: Speaker) -> None:
    """Let it play silence, and wait for its first callback: only then it is known how many frames it takes.

    Some devices swallow a whole buffer at once; so much silence is put down first that they do not starve.
    """
    silence = min(speaker.latency_frames + round(_SILENCE_S * speaker.rate), speaker.capacity // 2)
    speaker.write(np.zeros((silence, 2), np.float32))
    speaker.start()
    give_up = time.monotonic() + _FIRST_S
    while speaker.played() == 0 and time.monotonic() < give_up:
        speaker.check()
        time.sleep(0.002)


def _click_voice(rate: int) -> ClickVoice:
    folder = resources_folder() / "metronome"
    accent, beat = (read_audio(folder / f"{name}.wav", rate=rate)[0][:, 0] for name in _SOUNDS)
    return ClickVoice(accent, beat)

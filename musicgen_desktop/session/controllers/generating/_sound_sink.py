"""Hears what an engine of sound makes, and remembers what a take that ends early is made of."""

import threading
from collections.abc import Callable

from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, UserInputError
from musicgen_desktop.generation.sound import Sound, is_sound
from musicgen_desktop.media import CannotWriteError

from ._sound_stream import SoundStream

Told = Callable[[int, SoundStream], None]
"""Told the variation, from 0, that has one more part; on the engine's threads."""


class TakeSink:
    """Hands chunks to the variations' streams, on the engine's threads.

    Args:
        streams: of each variation.
        report: told the share done, and the time left.
        stop: set when the disk refuses.
        told: of each new part.
        tells_left: the stage says how long it will still take.

    Attributes:
        share: done so far, 0 to 1.
        last_tokens: of each variation that the engine told of, as `SoundTake.tokens`.
        refused: what the disk said when it took no more; what it has is in order.
    """

    def __init__(
        self,
        streams: list[SoundStream],
        report: Report,
        stop: StopFlag,
        told: Told | None = None,
        *,
        tells_left: bool = True,
    ) -> None:
        self.streams = streams
        self.share = 0.0
        self.last_tokens: dict[int, bytes] = {}
        self.refused: CannotWriteError | None = None
        self._report, self._stop, self._told = report, stop, told
        self._tells_left = tells_left
        self._lock = threading.Lock()
        self._failure: MusicgenDesktopError | None = None

    def progress(self, done: float, stage: str, left_s: float | None) -> None:
        """As `SoundSink` says."""
        self.share = done
        if self._tells_left and left_s is not None:
            stage = f"{stage}, about {max(1, round(left_s))} s left"
        self._report(done, stage)

    def chunk(self, variation: int, start_frame: int, sound: Sound) -> None:
        """As `SoundSink` says. A disk that refuses ends the take."""
        with self._lock:
            if self._failure is not None or self.refused is not None:
                return
            try:
                stream = self._stream(variation, sound)
                if stream.add(start_frame, sound) and self._told is not None:
                    self._told(variation, stream)
            except CannotWriteError as error:
                self.refused = error
                self._stop.set()
            except MusicgenDesktopError as error:
                self._failure = error
                self._stop.set()

    def _stream(self, variation: int, sound: Sound) -> SoundStream:
        if not (0 <= variation < len(self.streams) and is_sound(sound)):
            raise UserInputError("The engine delivered what is no sound; choose another engine.")
        return self.streams[variation]

    def tokens(self, variation: int, data: bytes) -> None:
        """As `SoundSink` says."""
        self.last_tokens[variation] = data

    @property
    def has_sound(self) -> bool:
        """Whether there is anything to keep."""
        return any(stream.has_sound for stream in self.streams)

    @property
    def has_files(self) -> bool:
        """Whether some of it is on the disk."""
        return any(stream.sources for stream in self.streams)

    def raise_failure(self) -> None:
        """What went wrong on our side while sound came; a disk that is full only when it holds nothing."""
        if self._failure is not None:
            raise self._failure
        if not self.has_files:
            self.raise_refusal()

    def raise_refusal(self) -> None:
        """What the disk said."""
        if self.refused is not None:
            raise self.refused

    def discard_parts(self) -> None:
        """Remove the files of the parts."""
        for stream in self.streams:
            stream.discard()

"""The sound files of an export: WAV or FLAC by their names, and turned down together when that is wished."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from musicgen_desktop.dsp import Audio, LiveTruePeak, db_to_gain, gain_to_db
from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.media import AudioFile, Bits, CannotWriteIntoError, FlacWriter, WavTags, WavWriter
from musicgen_desktop.playback.offline import Write

CEILING_DBTP = -1.0
"""The true peak that guarded files stay below."""

_BLOCK = 1 << 16
_FLAC = ".flac"


class _Held(NamedTuple):
    """Sound that waits for the gain of all."""

    held: Path
    path: Path
    tags: WavTags


class SoundFiles:
    """Opens the files of one export, and says at the end what became of their peaks.

    A context; guarded sound waits in a temporary folder until `finish`.

    Args:
        rate: of all files.
        bits: of all files; FLAC has no 32.
        guard: a folder on the disk that the files go to: when one of them exceeds −1 dBTP, all are turned
            down by one gain. None writes what comes.
    """

    def __init__(self, rate: int, bits: Bits, *, guard: Path | None = None) -> None:
        self._rate, self._bits = rate, bits
        self._peaks: dict[str, float] = {}
        self._true_peak_db = -np.inf
        self._held: list[_Held] = []
        self._open = ExitStack()
        self._waiting: Path | None = None
        if guard is not None:
            try:
                folder = tempfile.TemporaryDirectory(
                    prefix=".writing-", dir=guard, ignore_cleanup_errors=True
                )
            except OSError as error:
                raise CannotWriteIntoError(guard, error) from error
            self._waiting = Path(self._open.enter_context(folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @contextmanager
    def opened(self, path: Path, tags: WavTags) -> Iterator[Write]:
        """What takes a file's sound, [frames, 2]; it is there at the end, or after `finish` when guarded.

        Raises:
            CannotWriteError: when it cannot be written.
        """
        if self._waiting is None:
            with self._writer(path, tags) as writer:
                peak = 0.0

                def write(block: Audio) -> None:
                    nonlocal peak
                    peak = max(peak, float(block.max(initial=0.0)), -float(block.min(initial=0.0)))
                    writer.write(block)

                yield write
            self._peaks[path.name] = peak
            return
        held = self._waiting / f"{len(self._held)}.wav"
        self._held.append(_Held(held, path, tags))
        meter = LiveTruePeak()
        with WavWriter(held, self._rate, 2, 32) as waiting:

            def hold(block: Audio) -> None:
                meter.add(block.T)
                waiting.write(block)

            yield hold
        meter.add(np.zeros((2, 64), np.float32))  # a peak is known when its surroundings are
        self._true_peak_db = max(self._true_peak_db, meter.max_dbtp)

    def finish(self, report: Report, stop: StopFlag) -> tuple[str, ...]:
        """Write what waits.

        Args:
            report: told the share done.
            stop: asked before every block.

        Returns:
            A sentence when sound was turned down, or cut off at full scale.

        Raises:
            CannotWriteError: when a file cannot be written.
            Stopped: when `stop` was set.
        """
        if self._waiting is None:
            return self._cut_off()
        down_db = min(0.0, CEILING_DBTP - self._true_peak_db)
        for number, held in enumerate(self._held):
            report(number / len(self._held), "Writing")
            with AudioFile(held.held) as sound, self._writer(held.path, held.tags) as writer:
                for block in sound.blocks(_BLOCK):
                    stop.raise_if_set()
                    writer.write(block * np.float32(db_to_gain(down_db)) if down_db else block)
            held.held.unlink(missing_ok=True)
        if not down_db:
            return ()
        return (f"All files are {-down_db:.1f} dB lower than the song, so that none exceeds −1 dBTP.",)

    def _writer(self, path: Path, tags: WavTags) -> WavWriter | FlacWriter:
        if path.suffix != _FLAC:
            return WavWriter(path, self._rate, 2, self._bits, chunks=tags)
        if self._bits == 32:
            raise UserInputError("FLAC files have 16 or 24 bits; choose WAV files for 32-bit float.")
        return FlacWriter(path, self._rate, 2, self._bits, tags=tags)

    def _cut_off(self) -> tuple[str, ...]:
        if self._bits == 32:
            return ()
        loud = [f"{name} (+{gain_to_db(peak):.1f} dB)" for name, peak in self._peaks.items() if peak > 1.0]
        if not loud:
            return ()
        names = ", ".join(loud)
        return (f"Cut off at full scale: {names}; choose 32-bit float, or let all files be turned down.",)

"""FLAC files."""

import contextlib
from pathlib import Path
from typing import Literal

import numpy as np

from musicgen_desktop.dsp import Sound, TpdfDither, as_frames

from ._errors import CannotWriteError
from ._pcm import to_int16, to_int24
from ._replacing import ReplacingFile

_BLOCK = 1 << 16


class _Sink:
    """Hands bytes on, and keeps the error that libsndfile's C code could not carry."""

    def __init__(self, target: ReplacingFile) -> None:
        self._target = target
        self.error: CannotWriteError | None = None

    def write(self, data: bytes) -> int:
        if self.error is not None:
            return 0
        try:
            return self._target.write(data)
        except CannotWriteError as error:
            self.error = error
            return 0

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self.error is not None else self._target.file.seek(offset, whence)

    def tell(self) -> int:
        return 0 if self.error is not None else self._target.file.tell()

    def read(self, _size: int) -> bytes:
        return b""

    def flush(self) -> None:
        """Nothing is held back here."""


def write_flac(
    path: Path | str,
    audio: Sound,
    rate: int,
    bits: Literal[16, 24] = 24,
    *,
    dither: bool = True,
    seed: int = 0,
) -> None:
    """Write a whole FLAC file, or none. The whole numbers in it equal those of `write_wav`.

    Args:
        path: the file; an older one is replaced.
        audio: [frames, channels], 1 … 8 channels, or [frames] for mono.
        rate: frames per second, 1 … 655 350.
        bits: 16 or 24.
        dither: triangular noise of ±1 bit at 16 bits.
        seed: of the dither.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
        ValueError: when a sample is not finite or a figure impossible.
    """
    import soundfile  # noqa: PLC0415 - the front door stays light

    sound = as_frames(audio)
    if bits not in (16, 24) or not 0 < rate <= 655_350 or not 0 < sound.shape[1] <= 8:
        raise ValueError(f"No FLAC file has {rate} Hz, {sound.shape[1]} channels and {bits} bits.")
    noise = TpdfDither(bits, seed) if dither and bits == 16 else None
    target = ReplacingFile(Path(path))
    sink = _Sink(target)
    try:
        with soundfile.SoundFile(sink, "w", rate, sound.shape[1], f"PCM_{bits}", format="FLAC") as file:
            for at in range(0, len(sound), _BLOCK):
                samples = np.ascontiguousarray(sound[at : at + _BLOCK], dtype=np.float32)
                if not np.isfinite(samples).all():
                    raise ValueError("A sample is not finite.")  # noqa: TRY301 - discards the file
                if noise is not None:
                    samples = noise.process(samples)
                file.write(to_int16(samples) if bits == 16 else to_int24(samples) << 8)
    except BaseException as error:
        target.discard()
        if sink.error is not None:
            raise sink.error from error
        raise
    if sink.error is not None:
        with contextlib.suppress(OSError):
            target.discard()
        raise sink.error
    target.commit()

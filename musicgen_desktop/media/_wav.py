"""WAV files: our own writer, and what lies beside the samples in a file."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import numpy as np

from musicgen_desktop.dsp import Sound, TpdfDither, as_frames

from ._errors import UnreadableAudioError
from ._pcm import encoded_samples
from ._replacing import ReplacingFile
from ._tags import WavTags, chunk, parse_tags, serialised
from ._wav_head import WavHead

Bits = Literal[16, 24, 32]
Chunks = Mapping[bytes, bytes] | WavTags

_OURS = {b"RIFF", b"RF64", b"JUNK", b"ds64", b"fmt ", b"fact", b"data"}
_LARGEST_CHUNK = 1 << 24
_MOST_CHUNKS = 1000
_BLOCK = 1 << 15


class WavWriter:
    """Writes a WAV file block by block; the file appears under its name when it is closed.

    Used as a context: an exception inside leaves no file, and an older file of the name untouched.

    Args:
        path: the file.
        rate: frames per second.
        channels: 1 … 64.
        bits: 16 or 24 (whole numbers) or 32 (float).
        chunks: tags, or ready-made chunks by name; written before the samples.
        dither: triangular noise of ±1 bit at 16 bits. (At 24 bits rounding lies below what any converter can
            carry, so nothing is added.)
        seed: of the noise.

    Raises:
        CannotWriteError: also from `write` and `close`: no such folder, no right, disk full.
        ValueError: when a figure or a chunk's name is impossible.
    """

    def __init__(
        self,
        path: Path | str,
        rate: int,
        channels: int,
        bits: Bits = 24,
        *,
        chunks: Chunks | None = None,
        dither: bool = True,
        seed: int = 0,
    ) -> None:
        self._head = WavHead(rate, channels, bits, _serialised(chunks, rate))
        self.frames = 0
        """Frames written so far."""
        self._dither = TpdfDither(bits, seed) if dither and bits == 16 else None
        self._closed = False
        self._target = ReplacingFile(Path(path))
        self._target.write(self._head.to_bytes(self.frames))

    def write(self, block: Sound) -> None:
        """Append frames.

        Args:
            block: [frames, channels], or [frames] for mono; whole numbers are held at full scale.

        Raises:
            ValueError: when the channels differ, a sample is not finite, or the file is closed.
        """
        sound = as_frames(block)
        if self._closed:
            raise ValueError("The file is closed.")
        if sound.shape[1] != self._head.channels:
            raise ValueError(f"The file has {self._head.channels} channels, the block {sound.shape[1]}.")
        for at in range(0, len(sound), _BLOCK):  # small pieces stay in the processor's cache
            self._target.write(self._encoded(sound[at : at + _BLOCK]))
        self.frames += len(sound)

    def close(self) -> None:
        """Write the final sizes and give the file its name. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        if self.frames * self._head.frame_bytes & 1:
            self._target.write(b"\0")
        self._target.seek(0)
        self._target.write(self._head.to_bytes(self.frames))
        self._target.commit()

    def discard(self) -> None:
        """Leave no file."""
        self._closed = True
        self._target.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def _encoded(self, sound: Sound) -> bytes | memoryview:
        samples = np.ascontiguousarray(sound, dtype=np.float32)
        if not np.isfinite(samples.min(initial=0.0) + samples.max(initial=0.0)):
            raise ValueError("A sample is not finite.")
        if self._dither is not None:
            samples = self._dither.process(samples)
        return encoded_samples(samples, self._head.bits)


def write_wav(
    path: Path | str,
    audio: Sound,
    rate: int,
    bits: Bits = 24,
    *,
    chunks: Chunks | None = None,
    dither: bool = True,
    seed: int = 0,
) -> None:
    """Write a whole WAV file, or none. See `WavWriter`.

    Args:
        path: the file; an older one is replaced.
        audio: [frames, channels], or [frames] for mono.
        rate: frames per second.
        bits: 16 or 24 (whole numbers, held at full scale) or 32 (float).
        chunks: tags, or ready-made chunks by name.
        dither: at 16 bits.
        seed: of the dither.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
        ValueError: when a sample is not finite or a figure impossible.
    """
    sound = as_frames(audio)
    with WavWriter(path, rate, sound.shape[1], bits, chunks=chunks, dither=dither, seed=seed) as writer:
        writer.write(sound)


def read_chunks(path: Path | str) -> dict[str, bytes]:
    """All chunks of a WAV file but the samples, by name; lists by name and kind, such as "LIST/INFO".

    Of several chunks of one name the first is kept, and of a file that is cut off what is there.

    Raises:
        UnreadableAudioError: when it is no WAV file or cannot be opened.
    """
    path = Path(path)
    found: dict[str, bytes] = {}
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
                raise UnreadableAudioError(path, "is not a WAV file.")
            data_bytes = -1
            for _ in range(_MOST_CHUNKS):
                start = file.read(8)
                if len(start) < 8:
                    break
                length = int.from_bytes(start[4:], "little")
                if start[:4] == b"data" and length == 0xFFFFFFFF and data_bytes >= 0:
                    length = data_bytes
                at = file.tell()
                if start[:4] != b"data" and length <= _LARGEST_CHUNK:
                    body = file.read(length)
                    name = start[:4].decode("latin-1")
                    if name == "LIST":
                        name, body = f"LIST/{body[:4].decode('latin-1')}", body[4:]
                    elif name == "ds64" and length >= 16:
                        data_bytes = int.from_bytes(body[8:16], "little")
                    found.setdefault(name, body)
                if at + length >= size:
                    break
                file.seek(at + length + (length & 1))
    except OSError as error:
        raise UnreadableAudioError(path, f"cannot be opened: {error.strerror}.") from error
    return found


def read_tags(path: Path | str) -> WavTags:
    """The tags of a WAV file; broken ones are passed over.

    Raises:
        UnreadableAudioError: when it is no WAV file or cannot be opened.
    """
    return parse_tags(read_chunks(path))


def _serialised(chunks: Chunks | None, rate: int) -> bytes:
    if chunks is None:
        return b""
    if isinstance(chunks, WavTags):
        return serialised(chunks, rate)
    for name in chunks:
        if len(name) != 4 or name in _OURS:
            raise ValueError(f"{name!r} is no name for a chunk of tags.")
    return b"".join(chunk(name, body) for name, body in chunks.items())

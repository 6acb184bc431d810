"""FLAC files: libsndfile's encoder, and metadata of our own."""

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import numpy as np

from musicgen_desktop.dsp import Sound, TpdfDither, as_frames

from ._errors import CannotWriteError
from ._flac_tags import STREAM_INFO_END, as_padding, metadata_blocks
from ._pcm import to_int16, to_int24
from ._replacing import ReplacingFile
from ._tags import WavTags, serialised
from ._wav_head import WavHead

_BLOCK = 1 << 16


class FlacWriter:
    """Writes a FLAC file block by block; the whole numbers in it equal those of `WavWriter`.

    Used as a context: an exception inside leaves no file, and an older file of the name untouched.

    Args:
        path: the file; it appears when it is closed.
        rate: frames per second, 1 … 655 350.
        channels: 1 … 8.
        bits: 16 or 24.
        tags: as Vorbis comments, and as the chunks of the WAV file that it stands for.
        dither: triangular noise of ±1 bit at 16 bits.
        seed: of the dither.

    Raises:
        CannotWriteError: also from `write` and `close`: no such folder, no right, disk full.
        ValueError: when a figure is impossible.
    """

    def __init__(
        self,
        path: Path | str,
        rate: int,
        channels: int,
        bits: Literal[16, 24] = 24,
        *,
        tags: WavTags | None = None,
        dither: bool = True,
        seed: int = 0,
    ) -> None:
        import soundfile  # noqa: PLC0415 - the front door stays light

        if bits not in (16, 24) or not 0 < rate <= 655_350 or not 0 < channels <= 8:
            raise ValueError(f"No FLAC file has {rate} Hz, {channels} channels and {bits} bits.")
        self.frames = 0
        """Frames written so far."""
        self._bits = bits
        self._tags = tags or WavTags()
        self._head = WavHead(rate, channels, bits, serialised(self._tags, rate))
        self._dither = TpdfDither(bits, seed) if dither and bits == 16 else None
        self._closed = False
        self._sink = _Sink(ReplacingFile(Path(path)), self._blocks())
        try:
            self._file: Any = soundfile.SoundFile(
                self._sink, "w", rate, channels, f"PCM_{bits}", format="FLAC"
            )
        except BaseException as error:
            self._sink.target.discard()
            self._sink.raise_error(error)
            raise

    def write(self, block: Sound) -> None:
        """Append frames.

        Args:
            block: [frames, channels], or [frames] for mono.

        Raises:
            ValueError: when the channels differ, a sample is not finite, or the file is closed.
        """
        sound = as_frames(block)
        if self._closed:
            raise ValueError("The file is closed.")
        for at in range(0, len(sound), _BLOCK):
            samples = np.ascontiguousarray(sound[at : at + _BLOCK], dtype=np.float32)
            if not np.isfinite(samples).all():
                raise ValueError("A sample is not finite.")
            if self._dither is not None:
                samples = self._dither.process(samples)
            self._file.write(to_int16(samples) if self._bits == 16 else to_int24(samples) << 8)
            self._sink.raise_error()
        self.frames += len(sound)

    def close(self) -> None:
        """Write the final figures and give the file its name. Closing again does nothing.

        Raises:
            ValueError: when no frame was written; no file is left then.
        """
        if self._closed:
            return
        if not self.frames:  # the encoder writes nothing at all then
            self.discard()
            raise ValueError("A FLAC file has at least one frame.")
        self._closed = True
        self._file.close()
        self._sink.raise_error()
        self._sink.finish(self._blocks())
        self._sink.target.commit()

    def discard(self) -> None:
        """Leave no file."""
        self._closed = True
        with contextlib.suppress(Exception):  # the disk may refuse what the encoder still holds
            self._file.close()
        self._sink.target.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
            return
        self.discard()
        self._sink.raise_error(error)

    def _blocks(self) -> bytes:
        return metadata_blocks(self._tags, self._head, self.frames)


def write_flac(
    path: Path | str,
    audio: Sound,
    rate: int,
    bits: Literal[16, 24] = 24,
    *,
    tags: WavTags | None = None,
    dither: bool = True,
    seed: int = 0,
) -> None:
    """Write a whole FLAC file, or none. See `FlacWriter`.

    Args:
        path: the file; an older one is replaced.
        audio: [frames, channels], 1 … 8 channels, or [frames] for mono.
        rate: frames per second, 1 … 655 350.
        bits: 16 or 24.
        tags: what it tells of itself.
        dither: triangular noise of ±1 bit at 16 bits.
        seed: of the dither.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
        ValueError: when a sample is not finite or a figure impossible.
    """
    sound = as_frames(audio)
    with FlacWriter(path, rate, sound.shape[1], bits, tags=tags, dither=dither, seed=seed) as writer:
        writer.write(sound)


class _Sink:
    """Takes the encoder's bytes, with blocks of our own behind the stream's description.

    The encoder does not know of them: its places beyond the description are ours moved on by their length. An
    error is kept here, since C code cannot carry it.
    """

    def __init__(self, target: ReplacingFile, blocks: bytes) -> None:
        self.target = target
        self.error: CannotWriteError | None = None
        self._blocks = blocks
        self._at = 0
        self._end = 0
        self._start = b""  # of the block that the encoder puts behind the description
        target.write(bytes(STREAM_INFO_END))
        target.write(blocks)

    def write(self, data: bytes) -> int:
        if self.error is not None:
            return 0
        data = bytes(data)
        try:
            for place, piece in self._placed(data):
                self.target.seek(place)
                self.target.write(piece)
        except CannotWriteError as error:
            self.error = error
            return 0
        self._note_block(data)
        self._at += len(data)
        self._end = max(self._end, self._at)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._end)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, _size: int) -> bytes:
        return b""

    def flush(self) -> None:
        """Nothing is held back here."""

    def finish(self, blocks: bytes) -> None:
        """Our blocks as they are at last; the encoder's own comments, of which a file has one block, go."""
        self.target.seek(STREAM_INFO_END)
        self.target.write(blocks)
        start = as_padding(self._start)
        self.target.write(start)
        self.target.write(bytes(int.from_bytes(start[1:], "big")))

    def raise_error(self, cause: BaseException | None = None) -> None:
        """Tell what went wrong while the encoder wrote."""
        if self.error is not None:
            self.target.discard()
            raise self.error from cause

    def _placed(self, data: bytes) -> list[tuple[int, bytes]]:
        """Where in the file the parts of some bytes go."""
        before = max(0, min(len(data), STREAM_INFO_END - self._at))
        parts = [(self._at, data[:before]), (self._at + before + len(self._blocks), data[before:])]
        return [part for part in parts if part[1]]

    def _note_block(self, data: bytes) -> None:
        missing = 4 - len(self._start)
        at = STREAM_INFO_END + len(self._start) - self._at
        if missing and 0 <= at < len(data):
            self._start += data[at : at + missing]

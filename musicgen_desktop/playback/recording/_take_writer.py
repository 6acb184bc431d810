"""A WAV file that grows while it is recorded."""

import contextlib
import os
from pathlib import Path

import numpy as np

from musicgen_desktop.dsp import Audio, Sound, as_frames
from musicgen_desktop.foundation import sync_file, sync_folder, write_all
from musicgen_desktop.media import WavHead, encoded_samples

from ._disk import FLAGS, reserve
from ._errors import disk_error
from ._values import TakeBits

RESERVE_S = 10.0
_BLOCK = 1 << 15


class TakeWriter:
    """Writes sound that can only be captured once.

    At any moment the file is a valid WAV (RF64 beyond 4 GB) of all that was there at the last `sync`; what
    came after lies behind it and is found by `recover_recording`. Room for some seconds more is taken from
    the disk ahead: when `reserve` finds the disk full, all that was captured until then still fits.

    Args:
        path: a new file.
        rate: frames per second.
        channels: of the take.
        bits: 32 (float) or 24.
        reserve_s: how much room to hold ready, in seconds.

    Raises:
        DiskFullError: here and in `write`, `reserve` and `sync`: no room. What was written stays.
        CannotRecordError: likewise, for whatever else the system refuses.
    """

    def __init__(
        self, path: Path, rate: int, channels: int, bits: TakeBits = 32, *, reserve_s: float = RESERVE_S
    ) -> None:
        self.path = path
        self.frames = 0
        """Frames written so far."""
        self._head = WavHead(rate, channels, bits)
        self._ahead = round(reserve_s * rate) * self._head.frame_bytes
        self._reserved = 0
        self._closed = self._broken = False
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | FLAGS, 0o644)
        except OSError as error:
            raise disk_error(path.parent, error, has_begun=False) from error
        try:
            write_all(self._descriptor, self._head.to_bytes(0))
            self._reserve()
            sync_file(self._descriptor)
            sync_folder(path.parent)
        except OSError as error:
            os.close(self._descriptor)
            with contextlib.suppress(OSError):
                path.unlink()
            raise disk_error(path.parent, error, has_begun=False) from error

    @property
    def end(self) -> int:
        """The first byte after the samples."""
        return self._head.size + self.frames * self._head.frame_bytes

    def write(self, block: Sound) -> None:
        """Append frames; samples that are not finite become 0.

        Once frames were refused nothing follows them: what came later would lie too early.

        Args:
            block: [frames, channels], or [frames] for mono.
        """
        sound = as_frames(block)
        if self._closed or sound.shape[1] != self._head.channels:
            raise ValueError("the file is closed, or the block has other channels")
        if self._broken:
            return
        try:
            for at in range(0, len(sound), _BLOCK):
                piece = _finite(sound[at : at + _BLOCK])
                os.lseek(self._descriptor, self.end, os.SEEK_SET)
                write_all(self._descriptor, encoded_samples(piece, self._head.bits))
                self.frames += len(piece)
        except OSError as error:
            self._broken = True
            self.frames += self._whole_frames_behind()
            raise disk_error(self.path.parent, error) from error

    def cut_to(self, frames: int) -> None:
        """Drop what lies behind so many frames; the file follows when it is closed."""
        self.frames = min(self.frames, frames)

    def reserve(self) -> None:
        """See that there is room ahead; to be called after each block that was written.

        After a refusal more than half of it is still there, for what is waiting to be written.
        """
        if self._ahead and self._reserved - self.end < self._ahead // 4 * 3:
            try:
                self._reserve()
            except OSError as error:
                raise disk_error(self.path.parent, error) from error

    def sync(self) -> None:
        """Wait until all frames are on the disk, and let the head tell of them."""
        try:
            sync_file(self._descriptor)  # first the sound, or else the head might promise what is not there
            self._write_head()
        except OSError as error:
            raise disk_error(self.path.parent, error) from error

    def close(self) -> None:
        """Give back the room that was not needed and finish the file. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            end = self.end
            os.ftruncate(self._descriptor, end)
            if (end - self._head.size) & 1:
                os.lseek(self._descriptor, end, os.SEEK_SET)
                write_all(self._descriptor, b"\0")
            self._write_head()
            sync_file(self._descriptor)
        except OSError as error:
            raise disk_error(self.path.parent, error) from error
        finally:
            os.close(self._descriptor)

    def _reserve(self) -> None:
        start = max(self._reserved, self.end)
        end = self.end + self._ahead
        if end > start:
            if reserve(self._descriptor, start, end - start):
                self._reserved = end
            else:
                self._ahead = 0

    def _whole_frames_behind(self) -> int:
        """How many frames of an interrupted block found room."""
        try:
            reached = os.lseek(self._descriptor, 0, os.SEEK_CUR)
        except OSError:
            return 0
        return max(reached - self.end, 0) // self._head.frame_bytes

    def _write_head(self) -> None:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        write_all(self._descriptor, self._head.to_bytes(self.frames))


def _finite(sound: Sound) -> Audio:
    samples = np.ascontiguousarray(sound, dtype=np.float32)
    if not np.isfinite(samples).all():
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    return samples

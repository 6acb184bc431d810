"""The outline of a sound at every zoom, for drawing.

File layout, little-endian: magic `MGPK`, version u32, rate u32, channels u32, frames u64, base_frames u32,
the source's hash (64 bytes, padded with zeros), then every level from fine to coarse as float32
[bins, channels, 2].
"""

import contextlib
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.dsp import Audio, Sound, as_frames

from ._errors import CannotWriteError
from ._hash import content_hash
from ._read import LONGEST_S, MOST_CHANNELS, AudioFile
from ._replacing import ReplacingFile

BASE_FRAMES = 256
"""Frames that one bin of the finest level covers; closer than that, the samples themselves are drawn."""

_HEAD = struct.Struct("<4sIIIQI64s")
_MAGIC, _VERSION = b"MGPK", 1
_BLOCK = 256 * BASE_FRAMES

Bins = NDArray[np.float32]
"""[bins, channels, 2]: the smallest and the largest sample of each bin."""


class Peaks(msgspec.Struct, frozen=True, eq=False):
    """Smallest and largest samples of a sound, at halving resolutions.

    Attributes:
        rate: frames per second.
        channels: of the sound.
        frames: of the sound.
        levels: level k has one bin for each 256 · 2^k frames, the last has one bin; none without sound.
        source_hash: `content_hash` of the file they were made from; empty when made from an array.
    """

    rate: int
    channels: int
    frames: int
    levels: tuple[Bins, ...]
    source_hash: str = ""

    def level_for(self, frames_per_pixel: float) -> int:
        """The coarsest level of which a pixel still holds a whole bin; the finest when none does."""
        level = int(np.floor(np.log2(max(frames_per_pixel, 1.0) / BASE_FRAMES)))
        return max(0, min(level, len(self.levels) - 1))

    def columns(self, start: float, frames_per_pixel: float, pixels: int) -> Bins:
        """What to draw: one column per pixel.

        Args:
            start: the frame at the left edge of the first pixel; may be negative.
            frames_per_pixel: zoom; below `BASE_FRAMES` neighbouring pixels share bins.
            pixels: how many columns.

        Returns:
            [pixels, channels, 2] float32: every sample under a pixel lies within; 0 outside the sound.
        """
        columns = np.zeros((pixels, self.channels, 2), np.float32)
        if not self.levels or pixels <= 0:
            return columns
        level = self.level_for(frames_per_pixel)
        bins = self.levels[level]
        edges = start + np.arange(pixels + 1) * frames_per_pixel
        shown = np.flatnonzero((edges[1:] > 0) & (edges[:-1] < self.frames))
        if not len(shown):
            return columns
        width = BASE_FRAMES << level
        first = np.clip(np.floor(edges[shown] / width), 0, len(bins) - 1).astype(np.int64)
        after = np.clip(np.ceil(edges[shown + 1] / width), 1, len(bins)).astype(np.int64)
        # reduceat takes pairs (first, after); what lies between two pairs is computed and thrown away.
        padded = np.concatenate([bins, bins[-1:]])
        cuts = np.stack([first, np.maximum(after, first + 1)], axis=1).reshape(-1)
        columns[shown, :, 0] = np.minimum.reduceat(padded[:, :, 0], cuts, axis=0)[::2]
        columns[shown, :, 1] = np.maximum.reduceat(padded[:, :, 1], cuts, axis=0)[::2]
        return columns

    def save(self, path: Path | str) -> None:
        """Write the peak file, whole or not at all.

        Raises:
            CannotWriteError: when the folder or the disk refuses.
        """
        head = (self.rate, self.channels, self.frames, BASE_FRAMES, self.source_hash.encode())
        with ReplacingFile(Path(path)) as target:
            target.write(_HEAD.pack(_MAGIC, _VERSION, *head))
            for level in self.levels:
                target.write(level.astype("<f4", copy=False).tobytes())

    @classmethod
    def load(cls, path: Path | str, *, source_hash: str | None = None) -> "Peaks | None":
        """Read a peak file.

        Args:
            path: the file.
            source_hash: the hash its source has now.

        Returns:
            None when there is none, or it is damaged, of another version or of another source: build it anew.
        """
        try:
            raw = Path(path).read_bytes()
        except OSError:
            return None
        if len(raw) < _HEAD.size:
            return None
        magic, version, rate, channels, frames, base, name = _HEAD.unpack_from(raw)
        found_hash = name.rstrip(b"\0").decode("ascii", "replace")
        is_ours = magic == _MAGIC and version == _VERSION and base == BASE_FRAMES
        if not is_ours or not 0 < channels <= MOST_CHANNELS or frames > LONGEST_S * rate:
            return None
        if source_hash is not None and source_hash != found_hash:
            return None
        counts = _bin_counts(frames)
        if len(raw) != _HEAD.size + sum(counts) * channels * 8:
            return None
        levels = []
        at = _HEAD.size
        for count in counts:
            level = np.frombuffer(raw, "<f4", count * channels * 2, at).reshape(count, channels, 2)
            levels.append(level.astype(np.float32, copy=False))
            at += level.nbytes
        return cls(rate, channels, frames, tuple(levels), found_hash)


def build_peaks(source: Path | str | Sound, rate: int | None = None) -> Peaks:
    """Make the peaks of a file or of an array; a file is read in pieces, so its length costs no memory.

    Args:
        source: a sound file, or [frames, channels] or [frames].
        rate: frames per second; needed for an array, ignored for a file.

    Raises:
        UnreadableAudioError: when the file cannot be read.
        ValueError: when an array comes without a rate.
    """
    if not isinstance(source, Path | str):
        if rate is None:
            raise ValueError("Peaks of an array need its rate.")
        sound = as_frames(source)
        return _built(_pieces(sound), rate, sound.shape[1], "")
    name = content_hash(source)
    with AudioFile(source) as file:
        return _built(file.blocks(_BLOCK), file.info.rate, file.info.channels, name)


def load_or_build_peaks(source: Path | str, folder: Path | str) -> Peaks:
    """The peaks of a sound file from a folder of them; made, and kept there, when missing or stale.

    Args:
        source: a sound file.
        folder: where peak files lie, named by the hash of their source; made when missing.

    Raises:
        UnreadableAudioError: when the sound file cannot be read.
    """
    name = content_hash(source)
    path = Path(folder) / f"{name}.peaks"
    found = Peaks.load(path, source_hash=name)
    if found is None:
        found = build_peaks(source)
        # A cache that cannot be kept costs time, not the drawing.
        with contextlib.suppress(OSError, CannotWriteError):
            path.parent.mkdir(parents=True, exist_ok=True)
            found.save(path)
    return found


def _pieces(sound: Sound) -> Iterator[Audio]:
    for at in range(0, len(sound), _BLOCK):
        yield np.asarray(sound[at : at + _BLOCK], dtype=np.float32)


def _built(pieces: Iterable[Audio], rate: int, channels: int, name: str) -> Peaks:
    """Every piece but the last has `_BLOCK` frames, so bins never straddle two pieces."""
    finest: list[Bins] = []
    frames = 0
    for piece in pieces:
        frames += len(piece)
        finest.append(_bins(piece))
    levels = [np.concatenate(finest)] if finest else []
    while levels and len(levels[-1]) > 1:
        levels.append(_halved(levels[-1]))
    return Peaks(rate, channels, frames, tuple(levels), name)


def _bins(piece: Audio) -> Bins:
    frames, channels = piece.shape
    count = -(-frames // BASE_FRAMES)
    bins = np.empty((count, channels, 2), np.float32)
    for c in range(channels):
        # The last sample repeated changes neither the smallest nor the largest of its bin.
        row = np.pad(piece[:, c], (0, count * BASE_FRAMES - frames), mode="edge").reshape(count, BASE_FRAMES)
        bins[:, c, 0] = row.min(axis=1)
        bins[:, c, 1] = row.max(axis=1)
    return bins


def _halved(bins: Bins) -> Bins:
    if len(bins) & 1:
        bins = np.concatenate([bins, bins[-1:]])
    coarse = np.empty((len(bins) // 2, *bins.shape[1:]), np.float32)
    np.minimum(bins[::2, :, 0], bins[1::2, :, 0], out=coarse[:, :, 0])
    np.maximum(bins[::2, :, 1], bins[1::2, :, 1], out=coarse[:, :, 1])
    return coarse


def _bin_counts(frames: int) -> list[int]:
    counts = [-(-frames // BASE_FRAMES)] if frames else []
    while counts and counts[-1] > 1:
        counts.append(-(-counts[-1] // 2))
    return counts

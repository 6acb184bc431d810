"""All that stands before the samples of a WAV file.

Sources: Multimedia Programming Interface and Data Specifications 1.0; EBU Tech 3306 (RF64, beyond 4 GiB).
"""

import struct

import msgspec

from ._tags import chunk

_RIFF_LIMIT = 0xFFFFFFFF


class WavHead(msgspec.Struct, frozen=True):
    """The head of a WAV file. Its length never changes, so a file that grows is only told its new length.

    Attributes:
        rate: frames per second.
        channels: 1 … 64.
        bits: 16 or 24 (whole numbers) or 32 (float).
        extra: ready-made chunks, written before the samples.

    Raises:
        ValueError: when a figure is impossible.
    """

    rate: int
    channels: int
    bits: int
    extra: bytes = b""

    def __post_init__(self) -> None:
        if not (0 < self.rate <= 0xFFFFFFFF and 0 < self.channels <= 64 and self.bits in (16, 24, 32)):
            raise ValueError(
                f"No WAV file has {self.rate} Hz, {self.channels} channels and {self.bits} bits."
            )

    @property
    def frame_bytes(self) -> int:
        """Bytes of one frame."""
        return self.channels * self.bits // 8

    @property
    def size(self) -> int:
        """Bytes before the first sample."""
        return len(self.to_bytes(0))

    def to_bytes(self, frames: int) -> bytes:
        """The head of a file of so many frames; a byte of padding follows them when theirs are odd."""
        body = self._format(frames) + self.extra
        data = frames * self.frame_bytes
        riff = 4 + 36 + len(body) + 8 + data + (data & 1)
        if riff <= _RIFF_LIMIT:
            start = b"RIFF" + struct.pack("<I", riff) + b"WAVE" + chunk(b"JUNK", bytes(28))
            return start + body + b"data" + struct.pack("<I", data)
        sizes = chunk(b"ds64", struct.pack("<QQQI", riff, data, frames, 0))
        unknown = struct.pack("<I", 0xFFFFFFFF)
        return b"RF64" + unknown + b"WAVE" + sizes + body + b"data" + unknown

    def frames_told_by(self, head: bytes) -> int | None:
        """How many frames a head that `to_bytes` made promises; None when it is no such head."""
        if len(head) < self.size or head[8:12] != b"WAVE" or head[self.size - 8 : self.size - 4] != b"data":
            return None
        if head[:4] == b"RF64" and head[12:16] == b"ds64":
            data = int.from_bytes(head[28:36], "little")
        elif head[:4] == b"RIFF" and head[12:16] == b"JUNK":
            data = int.from_bytes(head[self.size - 4 : self.size], "little")
        else:
            return None
        frames = data // self.frame_bytes
        return frames if head[: self.size] == self.to_bytes(frames) else None

    def _format(self, frames: int) -> bytes:
        is_float = self.bits == 32
        sample = self.bits // 8
        extended = self.channels > 2
        kind = 3 if is_float else 1
        body = struct.pack(
            "<HHIIHH",
            0xFFFE if extended else kind,
            self.channels,
            self.rate,
            min(self.rate * self.channels * sample, 0xFFFFFFFF),
            self.channels * sample,
            self.bits,
        )
        if extended:  # WAVE_FORMAT_EXTENSIBLE: more than two channels have to say where they stand
            mask = {4: 0x33, 5: 0x37, 6: 0x3F, 8: 0x63F}.get(self.channels, 0)
            guid = struct.pack("<I", kind) + bytes.fromhex("00001000800000aa00389b71")
            body += struct.pack("<HHI", 22, self.bits, mask) + guid
        elif is_float:
            body += struct.pack("<H", 0)
        found = chunk(b"fmt ", body)
        if is_float:
            found += chunk(b"fact", struct.pack("<I", min(frames, 0xFFFFFFFF)))
        return found

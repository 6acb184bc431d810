"""The journal's bytes: a magic word, then frames of length, checksum and content.

Each checksum covers the frames before it too, so a frame is only believed where it was written. The first
frame names the project file that the edits follow; a journal is never applied to any other.
"""

import struct
import zlib
from pathlib import Path
from typing import Any

import msgspec

from musicgen_desktop import __version__

from ._layout import MOST_JOURNAL_BYTES
from ._migrations import SCHEMA_VERSION

MAGIC = b"MGDJRNL1"
_FRAME = struct.Struct("<II")


class Header(msgspec.Struct, frozen=True):
    """The first frame."""

    base: str
    schema: int
    app: str = ""


class Record(msgspec.Struct, frozen=True):
    """Every later frame: one edit, or several that were written together."""

    label: str
    edits: int
    delta: Any


class JournalContents(msgspec.Struct, frozen=True):
    """What could be read of a journal."""

    base: str
    schema: int
    records: tuple[Record, ...]
    checksum: int
    good_bytes: int
    torn: bool
    """Whether more bytes follow than make sense: writing was interrupted, or the disk lost something."""


def framed(content: bytes, checksum: int) -> tuple[bytes, int]:
    """A frame, and the checksum that the next one continues."""
    checksum = zlib.crc32(content, checksum)
    return _FRAME.pack(len(content), checksum) + content, checksum


def opening(base: str) -> tuple[bytes, int]:
    """The first bytes of a journal, and its checksum so far."""
    header, checksum = framed(
        msgspec.json.encode(Header(base, SCHEMA_VERSION, __version__)), zlib.crc32(MAGIC)
    )
    return MAGIC + header, checksum


def read_journal(path: Path) -> JournalContents | None:
    """All that is whole, up to the first frame that is not. None without a readable journal."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_JOURNAL_BYTES + 1)
    except OSError:
        return None
    if not data.startswith(MAGIC):
        return None
    contents, ends, checksums = _frames(data)
    try:
        header = msgspec.json.decode(contents[0], type=Header)
    except (IndexError, ValueError, RecursionError):
        return None
    records: list[Record] = []
    for content in contents[1:]:
        try:
            records.append(msgspec.json.decode(content, type=Record))
        except (ValueError, RecursionError):
            break
    good = len(records)
    return JournalContents(
        base=header.base,
        schema=header.schema,
        records=tuple(records),
        checksum=checksums[good],
        good_bytes=ends[good],
        torn=ends[good] != len(data),
    )


def _frames(data: bytes) -> tuple[list[bytes], list[int], list[int]]:
    """The content of each whole frame, where it ends, and the checksum up to there."""
    contents: list[bytes] = []
    ends: list[int] = []
    checksums: list[int] = []
    at, checksum = len(MAGIC), zlib.crc32(MAGIC)
    while at + _FRAME.size <= len(data):
        length, written = _FRAME.unpack_from(data, at)
        start = at + _FRAME.size
        if start + length > len(data):
            break
        content = data[start : start + length]
        checksum = zlib.crc32(content, checksum)
        if checksum != written:
            break
        at = start + length
        contents.append(content)
        ends.append(at)
        checksums.append(checksum)
    return contents, ends, checksums

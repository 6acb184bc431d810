"""What a FLAC file tells beside its samples: the facts of `WavTags` as Vorbis comments, and the chunks whole.

Sources: RFC 9639 (blocks of metadata; comments; foreign RIFF chunks in blocks named “riff”, which
`flac -d --keep-foreign-metadata` makes a WAV file of again). Names of comments that no standard has are
those that are met: TIME_REFERENCE (ffmpeg), BPM and INITIALKEY (taggers), CHAPTER001 (Matroska's tools),
LOOPSTART and LOOPLENGTH (games).
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from ._errors import UnreadableAudioError
from ._tags import WavTags
from ._wav_head import WavHead

STREAM_INFO_END = 42
"""Bytes of the mark “fLaC” and the first block, which every file begins with."""

_APPLICATION, _COMMENTS, _PADDING = 2, 4, 1
_LARGEST_BLOCK = (1 << 24) - 1
_MOST_BLOCKS = 1000
_LAST = 0x80
_VENDOR = b"MusicGen Desktop"


def comments_of(tags: WavTags, rate: int) -> list[tuple[str, str]]:
    """The facts as (NAME, text), those that are known."""
    found = [
        (name, tags.info[code])
        for name, code in (
            ("TITLE", "INAM"),
            ("ALBUM", "IPRD"),
            ("DATE", "ICRD"),
            ("COMMENT", "ICMT"),
            ("LICENSE", "ICOP"),
            ("ENCODER", "ISFT"),
        )
        if code in tags.info
    ]
    if tags.acid is not None and not tags.acid.one_shot:
        found.append(("BPM", f"{tags.acid.tempo_bpm:.3f}".rstrip("0").rstrip(".")))
        found.append(("METER", f"{tags.acid.meter_numerator}/{tags.acid.meter_denominator}"))
    if tags.key:
        found.append(("INITIALKEY", tags.key))
    if tags.bext is not None:
        found.append(("TIME_REFERENCE", str(tags.bext.time_reference_frames)))
        named = (
            ("ORIGINATOR", tags.bext.originator),
            ("ORIGINATOR_REFERENCE", tags.bext.originator_reference),
            ("DESCRIPTION", tags.bext.description),
            ("CODING_HISTORY", tags.bext.coding_history.strip()),
        )
        found += [(name, text) for name, text in named if text]
    for number, cue in enumerate(tags.cues, start=1):
        found.append((f"CHAPTER{number:03d}", _clock(cue.frame / rate)))
        found.append((f"CHAPTER{number:03d}NAME", cue.label))
    for loop in tags.loops[:1]:
        found.append(("LOOPSTART", str(loop.start_frame)))
        found.append(("LOOPLENGTH", str(loop.end_frame - loop.start_frame)))
    return found


def metadata_blocks(tags: WavTags, head: WavHead, frames: int) -> bytes:
    """The blocks that stand between the stream's own description and its sound; their length never changes.

    Args:
        tags: what to tell.
        head: that of the WAV file of the same samples, tags included.
        frames: how many the file has.
    """
    blocks = [_block(_COMMENTS, _comments(comments_of(tags, head.rate)))]
    blocks += [_block(_APPLICATION, b"riff" + piece) for piece in _pieces(head.to_bytes(frames))]
    return b"".join(blocks)


def as_padding(start: bytes) -> bytes:
    """The four bytes a block begins with, when it is to say nothing."""
    return bytes([start[0] & _LAST | _PADDING]) + start[1:4]


def read_comments(path: Path | str) -> dict[str, str]:
    """The Vorbis comments of a FLAC file by name, in capitals; the first of each, none where it is broken.

    Raises:
        UnreadableAudioError: when it is no FLAC file or cannot be opened.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            if file.read(4) != b"fLaC":
                raise UnreadableAudioError(path, "is not a FLAC file.")
            for _ in range(_MOST_BLOCKS):
                start = file.read(4)
                if len(start) < 4:
                    break
                length = int.from_bytes(start[1:], "big")
                if start[0] & ~_LAST == _COMMENTS:
                    return _parsed(file.read(length))
                if start[0] & _LAST:
                    break
                file.seek(length, 1)
    except OSError as error:
        raise UnreadableAudioError(path, f"cannot be opened: {error.strerror}.") from error
    return {}


def _block(kind: int, body: bytes) -> bytes:
    if len(body) > _LARGEST_BLOCK:
        raise ValueError("A block of a FLAC file has at most 16 MiB.")
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def _comments(comments: list[tuple[str, str]]) -> bytes:
    fields = [f"{name}={text}".encode() for name, text in comments]
    parts = [struct.pack("<I", len(_VENDOR)), _VENDOR, struct.pack("<I", len(fields))]
    for field in fields:
        parts += [struct.pack("<I", len(field)), field]
    return b"".join(parts)


def _parsed(body: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 4 + int.from_bytes(body[:4], "little")
    count = int.from_bytes(body[at : at + 4], "little")
    at += 4
    for _ in range(min(count, len(body) // 4)):
        length = int.from_bytes(body[at : at + 4], "little")
        field = body[at + 4 : at + 4 + length]
        at += 4 + length
        if len(field) < length or at > len(body):
            break
        name, is_named, text = field.decode(errors="replace").partition("=")
        if is_named:
            found.setdefault(name.upper(), text)
    return found


def _pieces(head: bytes) -> Iterator[bytes]:
    """The head of a WAV file, chunk by chunk; of the last one, the samples, only name and length."""
    yield head[:12]
    at = 12
    while at < len(head):
        size = int.from_bytes(head[at + 4 : at + 8], "little")
        end = at + 8 if head[at : at + 4] == b"data" else at + 8 + size + (size & 1)
        yield head[at:end]
        at = end


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"

"""Whether a sound file is written to its end."""

from pathlib import Path
from typing import Literal

from ._errors import UnreadableAudioError
from ._read import AudioFile

_MOST_CHUNKS = 1000


def is_whole(path: Path | str) -> bool:
    """Whether all the sound that a file promises is in it, so that nobody is still writing it.

    A program that records or bounces writes the head first and its figures at the end: until then they are 0,
    or promise more than there is. Of Ogg and MP3 files, which promise nothing, the last frame is looked for.

    Args:
        path: the file. One that is no sound file, or cannot be opened, is not whole.
    """
    path = Path(path)
    try:
        if not _holds_its_chunks(path):
            return False
        with AudioFile(path) as file:
            if not file.info.frames:
                return False
            file.seek(file.info.frames - 1)
            return len(file.read(1)) == 1
    except (UnreadableAudioError, OSError):
        return False


def _holds_its_chunks(path: Path) -> bool:
    """Whether a file made of chunks holds its sound chunk, and not nothing in it; true for other kinds."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] in (b"RIFF", b"RF64", b"RIFX"):
            sound = b"data"
        elif head[:4] == b"FORM":
            sound = b"SSND"
        else:
            return True
        order: Literal["big", "little"] = "big" if head[:4] in (b"RIFX", b"FORM") else "little"
        told_apart = -1  # the sound's length where 32 bits are not enough
        for _ in range(_MOST_CHUNKS):
            start = file.read(8)
            if len(start) < 8:
                return False
            length = int.from_bytes(start[4:], order)
            if start[:4] == b"ds64":
                body = file.read(min(length, 28))
                told_apart = int.from_bytes(body[8:16], "little")
                file.seek(length - len(body), 1)
                continue
            if start[:4] == sound:
                length = told_apart if length == 0xFFFFFFFF and told_apart >= 0 else length
                return 0 < length <= size - file.tell()
            file.seek(length + (length & 1), 1)
    return False

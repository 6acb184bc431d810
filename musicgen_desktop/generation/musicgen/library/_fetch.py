"""One file from the hub: what arrived stays when the line is cut, and nothing counts before its hash fits."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import FileIO
from pathlib import Path

from musicgen_desktop.foundation import StopFlag, UserInputError, sync_file

from ._hub_file import HubFile

_PIECE_BYTES = 1 << 20
_POLL_S = 0.05
_PAUSES_S = (0.0, 1.0, 2.0, 4.0)

Ask = Callable[[HubFile, int], AbstractContextManager[tuple[int, Iterator[bytes]]]]
"""Ask a server for a file from that byte on; gives the byte at which its answer begins, and the bytes as they
come. Raises LineCutError then or while they come; UserInputError when asking again is of no use."""


class LineCutError(Exception):
    """The connection broke, or nobody answers now; asking again may help."""


def fetch(
    file: HubFile,
    folder: Path,
    ask: Ask,
    arrived: Callable[[int], None],
    stop: StopFlag,
    pauses_s: tuple[float, ...] = _PAUSES_S,
) -> None:
    """Have a file in a folder, whole and verified; one that is there already is verified only.

    Args:
        file: which, and its hash.
        folder: where; what arrived of it stays there as “….part” until all of it has.
        ask: called for each attempt.
        arrived: told how many bytes are there now; fewer than before when a server began anew.
        stop: looked at with each piece.
        pauses_s: it is asked again after so many seconds, as often in a row as attempts bring nothing.

    Raises:
        LineCutError: when all attempts were in vain.
        UserInputError: when what came is not what the hub promised; it is deleted then.
        OSError: when the disk refuses.
        Stopped: when `stop` was set.
    """
    target = folder / file.name
    if target.is_file():
        if _is_verified(target, file, stop):
            arrived(file.size)
            return
        target.unlink()
    # Named after its content too: of another revision nothing may be left in it.
    part = folder / f"{file.name}.{file.sha256 or file.git_sha1}.part"
    with FileIO(part, "ab") as stream:  # unbuffered: what arrived is there even if we are killed
        _receive(file, stream, ask, arrived, stop, pauses_s)
        sync_file(stream.fileno())
    if not _is_verified(part, file, stop):
        part.unlink()
        raise UserInputError(f"“{file.name}” arrived damaged and was deleted; get the model again.")
    part.replace(target)


def _receive(
    file: HubFile,
    stream: FileIO,
    ask: Ask,
    arrived: Callable[[int], None],
    stop: StopFlag,
    pauses_s: tuple[float, ...],
) -> None:
    vain = 0
    while (before := stream.tell()) < file.size:
        try:
            with ask(file, before) as (start, pieces):
                if start != before:
                    stream.truncate(start)
                    stream.seek(start)
                for piece in pieces:
                    rest = memoryview(piece)[: file.size - stream.tell()]  # no more than was promised
                    while rest:
                        rest = rest[stream.write(rest) :]
                    arrived(stream.tell())
                    stop.raise_if_set()  # after it is kept
                    if stream.tell() >= file.size:
                        break  # an answer may have no end
        except LineCutError:
            vain = 0 if stream.tell() > before else vain
            if vain == len(pauses_s):
                raise
            _wait(pauses_s[vain], stop)
            vain += 1
        else:
            if stream.tell() <= before:
                raise UserInputError(
                    f"The hub sends less of “{file.name}” than it promised; try another day."
                )


def _is_verified(path: Path, file: HubFile, stop: StopFlag) -> bool:
    size = path.stat().st_size
    if size != file.size:
        return False
    if file.sha256 is not None:
        digest, wanted = hashlib.sha256(), file.sha256
    else:
        digest, wanted = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False), file.git_sha1 or ""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            stop.raise_if_set()
            digest.update(piece)
    return digest.hexdigest() == wanted


def _wait(pause_s: float, stop: StopFlag) -> None:
    until = time.monotonic() + pause_s
    while (left := until - time.monotonic()) > 0:
        stop.raise_if_set()
        time.sleep(min(left, _POLL_S))

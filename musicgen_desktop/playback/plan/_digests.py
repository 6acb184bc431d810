"""Hashes of what sounds: of large values once per value, of SoundFonts once per file."""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

_ENDS = 1 << 16
_MOST_KNOWN = 2_048

_ENCODER = msgspec.json.Encoder(order="deterministic")
_LOCK = threading.Lock()
_KNOWN: OrderedDict[tuple[str, int], tuple[object, str]] = OrderedDict()


def digest_of(value: object, kind: Any) -> str:
    """A hash that is the same for values that mean the same.

    Args:
        value: of msgspec's kinds.
        kind: its type. A saved project has floats where whole numbers were: decoded as this they are alike.
    """
    decoded = msgspec.json.decode(_ENCODER.encode(value), type=kind)
    return hashlib.blake2b(_ENCODER.encode(decoded), digest_size=20).hexdigest()


def known_digest(what: str, value: object, make: Callable[[], str]) -> str:
    """The hash of a value that is never changed in place, worked out when this very object is first seen.

    An edit replaces the one tuple of clips that it changes, so that hashing the other tracks costs nothing,
    however many notes they have. May be called by several threads.

    Args:
        what: which of its hashes.
        value: is kept, so that no other object takes its identity; the longest unused is let go.
        make: works it out.
    """
    key = what, id(value)
    with _LOCK:
        known = _KNOWN.get(key)
        if known is not None:
            _KNOWN.move_to_end(key)
            return known[1]
    digest = make()
    with _LOCK:
        _KNOWN[key] = value, digest
        while len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.popitem(last=False)
    return digest


def font_digest(soundfont: Path) -> str:
    """Tells fonts apart on any machine, wherever the file lies there; empty when it cannot be read."""
    try:
        stat = soundfont.stat()
    except OSError:
        return ""
    return _font_digest(str(soundfont), stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=16)
def _font_digest(path: str, size: int, _mtime_ns: int) -> str:
    """Size and both ends: a font of a gigabyte is not read through to tell that it is still the same."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_ENDS)
            file.seek(max(0, size - _ENDS), os.SEEK_SET)
            tail = file.read(_ENDS)
    except OSError:
        return ""
    return hashlib.blake2b(b"%d:" % size + head + tail, digest_size=16).hexdigest()

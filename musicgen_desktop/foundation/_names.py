"""Names of files that every system takes."""

import re
import unicodedata

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)
_LONGEST_EXTENSION = 16


def safe_file_name(text: str, *, fallback: str = "untitled", longest_bytes: int = 120) -> str:
    """A file name from any text: no separators, no reserved names, no dot or blank at the ends.

    Args:
        text: what a person or another system calls it, with an extension or without.
        fallback: what to call it when nothing is left.
        longest_bytes: in UTF-8; file systems end at 255, and a number or a tempo may be added. A name that is
            too long keeps its extension.

    >>> safe_file_name('Night/Drive: "2"')
    'Night Drive 2'
    """
    printable = text.encode("utf-8", "replace").decode()  # lone surrogates become question marks
    kept = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]+', " ", unicodedata.normalize("NFC", printable))
    name = re.sub(r"\s+", " ", kept).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not stem or " " in extension or len(extension.encode()) > _LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    stem = stem.rstrip(" .")
    head, point, rest = stem.partition(".")
    if head.rstrip().lower() in _RESERVED:  # with any extension too
        stem = f"{head}_{point}{rest}"
    room = longest_bytes - len(f"{dot}{extension}".encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").strip(" .")
    return f"{stem}{dot}{extension}" if stem else fallback

"""File names people and DAWs both read: number, name, tempo, key."""

import re
import unicodedata

from musicgen_desktop.document import Project
from musicgen_desktop.music import Key

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)


def safe_name(text: str, *, fallback: str = "untitled", longest: int = 60) -> str:
    """A file name that every system takes: no separators, no reserved names, no dot or blank at the ends.

    >>> safe_name('Night/Drive: "2"')
    'Night Drive 2'
    """
    composed = unicodedata.normalize("NFC", text)
    kept = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', " ", composed)
    name = re.sub(r"\s+", " ", kept).strip(" .")
    head, dot, rest = name.partition(".")
    if head.rstrip().lower() in _RESERVED:  # with any extension too
        name = f"{head}_{dot}{rest}"
    return name[:longest].strip(" .") or fallback


def numbered_name(number: int, name: str) -> str:
    """The beginning of a track's file names: `01_drums`, `12_warm-pad`."""
    return f"{number:02d}_{safe_name(name).replace(' ', '-').lower()}"


def stem_file_name(number: int, name: str, project: Project, *, extension: str = "wav") -> str:
    """`01_drums_92bpm_Am.wav`; a tempo that is not whole keeps its decimals (`92.5bpm`)."""
    tempo = f"{project.tempo_map.points[0].bpm:.2f}".rstrip("0").rstrip(".")
    parts = [numbered_name(number, name), f"{tempo}bpm"]
    if project.keys:
        parts.append(Key.parse(project.keys[0].key).short.replace(" ", "-"))
    return "_".join(parts) + f".{extension}"

"""Which files of a folder are new and written to their end."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.exchange.midi_file import UnreadableMidiError, read_midi
from musicgen_desktop.exchange.stems import PROGRAM
from musicgen_desktop.media import (
    UnreadableAudioError,
    is_whole,
    read_comments,
    read_info,
    read_tags,
    told_place,
)

SUFFIXES = frozenset({".wav", ".wave", ".w64", ".rf64", ".flac", ".ogg", ".oga", ".mp3", ".aif", ".aiff"})
MIDI_SUFFIXES = frozenset({".mid", ".midi"})

_MOST_FILES = 10_000
_STEADY_S = 1.0


class Arrival(msgspec.Struct, frozen=True):
    """A sound file that came, or a MIDI file.

    Attributes:
        path: it.
        seconds: how long it lasts.
        tempo_bpm: what it says of itself, by tags or name; None when it says nothing.
        start_s: where on the timeline it says that it begins; None when it says nothing.
    """

    path: Path
    seconds: float
    tempo_bpm: float | None = None
    start_s: float | None = None


class _Stamp(NamedTuple):
    """What changes while a file is written."""

    bytes: int
    changed_ns: int


class _Seen(NamedTuple):
    """A file as it was last seen, since when it is so, and whether that was judged already."""

    stamp: _Stamp
    since_s: float
    is_judged: bool


class Arrivals:
    """Looks into a folder again and again.

    What lies there at the first look is known and not told. A file is told once it has been of one size and
    date for a second and its head promises no more than there is; when it is written anew, it is told again.
    Files that we wrote ourselves are not told. Looking, rather than being notified, works on network disks.

    Args:
        folder: only its own files, not those of folders inside it. It may be missing at times.
        midi: whether MIDI files are offered too.
        passed_over: gets the name of each file that is not offered, and a sentence that says why.
        now_s: a clock.
    """

    def __init__(
        self,
        folder: Path,
        *,
        midi: bool = False,
        passed_over: Callable[[str, str], object] | None = None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self._midi = midi
        self._passed_over = passed_over
        self._reasons: dict[str, str] = {}  # as they were told; a file that grows by and by is told once
        self._now_s = now_s
        self._seen: dict[str, _Seen] | None = None

    @property
    def count(self) -> int:
        """How many files lay there at the last look."""
        return len(self._seen or ())

    def look(self) -> tuple[Arrival, ...]:
        """What is complete since the last look, by name."""
        found = _files(self.folder, every=self._passed_over is not None)
        if found is None:  # a disk that went away comes back with the same files
            self._seen = self._seen or {}
            return ()
        now = self._now_s()
        before = self._seen
        if before is None:
            self._seen = {name: _Seen(stamp, now, is_judged=True) for name, stamp in found.items()}
            return ()
        self._seen = {}
        arrived: list[Arrival] = []
        for name, stamp in sorted(found.items()):
            seen = before.get(name)
            if seen is None or seen.stamp != stamp:
                seen = _Seen(stamp, now, is_judged=False)
            elif not seen.is_judged and now - seen.since_s >= _STEADY_S:
                seen = seen._replace(is_judged=True)
                arrival = _judged(self.folder / name, midi=self._midi)
                if isinstance(arrival, Arrival):
                    arrived.append(arrival)
                else:
                    self._pass_over(name, arrival)
            self._seen[name] = seen
        return tuple(arrived)

    def _pass_over(self, name: str, reason: str) -> None:
        if self._passed_over is not None and self._reasons.get(name) != reason:
            self._reasons[name] = reason
            self._passed_over(name, reason)


def _files(folder: Path, *, every: bool) -> dict[str, _Stamp] | None:
    """The sound files of a folder by name, or every file; None when it cannot be looked into."""
    found: dict[str, _Stamp] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not _is_looked_at(entry.name, every=every):
                    continue
                try:
                    if not entry.is_file():
                        continue
                    status = entry.stat()
                except OSError:  # gone again, or a link to nowhere
                    continue
                found[entry.name] = _Stamp(status.st_size, status.st_mtime_ns)
                if len(found) >= _MOST_FILES:
                    break
    except OSError:
        return None
    return found


def _is_looked_at(name: str, *, every: bool) -> bool:
    """Whether a name is that of a sound file, or any; hidden ones are being written, and renamed later."""
    if name.startswith(".") or not (every or Path(name).suffix.lower() in SUFFIXES):
        return False
    try:
        name.encode()
    except UnicodeEncodeError:  # no project could hold such a name
        return False
    return True


def _judged(path: Path, *, midi: bool) -> Arrival | str:
    """The file as it is told; a sentence when it is not whole, neither sound nor MIDI, or ours."""
    suffix = path.suffix.lower()
    try:
        if suffix in SUFFIXES:
            return _judged_sound(path)
        if midi and suffix in MIDI_SUFFIXES:
            return _judged_midi(path)
    except (UnreadableAudioError, UnreadableMidiError) as error:
        return str(error)
    except OSError as error:
        return f"“{path.name}” cannot be read: {error.strerror or 'the system refused'}."
    return f"“{path.name}” is passed over: it is no sound{' or MIDI' if midi else ''} file."


def _judged_sound(path: Path) -> Arrival | str:
    info = read_info(path)
    told = told_place(path, info.rate)
    if not is_whole(path):
        return f"“{path.name}” is damaged, or not written to its end; it comes in once it is whole."
    if _is_ours(path):
        return f"“{path.name}” is passed over: this program wrote it."
    return Arrival(path, info.seconds, told.tempo_bpm, told.start_s)


def _judged_midi(path: Path) -> Arrival:
    song = read_midi(path)
    end = max(track.end_ticks for track in song.tracks)
    return Arrival(path, song.tempo_map.seconds_at(end), song.tempo_map.points[0].bpm)


def _is_ours(path: Path) -> bool:
    """Whether we wrote it: a stem or mix that was exported into the folder."""
    try:
        tags = read_tags(path)
    except UnreadableAudioError:
        pass
    else:
        return tags.bext is not None and tags.bext.originator == PROGRAM
    try:
        return read_comments(path).get("ORIGINATOR") == PROGRAM
    except UnreadableAudioError:
        return False

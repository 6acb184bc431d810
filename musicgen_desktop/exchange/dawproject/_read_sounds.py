"""Audio files that a file names, and how their seconds lie on the beats of a clip."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from musicgen_desktop.document import AudioClip, AudioSource, Track
from musicgen_desktop.foundation import new_id

from ._check_xml import is_inside
from ._read_values import BadNumberError, Reading, clean, real, truth, whole
from ._stretch import MOST_SAMPLES
from ._values import StretchedSound

Anchors = tuple[tuple[float, float], ...]
"""(seconds of a stretch, seconds of the sound), both rising."""

_MOST_SOURCES = 5_000
_MOST_STRETCHED = 500
_LONGEST_STRETCHED_S = 7_200.0  # all of a song
_CLOSEST = 1e-6  # beats or seconds between anchors


class SoundReader:
    """Collects the audio files of a song; each member of the archive is one source."""

    def __init__(self, members: frozenset[str], reading: Reading) -> None:
        self._members = members
        self._reading = reading
        self._sources: dict[str, AudioSource] = {}

        self._stretched: dict[tuple[str, Anchors], tuple[AudioSource, StretchedSound]] = {}
        self._stretch_left_s = _LONGEST_STRETCHED_S

    def sources_of(self, tracks: Iterable[Track]) -> tuple[AudioSource, ...]:
        """Those that the clips of these tracks play."""
        used = {clip.source_id for track in tracks for clip in track.clips if isinstance(clip, AudioClip)}
        made = (source for source, _ in self._stretched.values())
        return tuple(source for source in (*self._sources.values(), *made) if source.id in used)

    def stretched_in(self, sources: Iterable[AudioSource]) -> tuple[StretchedSound, ...]:
        """How those of these sources are made that no file is yet."""
        wanted = {source.id for source in sources}
        return tuple(told for source, told in self._stretched.values() if source.id in wanted)

    def stretched(self, source: AudioSource, anchors: Anchors) -> AudioSource | None:
        """The source of a file in which a sound is stretched so; None when there is too much of that."""
        key = (source.path, anchors)
        if key not in self._stretched:
            seconds = max(anchors[-1][0], anchors[-1][1] - anchors[0][1])
            longest = min(MOST_SAMPLES / (source.rate * source.channels), self._stretch_left_s)
            if seconds > longest or len(self._stretched) >= _MOST_STRETCHED:
                return None
            self._stretch_left_s -= seconds
            made = AudioSource(
                id=new_id("source"),
                name=source.name,
                path=f"stretched/{len(self._stretched) + 1}/{PurePosixPath(source.path).stem}.wav",
                content_hash="",
                rate=source.rate,
                channels=source.channels,
                frames=round(anchors[-1][0] * source.rate),
            )
            self._stretched[key] = made, StretchedSound(made.id, source.path, anchors)
        return self._stretched[key][0]

    def source_of(self, audio: Element, clip: str) -> AudioSource | None:
        """The source of an Audio element; None when its sound is not in the archive, which is told."""
        file = audio.find("File")
        path = member_of("" if file is None else file.get("path", ""), self._members)
        is_external = truth(file, "external")
        told = _told_shape(audio)
        if path in self._sources:
            return self._sources[path]
        if is_external:
            self._reading.remarks.add(
                "A sound that lies outside the file was left out; import it by itself", clip
            )
            return None
        if not is_inside(path) or path not in self._members:
            self._reading.remarks.add("A sound is missing in the file, and its clip was left out", clip)
            return None
        rate, channels, frames = told
        if not (1 <= rate <= 10_000_000 and 1 <= channels <= 1_024 and 0 <= frames <= 1 << 40):
            self._reading.remarks.add(
                "What is told of a sound makes no sense, and its clip was left out", clip
            )
            return None
        if len(self._sources) >= _MOST_SOURCES:
            self._reading.remarks.add(f"Of the sounds the first {_MOST_SOURCES:,} were kept", clip)
            return None
        source = AudioSource(
            id=new_id("source"),
            name=clean(PurePosixPath(path).stem) or "audio",
            path=path,
            content_hash="",
            rate=rate,
            channels=channels,
            frames=frames,
        )
        self._sources[path] = source
        return source


def member_of(path: str, members: frozenset[str]) -> str:
    """What a path in a song is called in its archive: some write it as Windows does, or as addresses are."""
    plain = path.removeprefix("./")
    turned = plain.replace("\\", "/").removeprefix("./")
    return next((name for name in (plain, turned, unquote(turned)) if name in members), plain)


def _told_shape(audio: Element) -> tuple[int, int, int]:
    """(rate, channels, frames) as an element tells; nonsense when it makes none."""
    try:
        rate, channels = whole(audio, "sampleRate"), whole(audio, "channels")
        return rate, channels, round(real(audio, "duration") * rate)
    except BadNumberError:
        return 0, 0, 0


class WarpMap:
    """Times of a clip's content → seconds of a sound, straight between anchors and on beyond them.

    Args:
        anchors: (time, seconds); with none the two are the same.
    """

    def __init__(self, anchors: list[tuple[float, float]]) -> None:
        kept: list[tuple[float, float]] = []
        for time, seconds in sorted(anchors):
            if not kept or time > kept[-1][0] + _CLOSEST:
                kept.append((time, seconds))
        self._anchors = kept if len(kept) > 1 else [(0.0, 0.0), (1.0, 1.0)]
        self._times = [time for time, _ in self._anchors]

    def seconds_at(self, time: float) -> float:
        """The second of the sound that plays at a time of the content."""
        at = min(len(self._anchors) - 2, max(0, bisect_right(self._times, time) - 1))
        (t0, s0), (t1, s1) = self._anchors[at], self._anchors[at + 1]
        return s0 + (time - t0) * (s1 - s0) / (t1 - t0)

    def times_between(self, low: float, high: float) -> list[float]:
        """The anchors between two times of the content."""
        return self._times[bisect_right(self._times, low) : bisect_left(self._times, high)]

    @property
    def runs_back(self) -> bool:
        """Whether somewhere it plays backwards or stands still."""
        return any(after[1] <= before[1] for before, after in pairwise(self._anchors))


def warp_map_of(warps: Element, scale: float) -> WarpMap:
    """The anchors of a Warps element.

    Args:
        warps: the element.
        scale: units of the clip's content in one of its own.

    Raises:
        BadNumberError: one of them cannot be read.
    """
    anchors = [(scale * real(warp, "time"), real(warp, "contentTime")) for warp in warps.iterfind("Warp")]
    return WarpMap(anchors)

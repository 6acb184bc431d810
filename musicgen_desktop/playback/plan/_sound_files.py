"""Audio files at the plan's rate, read once."""

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from musicgen_desktop.dsp import Audio, fade_in, fade_out
from musicgen_desktop.foundation import MusicgenDesktopError, user_cache_folder
from musicgen_desktop.media import AudioFile, read_audio
from musicgen_desktop.playback.mixer import Planar

from ._sound_cache import SUFFIX, UNFINISHED, make_room, touch
from ._stored_sound import FileSound, RawSound, Sound, can_be_read_anywhere
from ._values import ClipsSource, PlannedClip

_MOST_IN_MEMORY = 64 << 20
_BLOCK = 1 << 16

_Key = tuple[str, str]


class SoundFiles:
    """Sound of files at one rate: short ones in memory, long ones as a file in the cache folder.

    May be used by several threads. A file that cannot be read is silence, and said so in `problems`.

    Args:
        rate: frames per second of everything handed out.
        folder: of the cache; the user's when None. Files in it can be deleted at any time.
        in_place: long files at this rate that allow it are read where they lie, not from a copy; not for
            processes that fork.
        most_in_memory: bytes of sound up to which a file counts as short.
    """

    def __init__(
        self,
        rate: int,
        folder: Path | None = None,
        *,
        in_place: bool = False,
        most_in_memory: int | None = None,
    ) -> None:
        self.rate = rate
        self.problems: list[str] = []
        self._folder = folder or user_cache_folder() / "sound"
        self._in_place = in_place
        self._most_in_memory = _MOST_IN_MEMORY if most_in_memory is None else most_in_memory
        self._known: dict[_Key, Sound] = {}
        self._failed: set[_Key] = set()
        self._lock = threading.Lock()

    def sound_of(self, clip: PlannedClip) -> Sound:
        """[frames, channels] of the clip's whole file, not to be written to; no frames when there is none."""
        if clip.path is None:
            return np.zeros((0, 1), np.float32)
        key = clip.key, str(clip.path)
        sound = self._known.get(key)
        if sound is None:
            with self._lock:  # whoever asks for what is known never waits for what is being read
                sound = self._known.get(key)
                if sound is None:
                    sound = self._known[key] = self._read(clip.path, clip.key)
        return sound

    def knows(self, clip: PlannedClip) -> bool:
        """Whether `sound_of` would answer at once."""
        return clip.path is None or (clip.key, str(clip.path)) in self._known

    def keep_only(self, clips: Iterable[PlannedClip]) -> None:
        """Forget the files that none of these clips plays."""
        wanted = {(clip.key, str(clip.path)) for clip in clips}
        for key in list(self._known):
            if key not in wanted:
                self._known.pop(key, None)

    def try_again(self, clips: Iterable[PlannedClip]) -> None:
        """Forget which files of these clips could not be read: they may have come back."""
        for clip in clips:
            key = clip.key, str(clip.path)
            if key in self._failed:
                self._failed.discard(key)
                self._known.pop(key, None)

    def _read(self, path: Path, key: str) -> Sound:
        try:
            with AudioFile(path) as file:
                info = file.info
            if info.frames / info.rate * self.rate * info.channels * 4 <= self._most_in_memory:
                return read_audio(path, rate=self.rate)[0]
            if self._in_place and info.rate == self.rate and can_be_read_anywhere(info):
                return FileSound(path, self.problems.append)
            return self._stored(path, key, info.channels)
        except (MusicgenDesktopError, OSError) as error:
            self.problems.append(f"{path.name} is silent: {error}")
            self._failed.add((key, str(path)))
            return np.zeros((0, 1), np.float32)

    def _stored(self, path: Path, key: str, channels: int) -> Sound:
        stat = path.stat()
        name = f"{key}:{path}:{stat.st_size}:{stat.st_mtime_ns}:{self.rate}:{channels}"
        target = self._folder / f"{hashlib.blake2b(name.encode(), digest_size=16).hexdigest()}{SUFFIX}"
        touch(target)
        if not target.is_file():
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=self._folder, suffix=UNFINISHED)
            try:
                with os.fdopen(handle, "wb") as out:
                    for block in _resampled(path, self.rate):
                        out.write(np.ascontiguousarray(block, np.float32).data)
                Path(unfinished).replace(target)
            finally:
                Path(unfinished).unlink(missing_ok=True)
            make_room(self._folder, keep=target)
        return RawSound(target, channels)


def _resampled(path: Path, rate: int) -> Iterator[Audio]:
    with AudioFile(path) as file:
        if file.info.rate == rate:
            yield from file.blocks(_BLOCK)
            return
        import soxr  # noqa: PLC0415 - only long files at another rate need it

        stream = soxr.ResampleStream(file.info.rate, rate, file.info.channels, dtype="float32", quality="VHQ")
        for block in file.blocks(_BLOCK):
            yield stream.resample_chunk(np.ascontiguousarray(block))
        yield stream.resample_chunk(np.zeros((0, file.info.channels), np.float32), last=True)


class ClipReader:
    """Reads a track's clips from any place of the timeline on."""

    def __init__(self, source: ClipsSource, files: SoundFiles) -> None:
        self._clips = source.clips
        self._files = files
        self._fades = [_fades(clip) for clip in source.clips]

    def read(self, start: int, frames: int) -> Planar:
        """[2, frames], a new array; a mono file sounds the same left and right."""
        mix = np.zeros((2, frames), np.float32)
        for clip, fades in zip(self._clips, self._fades, strict=True):
            first = max(start, clip.start_frame)
            end = min(start + frames, clip.start_frame + clip.frames)
            if first < end:
                low, high = first - clip.start_frame, end - clip.start_frame
                part = self._span(clip, low, high)
                _apply_fades(part, clip, fades, low)
                mix[:, first - start : end - start] += part
        return mix

    def _span(self, clip: PlannedClip, low: int, high: int) -> Planar:
        """Frames `low` … `high` of a clip before its fades; silence beyond the file's ends."""
        sound = self._files.sound_of(clip)
        if clip.reversed:
            low, high = clip.frames - high, clip.frames - low
        begin, end = clip.offset_frames + low, clip.offset_frames + high
        span = np.zeros((2, end - begin), np.float32)
        inside = sound[max(begin, 0) : max(min(end, len(sound)), 0)]
        if len(inside):
            at = max(begin, 0) - begin
            # Of files with more than two channels the first two are left and right.
            span[:, at : at + len(inside)] = inside[:, :2].T
            span[:, at : at + len(inside)] *= np.float32(clip.gain)
        return span[:, ::-1] if clip.reversed else span


def _fades(clip: PlannedClip) -> tuple[Audio, Audio]:
    return fade_in(clip.fade_in_frames, clip.fade_shape), fade_out(clip.fade_out_frames, clip.fade_shape)


def _apply_fades(part: Planar, clip: PlannedClip, fades: tuple[Audio, Audio], low: int) -> None:
    """Multiply the frames from `low` of a clip by its fades, in place."""
    rise, fall = fades
    if low < len(rise):
        piece = rise[low : low + part.shape[1]]
        part[:, : len(piece)] *= piece
    falls_from = clip.frames - len(fall)
    at = max(falls_from - low, 0)
    if at < part.shape[1] and len(fall):
        part[:, at:] *= fall[low + at - falls_from : low + part.shape[1] - falls_from]

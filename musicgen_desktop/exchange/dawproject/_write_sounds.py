"""Which sound files go into the archive, and what they are called there."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

import numpy as np

from musicgen_desktop.document import AudioClip, AudioSource
from musicgen_desktop.foundation import safe_file_name
from musicgen_desktop.media import AudioFile, WavHead, encoded_samples

from ._values import AUDIO_FOLDER

_BLOCK = 1 << 16


class SoundFile(NamedTuple):
    """A member of the archive.

    Attributes:
        name: in the archive.
        source: the file that it is, or is made of.
        clip: whose gain and direction it has; None for the file as it is.
        frames: its length, at `rate`.
    """

    name: str
    source: AudioSource
    clip: AudioClip | None
    frames: int

    @property
    def rate(self) -> int:
        """Frames per second."""
        return self.source.rate

    @property
    def channels(self) -> int:
        """As the source has."""
        return self.source.channels


class Sounds:
    """Collects the sounds that clips ask for; each is there once."""

    def __init__(self) -> None:
        self._files: dict[tuple[object, ...], SoundFile] = {}
        self._names: set[str] = set()

    def __iter__(self) -> Iterator[SoundFile]:
        return iter(self._files.values())

    def whole(self, source: AudioSource) -> SoundFile:
        """The file of a source as it lies in the project."""
        name = PurePosixPath(source.path.replace("\\", "/")).name
        return self._file((source.id,), name, source, None, source.frames)

    def changed(self, clip: AudioClip, source: AudioSource, frames: int) -> SoundFile:
        """The span that a clip plays, with the clip's own gain, and backwards when the clip is."""
        key = (source.id, clip.source_offset_frames, frames, clip.gain_db, clip.reversed)
        return self._file(key, f"{clip.name or source.name}.wav", source, clip, frames)

    def _file(
        self, key: tuple[object, ...], wanted: str, source: AudioSource, clip: AudioClip | None, frames: int
    ) -> SoundFile:
        known = self._files.get(key)
        if known is not None:
            return known
        wanted = safe_file_name(wanted, fallback="audio.wav")
        stem, suffix = PurePosixPath(wanted).stem, PurePosixPath(wanted).suffix
        name, count = wanted, 1
        while name.casefold() in self._names:
            count += 1
            name = f"{stem}-{count}{suffix}"
        self._names.add(name.casefold())
        file = SoundFile(f"{AUDIO_FOLDER}/{name}", source, clip, frames)
        self._files[key] = file
        return file


def write_changed(file: SoundFile, clip: AudioClip, path: Path, target: IO[bytes]) -> None:
    """Write what a clip plays as a WAV file of 32-bit floats; silence where its source has no sound.

    Args:
        file: how long it shall be.
        clip: with its gain and direction.
        path: of the source.
        target: written to from its beginning to its end.

    Raises:
        UnreadableAudioError: the source is missing or no sound.
    """
    target.write(WavHead(file.rate, file.channels, 32, b"").to_bytes(file.frames))
    gain = np.float32(10.0 ** (clip.gain_db / 20.0))
    with AudioFile(path) as source:
        for start in range(0, file.frames, _BLOCK):
            count = min(_BLOCK, file.frames - start)
            at = file.frames - start - count if clip.reversed else start
            block = np.zeros((count, file.channels), np.float32)
            begin = clip.source_offset_frames + at
            if begin < source.info.frames:
                source.seek(begin)
                sound = source.read(count)
                block[: len(sound)] = sound * gain
            target.write(encoded_samples(block[::-1].copy() if clip.reversed else block, 32))

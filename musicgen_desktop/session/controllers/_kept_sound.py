"""Sound that a project keeps as one of its own audio files."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musicgen_desktop.document import AudioSource
from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import new_id, safe_file_name
from musicgen_desktop.media import AudioFile, WavWriter, content_hash, make_folder
from musicgen_desktop.playback.offline import PlacedBlock
from musicgen_desktop.storage import AUDIO_FOLDER

_BLOCK = 1 << 16


class KeptSound(NamedTuple):
    """An audio file in the project's folder, and the frame of the timeline on which it begins."""

    source: AudioSource
    start_frame: int


def keep_sound(
    blocks: Iterable[PlacedBlock],
    folder: Path,
    name: str,
    rate: int,
    *,
    from_frame: int | None = None,
    to_frame: int | None = None,
    gain: float = 1.0,
    may_be_mono: bool = False,
) -> KeptSound | None:
    """Write sound into a project's `audio/` folder as a file of 32-bit floats.

    Args:
        blocks: that follow each other.
        folder: the project's.
        name: what the file is to be called; one that is free is found.
        rate: frames per second.
        from_frame: where the file begins when the sound begins later: silence goes before it.
        to_frame: where the file ends when the sound goes on.
        gain: to multiply by.
        may_be_mono: write one channel when both sides are the same.

    Returns:
        None when there was no sound, and no file was written.

    Raises:
        CannotWriteError, CannotWriteIntoError: when the disk refuses.
    """
    place = folder / AUDIO_FOLDER
    make_folder(place)
    path = _free(place, name)
    start: int | None = None
    same_sides = may_be_mono
    with WavWriter(path, rate, 2, 32) as wav:
        for first, audio in blocks:
            if start is None:
                start = first if from_frame is None else min(first, from_frame)
                wav.write(np.zeros((first - start, 2), np.float32))
            sound = audio if to_frame is None else audio[: max(0, to_frame - first)]
            if gain != 1.0:
                sound = sound * np.float32(gain)
            same_sides = same_sides and bool(np.array_equal(sound[:, 0], sound[:, 1]))
            wav.write(sound)
        frames = wav.frames
        if not frames:
            wav.discard()
    if start is None or not frames:
        return None
    try:
        if same_sides:
            _make_mono(path, rate)
        source = AudioSource(
            id=new_id("source"),
            name=name,
            path=f"{AUDIO_FOLDER}/{path.name}",
            content_hash=content_hash(path),
            rate=rate,
            channels=1 if same_sides else 2,
            frames=frames,
        )
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return KeptSound(source, start)


def _make_mono(path: Path, rate: int) -> None:
    """The file's left side alone, in its place."""
    # The reader is the inner one, closed before the new file takes its place: Windows replaces no open file.
    with WavWriter(path, rate, 1, 32) as one, AudioFile(path) as both:
        for block in both.blocks(_BLOCK):
            left: Audio = block[:, :1]
            one.write(left)


def _free(place: Path, name: str) -> Path:
    """A name in the folder that no file has."""
    stem = safe_file_name(name, fallback="sound", longest_bytes=100)
    number = 1
    while True:
        path = place / (f"{stem}.wav" if number == 1 else f"{stem} {number}.wav")
        if not path.exists():
            return path
        number += 1

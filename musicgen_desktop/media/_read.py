"""Sound files of others, read with suspicion."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import numpy as np

from musicgen_desktop.dsp import Audio, resample

from ._errors import NoSoundFileError, UnreadableAudioError

LOWEST_RATE, HIGHEST_RATE = 8_000, 384_000
MOST_CHANNELS = 64
LONGEST_S = 24 * 3600

_MOST_BYTES = 8 << 30
_BLOCK = 1 << 16
_PIECE = 256
_LOUDEST = 65_536.0  # +96 dBFS: float files scaled like 16-bit ones pass, what exceeds it is damage
_KINDS = "WAV, FLAC, Ogg, MP3 or AIFF"


class AudioInfo(msgspec.Struct, frozen=True):
    """What a file says about its sound.

    Attributes:
        rate: frames per second.
        channels: 1 … 64.
        frames: how many it declares; a file that is cut off may hold fewer.
        format: the container, such as "WAV" or "FLAC".
        encoding: of the samples, such as "PCM_24".
    """

    rate: int
    channels: int
    frames: int
    format: str
    encoding: str = ""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.frames / self.rate


class ReadAudio(msgspec.Struct, frozen=True, eq=False):
    """Sound from a file, and what had to be mended.

    Attributes:
        audio: [frames, channels] float32, finite.
        rate: frames per second.
        repaired_samples: samples that were not finite (or beyond +96 dBFS) and became 0.
        missing_frames: declared but not there.
    """

    audio: Audio
    rate: int
    repaired_samples: int = 0
    missing_frames: int = 0


class AudioFile:
    """An open sound file, read in pieces. A context.

    Args:
        path: WAV, RF64, Wave64, FLAC, Ogg (Vorbis, Opus), MP3 or AIFF.

    Raises:
        UnreadableAudioError: it is missing, empty, no sound, or beyond 8 … 384 kHz, 64 channels, 24 hours.
    """

    def __init__(self, path: Path | str) -> None:
        import soundfile  # noqa: PLC0415 - the front door stays light

        self.path = Path(path)
        self.repaired_samples = 0
        """Samples replaced by 0 so far."""
        self._at = 0
        self._failure: type[Exception] = soundfile.SoundFileError
        _check_file(self.path)
        try:
            self._file: Any = soundfile.SoundFile(str(self.path))
        except (soundfile.SoundFileError, TypeError, ValueError, OSError) as error:
            raise UnreadableAudioError(self.path, f"is damaged, or not {_KINDS}.") from error
        self.info = AudioInfo(
            rate=self._file.samplerate,
            channels=self._file.channels,
            frames=self._file.frames,
            format=self._file.format,
            encoding=self._file.subtype,
        )
        try:
            _check_info(self.path, self.info)
        except UnreadableAudioError:
            self.close()
            raise

    def seek(self, frame: int) -> None:
        """Go to a frame.

        Raises:
            UnreadableAudioError: when the file is damaged.
        """
        try:
            self._at = self._file.seek(min(frame, self.info.frames))
        except (self._failure, RuntimeError) as error:
            raise UnreadableAudioError(self.path, "is damaged and cannot be read in parts.") from error

    def read(self, frames: int) -> Audio:
        """The next frames, at most so many; none at the end, or where damage begins.

        Returns:
            [≤ frames, channels] float32, finite.
        """
        try:
            block = self._raw(frames)
        except (self._failure, RuntimeError):
            block = self._rescued(frames)
        self._at += len(block)
        if block.size and not (block.max() <= _LOUDEST and block.min() >= -_LOUDEST):
            bad = ~(np.abs(block) <= _LOUDEST)  # also true for what is not a number
            block[bad] = 0.0
            self.repaired_samples += int(bad.sum())
        return block

    def blocks(self, frames: int = _BLOCK) -> Iterator[Audio]:
        """The rest of the file in pieces of at most `frames`."""
        while len(block := self.read(frames)):
            yield block

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _raw(self, frames: int) -> Audio:
        block: Audio = self._file.read(frames, dtype="float32", always_2d=True)
        return block

    def _rescued(self, frames: int) -> Audio:
        """What a block still holds before its damage: a decoder gives a piece whole or not at all."""
        pieces = [np.zeros((0, self.info.channels), np.float32)]
        try:
            self._file.seek(self._at)
            while frames > 0 and len(piece := self._raw(min(frames, _PIECE))):
                pieces.append(piece)
                frames -= len(piece)
        except (self._failure, RuntimeError):
            pass
        return np.concatenate(pieces)


def read_info(path: Path | str) -> AudioInfo:
    """What a file says about its sound.

    Raises:
        UnreadableAudioError: see `AudioFile`.
    """
    with AudioFile(path) as file:
        return file.info


def read_audio(
    path: Path | str, *, rate: int | None = None, start: int = 0, frames: int | None = None
) -> tuple[Audio, int]:
    """Read sound. Samples that are not finite become 0; `read_audio_checked` tells how many.

    Args:
        path: see `AudioFile`.
        rate: wanted frames per second (soxr VHQ); None keeps the file's.
        start: first frame, counted at the file's rate.
        frames: how many at most, at the file's rate; None reads to the end.

    Returns:
        ([frames, channels] float32, its rate)

    Raises:
        UnreadableAudioError: see `AudioFile`; also when it holds no sound at all.
        ValueError: when start or frames is negative.
    """
    found = read_audio_checked(path, rate=rate, start=start, frames=frames)
    return found.audio, found.rate


def read_audio_checked(
    path: Path | str, *, rate: int | None = None, start: int = 0, frames: int | None = None
) -> ReadAudio:
    """Read sound and tell what had to be mended. See `read_audio`."""
    if start < 0 or (frames is not None and frames < 0):
        raise ValueError(f"Frames are counted from 0, not {start} and {frames}.")
    with AudioFile(path) as file:
        info = file.info
        wanted = max(0, info.frames - start)
        if frames is not None:
            wanted = min(wanted, frames)
        if start:
            file.seek(start)
        try:
            audio = _joined(file, wanted)
        except MemoryError as error:
            raise UnreadableAudioError(file.path, "does not fit into memory; cut it into parts.") from error
        if wanted and not len(audio):
            raise UnreadableAudioError(
                file.path, "holds no sound: it is damaged or cut off; export it again."
            )
        missing, repaired = wanted - len(audio), file.repaired_samples
    if rate is not None:
        audio = resample(audio, info.rate, rate)
    return ReadAudio(audio, rate or info.rate, repaired, missing)


def _joined(file: AudioFile, wanted: int) -> Audio:
    """At most `wanted` frames. A header may promise more than there is: memory grows with what comes."""
    channels = file.info.channels
    plausible = max(1 << 24, 16 * file.path.stat().st_size) // channels
    audio = np.empty((min(wanted, plausible), channels), np.float32)
    done = 0
    while done < wanted and len(block := file.read(min(_BLOCK, wanted - done))):
        if done + len(block) > len(audio):
            grown = np.empty((min(wanted, 2 * (done + len(block))), channels), np.float32)
            grown[:done] = audio[:done]
            audio = grown
        audio[done : done + len(block)] = block
        done += len(block)
    return audio if done == len(audio) else audio[:done].copy()


def _check_file(path: Path) -> None:
    try:
        if not path.exists():
            raise UnreadableAudioError(path, "does not exist; check the name and the folder.")
        if not path.is_file():  # reading a pipe or a device might never end
            raise UnreadableAudioError(path, f"is not a file; choose a {_KINDS} file.")
        with path.open("rb") as file:
            magic = file.read(12)
    except (OSError, ValueError) as error:
        raise UnreadableAudioError(path, "cannot be opened; check that you may read it.") from error
    if not magic:
        raise UnreadableAudioError(path, "is empty (0 bytes); record or export it again.")
    # CAF is left out on purpose: libsndfile's ALAC decoder prints to the standard output.
    starts = (b"RIFF", b"RIFX", b"RF64", b"riff", b"fLaC", b"OggS", b"FORM", b"ID3")
    is_mp3_frame = len(magic) > 1 and magic[0] == 0xFF and magic[1] & 0xE0 == 0xE0
    if not (magic.startswith(starts) or is_mp3_frame):
        raise NoSoundFileError(path, f"is not a sound file; choose a {_KINDS} file.")


def _check_info(path: Path, info: AudioInfo) -> None:
    if not LOWEST_RATE <= info.rate <= HIGHEST_RATE:
        raise UnreadableAudioError(
            path, f"claims a sample rate of {info.rate} Hz; only 8 000 to 384 000 Hz can be read."
        )
    if not 1 <= info.channels <= MOST_CHANNELS:
        raise UnreadableAudioError(path, f"claims {info.channels} channels; at most 64 can be read.")
    if info.frames > LONGEST_S * info.rate:
        raise UnreadableAudioError(path, "claims to last longer than 24 hours; cut it into parts.")
    if info.frames * info.channels * 4 > _MOST_BYTES:
        raise UnreadableAudioError(path, "is too long for its many channels; cut it into parts.")
    if info.frames < 0:
        raise UnreadableAudioError(path, "does not say how long it is; export it again.")

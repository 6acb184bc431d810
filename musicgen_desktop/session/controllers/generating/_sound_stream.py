"""Sound that comes in chunks becomes files that never change, side by side on exact frames."""

import math
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from musicgen_desktop.document import AudioClip, AudioSource
from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.generation.sound import Sound
from musicgen_desktop.media import AudioFile, WavWriter, content_hash, read_audio, write_wav
from musicgen_desktop.storage import TAKES_FOLDER

from ._sound_files import sound_file
from ._sound_parts import part_name
from ._sound_plan import SoundPlan

if TYPE_CHECKING:
    import soxr


class SoundStream:
    """One variation while it is made.

    Each chunk is brought to the song's rate and cut where a tick begins; what lies behind the last whole tick
    waits for the next chunk. So the clips of the parts follow each other without a gap or an overlap, and
    the parts together are the whole take, sample for sample.

    Args:
        folder: the project's; its folder of takes is there.
        take_id: names the files.
        name: of the clips.
        plan: where the take belongs; what comes behind its exact end is left out.
    """

    def __init__(self, folder: Path, take_id: str, name: str, plan: SoundPlan) -> None:
        self.sources: tuple[AudioSource, ...] = ()
        self.clips: tuple[AudioClip, ...] = ()
        self.frames = 0
        """Frames in the files so far, at the song's rate."""
        self._folder, self._take_id, self._name, self._plan = folder, take_id, name, plan
        self._channels = 0
        self._rate = 0
        self._came = 0
        self._converter: soxr.ResampleStream | None = None
        self._waiting: Audio = np.zeros((0, 1), np.float32)
        self._tick = 0

    @property
    def has_sound(self) -> bool:
        """Whether any frame came."""
        return self._came > 0

    def add(self, start_frame: int, sound: Sound) -> bool:
        """The next frames, at the engine's rate; returns whether there is one more part.

        Raises:
            UserInputError: when the engine's sound is not in order.
            CannotWriteError: when the disk refuses.
        """
        if not self._channels:
            self._begin(sound)
        audio = sound.array()
        if start_frame != self._came or sound.rate != self._rate or sound.channels != self._channels:
            raise UserInputError("The engine delivered its sound out of order; make the take again.")
        if not np.isfinite(audio).all():
            raise UserInputError("The engine delivered numbers that are no sound; choose another model.")
        self._came += len(audio)
        return self._cut(self._converted(audio, last=False), last=False)

    def finish(self) -> Path | None:
        """The whole take as one file beside its parts; None when no sound came.

        Raises:
            CannotWriteError: when the disk refuses.
        """
        if not self._came:
            return None
        self._cut(self._converted(np.zeros((0, self._channels), np.float32), last=True), last=True)
        if not self.frames:
            return None
        whole = sound_file(self._take_id, self._folder)
        with WavWriter(whole, self._plan.song.rate, self._channels, 32) as wav:
            for part in self.sources:
                with AudioFile(self._folder / part.path) as file:
                    for block in file.blocks():
                        wav.write(block)
        return whole

    def salvage(self) -> Path | None:
        """As `finish`, on a disk that has no room for a second copy: each part leaves as it moves in.

        Of several parts the last one is given up, so that there is room for what is written about the take.

        Raises:
            CannotWriteError: when the disk refuses even so.
        """
        if not self.sources:
            return None
        *kept, last = self.sources
        if kept:
            self._remove(last)
            self.sources, self.clips = tuple(kept), self.clips[:-1]
            self.frames, self._tick = self.frames - last.frames, self.clips[-1].end_ticks
        whole = sound_file(self._take_id, self._folder)
        with WavWriter(whole, self._plan.song.rate, self._channels, 32) as wav:
            for part in self.sources:
                audio = read_audio(self._folder / part.path)[0]
                self._remove(part)
                wav.write(audio)
        return whole

    def discard(self) -> None:
        """Remove the parts, and let go of what converts: kept until the program ends, it complains there."""
        self._converter = None
        for part in self.sources:
            self._remove(part)

    def _remove(self, part: AudioSource) -> None:
        with suppress(OSError):  # a player may still read it
            (self._folder / part.path).unlink()

    def _begin(self, sound: Sound) -> None:
        self._rate, self._channels = sound.rate, sound.channels
        self._waiting = np.zeros((0, sound.channels), np.float32)
        if sound.rate != self._plan.song.rate:
            import soxr  # noqa: PLC0415 - the front door stays light

            self._converter = soxr.ResampleStream(
                sound.rate, self._plan.song.rate, sound.channels, dtype="float32", quality="VHQ"
            )

    def _converted(self, audio: Audio, *, last: bool) -> Audio:
        if self._converter is None:
            return audio
        converted: Any = self._converter.resample_chunk(np.ascontiguousarray(audio), last=last)
        return np.asarray(converted, np.float32).reshape(-1, self._channels)

    def _cut(self, audio: Audio, *, last: bool) -> bool:
        tempo, rate, start = self._plan.song.tempo_map, self._plan.song.rate, self._plan.start_ticks
        self._waiting = np.concatenate([self._waiting, audio])
        have = min(self.frames + len(self._waiting), self._plan.frames)
        first = tempo.frame_at(start, rate)
        at = tempo.tick_at((first + have) / rate) - start
        tick = min(math.ceil(at - 1e-6) if last else math.floor(at), self._plan.length_ticks)
        while not last and tempo.frame_at(start + tick, rate) - first > have:
            tick -= 1  # a tick's frame is rounded up
        end = have if last else tempo.frame_at(start + tick, rate) - first
        if tick <= self._tick or end <= self.frames:
            return False
        self._write(self._waiting[: end - self.frames], tick)
        self._waiting = self._waiting[end - self.frames :]
        self.frames, self._tick = end, tick
        return True

    def _write(self, audio: Audio, end_tick: int) -> None:
        path = f"{TAKES_FOLDER}/{part_name(self._take_id, len(self.sources) + 1)}"
        write_wav(self._folder / path, audio, self._plan.song.rate, 32)
        source = AudioSource(
            id=new_id("source"),
            name=self._name,
            path=path,
            content_hash=content_hash(self._folder / path),
            rate=self._plan.song.rate,
            channels=self._channels,
            frames=len(audio),
        )
        clip = AudioClip(
            id=new_id("clip"),
            name=self._name,
            start_ticks=self._tick,
            length_ticks=end_tick - self._tick,
            source_id=source.id,
            take_id=self._take_id,
        )
        self.sources, self.clips = (*self.sources, source), (*self.clips, clip)

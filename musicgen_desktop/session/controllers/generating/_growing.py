"""Takes of sound while they are made: what there is of each, as it is heard and painted."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.document import Project, Take
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import AudioFile
from musicgen_desktop.timing import Meter

from ._candidate import Candidate
from ._keep import is_empty
from ._sound_models import SoundMaker
from ._sound_take import GenerateSound
from ._wish import Layer, New, RemakeRange, Wish

OUTLINE_RATE = 200
"""Bins of an outline each second."""
_USUAL_BARS, _USUAL_SECONDS, _USUAL_BPM = 8, 10.0, 120.0

Outline = NDArray[np.float32]
"""[bins, 2]: the smallest and the largest sample of each."""


@dataclass(frozen=True, eq=False)
class GrowingTake:
    """What there is of one variation.

    Attributes:
        candidate: can be auditioned as any take; its id is the one that the whole take will have.
        number: of the variation, from 1.
        count: of the variations that are made together.
        outline: of what there is, `OUTLINE_RATE` bins a second.
        wished_seconds: how long it will be.
    """

    candidate: Candidate
    number: int
    count: int
    outline: Outline
    wished_seconds: float

    @property
    def seconds(self) -> float:
        """How much there is."""
        return sum(source.frames / source.rate for source in self.candidate.project.sources)

    def place_in(self, project: Project) -> tuple[int, float, float]:
        """Where it lies in a song: its first tick, the end of what there is, and its end when it is whole."""
        tempo = (self.candidate.project if is_empty(project) else project).tempo_map
        start = self.candidate.start_ticks
        begin = tempo.seconds_at(start)
        made, whole = (
            tempo.tick_at(begin + seconds)
            for seconds in (self.seconds, max(self.seconds, self.wished_seconds))
        )
        return start, made, whole


Grown = Callable[[GrowingTake], None]
"""Told on the engine's threads whenever there is more of a take."""


def sound_job(
    wish: Wish, project: Project, folder: Path | None, grown: Grown | None = None, *, client: SoundMaker
) -> GenerateSound:
    """The job that makes all variations of a wish for sound.

    Args:
        wish: for an engine of sound.
        project: the open one.
        folder: the project's, where the takes' files go.
        grown: told how they grow.
        client: the sound process's handle.

    Raises:
        UserInputError: when a value is unknown or out of range, or there is no place for the files.
    """
    wish.single_wishes()
    if folder is None:
        raise UserInputError("The project has no folder for the take's sound yet; save it first.")
    new = isinstance(wish.mode, New)
    if not new and not any(track.clips for track in project.tracks):
        raise UserInputError("The project is empty; compose a new song first.")
    preview = None if grown is None else _Growth(wish, project, folder, grown).take
    song = None if wish.stands_alone else project
    # The queue estimates the time left by itself.
    return GenerateSound(client, wish, folder, song, project.rate, preview, tells_left=False)


class _Growth:
    """Makes growing takes of the projects that a preview brings; each file is read once."""

    def __init__(self, wish: Wish, project: Project, folder: Path, grown: Grown) -> None:
        self._wish, self._folder, self._grown = wish, folder, grown
        self._start, self._seconds = _place_of(wish, project)
        self._outlines: dict[str, Outline] = {}

    def take(self, number: int, made: Project) -> None:
        """There is more of a variation."""
        for source in made.sources:
            if source.path not in self._outlines:
                self._outlines[source.path] = _outline_of(self._folder / source.path)
        take_id = made.tracks[0].clips[0].take_id or made.id
        wish = msgspec.structs.replace(self._wish, seed=self._wish.seed + number, variations=1)
        record = Take(
            id=take_id,
            name=made.sources[0].name,
            engine=wish.engine,
            model=wish.model or "",
            prompt=wish.prompt,
            seed=wish.seed,
        )
        candidate = Candidate(
            id=take_id,
            take=record,
            wish=wish,
            project=made,
            start_ticks=self._start,
            length_ticks=made.length_ticks,
        )
        outline = np.concatenate([self._outlines[source.path] for source in made.sources])
        self._grown(GrowingTake(candidate, number + 1, self._wish.variations, outline, self._seconds))


def _place_of(wish: Wish, project: Project) -> tuple[int, float]:
    """(first tick, seconds) of what is wished for."""
    meters, tempo = project.meter_map, project.tempo_map
    last = meters.bar_of(max(0, project.length_ticks - 1))
    if isinstance(wish.mode, New):
        if wish.sound is not None and wish.sound.melody_track:
            seconds = tempo.seconds_at(meters.tick_of_bar((wish.bars or last) + 1))
            return 0, min(seconds, wish.seconds or seconds) if wish.bars is None else seconds
        if wish.bars is not None:
            meter = Meter(4, 4) if wish.meter is None else Meter.parse(wish.meter)
            song = Project.new("Take", wish.tempo or _USUAL_BPM, meter)
            return 0, song.tempo_map.seconds_at(song.meter_map.tick_of_bar(wish.bars + 1))
        return 0, _USUAL_SECONDS if wish.seconds is None else wish.seconds
    if isinstance(wish.mode, RemakeRange | Layer):
        first, after = wish.mode.first_bar or 1, (wish.mode.last_bar or last) + 1
    else:
        first = last + 1 if wish.mode.bar is None else wish.mode.bar
        after = first + (_USUAL_BARS if wish.bars is None else wish.bars)
    start, end = meters.tick_of_bar(first), meters.tick_of_bar(after)
    return start, tempo.seconds_between(start, end)


def _outline_of(path: Path) -> Outline:
    """The smallest and the largest sample of each bin, over both channels.

    Raises:
        UnreadableAudioError: when the file is not there any more, or damaged.
    """
    with AudioFile(path) as file:
        step = max(1, round(file.info.rate / OUTLINE_RATE))
        found = []
        for block in file.blocks(step * OUTLINE_RATE):
            count = -(-len(block) // step)
            # The last frame repeated changes neither the smallest nor the largest of its bin.
            bins = np.pad(block, ((0, count * step - len(block)), (0, 0)), mode="edge").reshape(count, -1)
            found.append(np.stack([bins.min(axis=1), bins.max(axis=1)], axis=1))
    return np.concatenate(found).astype(np.float32, copy=False)

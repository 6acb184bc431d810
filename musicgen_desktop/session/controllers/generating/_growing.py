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

from ._candidate import Candidate
from ._keep import is_empty
from ._sound_models import SoundMaker
from ._sound_plan import SoundPlan
from ._sound_take import GenerateSound
from ._wish import New, Wish

OUTLINE_RATE = 200
"""Bins of an outline each second."""

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
    preview = None if grown is None else _Growth(wish, folder, grown).take
    song = None if wish.stands_alone else project
    # The queue estimates the time left by itself.
    return GenerateSound(client, wish, folder, song, project.rate, preview, tells_left=False)


class _Growth:
    """Makes growing takes of the projects that a preview brings; each file is read once."""

    def __init__(self, wish: Wish, folder: Path, grown: Grown) -> None:
        self._wish, self._folder, self._grown = wish, folder, grown
        self._outlines: dict[str, Outline] = {}

    def take(self, number: int, made: Project, plan: SoundPlan) -> None:
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
            start_ticks=plan.start_ticks,
            length_ticks=made.length_ticks,
        )
        outline = np.concatenate([self._outlines[source.path] for source in made.sources])
        whole_s = plan.request.seconds
        self._grown(GrowingTake(candidate, number + 1, self._wish.variations, outline, whole_s))


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

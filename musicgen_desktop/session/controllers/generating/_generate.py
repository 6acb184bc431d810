"""Takes as jobs of the queue."""

from dataclasses import dataclass

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.generation.host import GenerationClient

from ._candidate import Candidate, check_candidate
from ._make import Task
from ._wish import New, Wish

_CANDIDATES = msgspec.msgpack.Decoder(Candidate)


@dataclass(frozen=True)
class GenerateTake:
    """One take, made by the generation process.

    Attributes:
        client: the process's handle.
        wish: for one take, out of `Wish.single_wishes`.
        project: the open project; None for a new song.
        rate: the sample rate of a new song.
    """

    client: GenerationClient
    wish: Wish
    project: Project | None = None
    rate: int = 48_000

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> Candidate:
        """Do the work.

        Raises:
            UserInputError: when the wish cannot be met.
            GenerationFailedError: when the engine or its process fails.
            Stopped: when `stop` was set.
        """
        task = msgspec.msgpack.encode(Task(self.wish, self.project, self.rate))
        candidate = _CANDIDATES.decode(self.client.run(task, report, stop))
        check_candidate(candidate)
        return candidate


def generate_jobs(wish: Wish, project: Project, client: GenerationClient) -> tuple[GenerateTake, ...]:
    """A job for each take that is wished for.

    Args:
        wish: what the panel says.
        project: the open one; remakes, layers and what follows are made for it.
        client: the process's handle.

    Raises:
        UserInputError: when a value is unknown or out of range, or something is to be made for a project
            that is empty.
    """
    new = isinstance(wish.mode, New)
    if not new and not any(track.clips for track in project.tracks):
        raise UserInputError("The project is empty; compose a new song first.")
    song = None if new else project
    return tuple(GenerateTake(client, each, song, project.rate) for each in wish.single_wishes())

"""One take, whole: how it was made, and its tracks as a project of their own."""

import msgspec

from musicgen_desktop.document import BadProjectError, Project, Take, check_project
from musicgen_desktop.generation import Understood

from ._wish import Wish


class Candidate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A take that is not in the project yet.

    Attributes:
        id: of the take's record too.
        take: name, star, seed, all parameters and what was measured.
        wish: what was asked for, with this take's own seed.
        project: its tracks, buses, chords, sections and tempo on a ruler of its own, which begins at tick 0.
        start_ticks: where that ruler begins in the song that it was made for.
        length_ticks: how long it is.
        understood: words of the prompt and what they were taken to mean.
        not_understood: words that meant nothing.
    """

    id: str
    take: Take
    wish: Wish
    project: Project
    start_ticks: int
    length_ticks: int
    understood: tuple[Understood, ...] = ()
    not_understood: tuple[str, ...] = ()

    def renamed(self, name: str) -> "Candidate":
        """The take under another name."""
        return msgspec.structs.replace(self, take=self.take.renamed(name))

    def starred_as(self, starred: bool) -> "Candidate":  # noqa: FBT001 - the one thing it says
        """The take with its star set or taken away."""
        return msgspec.structs.replace(self, take=self.take.starred_as(starred))


def check_candidate(candidate: Candidate) -> None:
    """Whether every room can trust it.

    Raises:
        BadProjectError: when it contradicts itself.
    """
    check_project(msgspec.structs.replace(candidate.project, takes=(candidate.take,)))
    song_end = 2**31
    if candidate.id != candidate.take.id:
        raise BadProjectError("The take has two ids.")
    if not (0 <= candidate.start_ticks <= song_end and 1 <= candidate.length_ticks <= song_end):
        raise BadProjectError("The take lies outside every song.")


def use_settings(candidate: Candidate) -> Wish:
    """The wish that made a take, to be changed a little and asked again."""
    return candidate.wish

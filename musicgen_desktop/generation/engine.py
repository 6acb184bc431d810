"""The shape every engine that writes notes has."""

from typing import Protocol

from musicgen_desktop.foundation import Report, StopFlag, no_report

from .request import Remake, Request
from .result import NotesTake


class Engine(Protocol):
    """Makes music from a request. Calls may come from any thread, one at a time."""

    @property
    def name(self) -> str:
        """The word by which a request chooses this engine."""

    def generate(
        self, request: Request, report: Report = no_report, stop: StopFlag | None = None
    ) -> NotesTake:
        """A new song.

        Raises:
            UserInputError: when the request cannot be met.
            Stopped: when `stop` was set.
        """

    def remake(
        self, take: NotesTake, remake: Remake, report: Report = no_report, stop: StopFlag | None = None
    ) -> NotesTake:
        """The same song with some stems new between two bars; every other note stays bit-identical.

        Raises:
            UserInputError: when the stems or bars are not in the song.
            Stopped: when `stop` was set.
        """

"""A take sounds in place of the project."""

import msgspec
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import LoopRange, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.generating import Candidate, audition_project

from ._player import PlayerBridge
from ._project import ProjectBridge


class TakeAudition(QObject):
    """One take at a time, in a loop from its first bar. Edits of the project are heard meanwhile.

    Ending stops the transport only when the audition started it.
    """

    changed = Signal(str)
    """The id of the take that sounds; empty for none."""
    failed = Signal(str)

    def __init__(self, project: ProjectBridge, player: PlayerBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project, self._player = project, player
        self._take: tuple[Candidate, bool] | None = None
        self._sounds = False
        self._plays_for_us = False
        project.changed.connect(self._refresh)
        player.state_changed.connect(self._on_player)
        player.audition_changed.connect(self.give_way)

    @property
    def take_id(self) -> str:
        """The take that sounds in place of the project; empty for none."""
        return "" if self._take is None else self._take[0].id

    def begin(self, candidate: Candidate, *, with_project: bool) -> None:
        """Let a take sound; while another one does, it goes on where that one is.

        `failed` says so when the place that it was made for is gone.
        """
        before = self._take
        try:
            value = self._heard(candidate, with_project=with_project)
        except UserInputError as error:  # what it was made for is gone
            self.end()
            self.failed.emit(str(error))
            return
        self._take = candidate, with_project
        self._player.set_audition(value, candidate.id)
        first, end = value.loop.start_ticks, value.loop.end_ticks
        goes_on = before is not None and first <= self._player.tick < end
        if not self._player.is_running:
            self._plays_for_us = True
            self._player.play(first)
        elif not goes_on:
            self._player.locate(first)
        self._sounds = self._player.is_running
        self.changed.emit(candidate.id)

    def grow(self, candidate: Candidate) -> None:
        """There is more of a take; it is heard at once when it is the one that sounds."""
        if self._take is not None and candidate.id == self.take_id:
            self._take = candidate, self._take[1]
            self._refresh()

    def end(self) -> None:
        """The project sounds again."""
        if self._take is None:
            return
        self._take, self._sounds = None, False
        if self._plays_for_us:
            self._player.stop(go_back=True)
        self._plays_for_us = False
        self._player.set_audition(None)
        self.changed.emit("")

    def give_way(self, key: str) -> None:
        """Something else is auditioned now, such as a preset or a file."""
        if self._take is not None and key != self.take_id:
            self._take, self._sounds, self._plays_for_us = None, False, False
            self.changed.emit("")

    def _heard(self, candidate: Candidate, *, with_project: bool) -> Project:
        value = audition_project(self._project.project, candidate, with_project=with_project)
        first = candidate.start_ticks
        return msgspec.structs.replace(
            value, loop=LoopRange(first, first + candidate.length_ticks, enabled=True)
        )

    def _refresh(self) -> None:
        """The project was edited while a take sounds over it, or the take grew."""
        if self._take is not None:
            candidate, with_project = self._take
            try:
                value = self._heard(candidate, with_project=with_project)
            except UserInputError:  # what it was made for is gone
                self.end()
            else:
                self._player.set_audition(value, candidate.id)

    def _on_player(self, state: str) -> None:
        """A transport that was stopped by hand ends the audition."""
        if state in ("playing", "recording"):
            self._sounds = self._take is not None
        elif state == "stopped" and self._sounds:
            self._plays_for_us = False
            self.end()

"""From a prompt on the start page to music: composed, kept and played without another click."""

from PySide6.QtCore import QObject

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.bridges import Bridges, TakesBridge
from musicgen_desktop.ui.prompt import PromptPanel


class FirstSong(QObject):
    """Keeps and plays the first take that answers a prompt of the start page, in an empty project."""

    def __init__(
        self, bridges: Bridges, takes: TakesBridge, prompt: PromptPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridges, self._takes, self._prompt = bridges, takes, prompt
        self._wanted = ""
        takes.take_arrived.connect(self._take)
        bridges.project.opened.connect(self._forget)

    def compose(self, prompt: str) -> None:
        """Compose this, and let it be heard as soon as it is there."""
        self._wanted = prompt
        if not self._prompt.compose_prompt(prompt):
            self._wanted = ""

    def _take(self, candidate: Candidate) -> None:
        if not self._wanted or candidate.wish.prompt != self._wanted:
            return
        self._wanted = ""
        if self._bridges.project.project.tracks:
            return  # something else was made meanwhile: the take waits on its shelf
        self._takes.keep(candidate)
        self._bridges.actions["timeline.fit"].trigger()
        self._bridges.player.play(0.0)

    def _forget(self) -> None:
        self._wanted = ""

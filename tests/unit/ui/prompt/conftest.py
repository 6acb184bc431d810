import dataclasses

import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag, UserInputError
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.session.controllers._project_of_take import project_of_take
from musicgen_desktop.session.controllers.generating import Candidate, New
from musicgen_desktop.session.controllers.generating._make import Task, make_candidate
from musicgen_desktop.ui.bridges import TakesBridge
from musicgen_desktop.ui.prompt import PromptPanel
from tests.fakes.instant_queue import InstantQueue
from tests.fakes.silent_player import SilentPlayer
from tests.unit.ui.conftest import bridges_over


class QuickTake:
    """A job that composes here and now, without setting levels; a prompt that says “fail” does."""

    def __init__(self, wish, project):
        self.wish, self.project = wish, project

    def run(self, report, _stop):
        if "fail" in self.wish.prompt:
            raise UserInputError("The engine is tired; let it rest.")
        if not isinstance(self.wish.mode, New):
            return make_candidate(Task(self.wish, self.project), report, StopFlag())
        take = Composer().generate(self.wish.request())
        project = project_of_take(take)
        return Candidate(
            project.takes[0].id,
            project.takes[0],
            self.wish,
            project,
            0,
            project.length_ticks,
            take.understood,
            take.not_understood,
        )


def quick_jobs(wish, project):
    return [QuickTake(each, project) for each in wish.single_wishes()]


class Desk:
    """A panel over a project, with all that stands behind it."""

    def __init__(self, project):
        made = bridges_over(project)
        self.bridges = dataclasses.replace(made, player=SilentPlayer(made.project))
        self.queue = None
        self.takes = TakesBridge(self.bridges.project, self.bridges.player, quick_jobs, queue=self._new_queue)
        self.said = []
        self.bridges.status.said.connect(lambda sentence, mood: self.said.append((sentence, mood)))
        self.rolled = iter(range(100, 10_000, 100))
        self.panel = PromptPanel(self.bridges, self.takes, dice=lambda: next(self.rolled))

    @property
    def project(self):
        return self.bridges.project.project

    @property
    def player(self):
        return self.bridges.player

    @property
    def list(self):
        return self.panel.takes.list

    def compose(self, prompt="lofi, 82 bpm, F minor, 4 bars", count=1):
        """The takes that come of a prompt, newest first."""
        self.panel.model.set_variations(count)
        assert self.panel.compose_prompt(prompt)
        return self.takes.candidates

    def _new_queue(self, listener):
        self.queue = InstantQueue(listener)
        return self.queue


@pytest.fixture
def open_desk(qtbot, _dressed):
    desks = []

    def opened(project=None):
        desk = Desk(project or Project.new("Untitled"))
        qtbot.addWidget(desk.panel)
        # Window-wide keys live in the window that the panel belongs to.
        for listed in desk.bridges.actions.listed():
            if not any(listed.action in widget.actions() for widget in (desk.list, desk.panel)):
                desk.panel.addAction(listed.action)
        desk.panel.resize(340, 900)
        desk.panel.show()
        qtbot.waitExposed(desk.panel)
        desks.append(desk)
        return desk

    yield opened
    for desk in desks:
        desk.takes.close()
        desk.bridges.player.close()
        desk.bridges.project.store.close()


@pytest.fixture
def desk(open_desk):
    """Over an empty project."""
    return open_desk()


@pytest.fixture
def song_desk(open_desk, song_project):
    """Over eight bars in five stems."""
    return open_desk(song_project)

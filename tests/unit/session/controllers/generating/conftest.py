"""Takes of two bars, composed once, and the song that keeping the first one makes."""

import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag, no_report
from musicgen_desktop.session.controllers.generating import Wish, keep
from musicgen_desktop.session.controllers.generating._make import Task, make_candidate


def made(wish, project=None):
    return make_candidate(Task(wish, project), no_report, StopFlag())


@pytest.fixture(scope="session")
def candidate():
    return made(Wish(prompt="lo-fi", bars=2, stems="drums,bass,chords", key="A minor", seed=3))


@pytest.fixture(scope="session")
def another():
    return made(Wish(prompt="lo-fi", bars=2, stems="bass,melody", key="C", tempo=140.0, seed=4))


@pytest.fixture(scope="session")
def song(candidate):
    return keep(Project.new("Song"), candidate).project


@pytest.fixture(scope="session")
def make():
    return made

"""The library in the window: what comes into it is known to the rest, and it ends with the window."""

import pytest

from tests.fakes.model_folders import install


@pytest.fixture
def library(opened):
    opened.panels.show("library", focus=False)
    return opened.panels.library.panel


def test_a_model_that_comes_is_looked_for_by_who_chooses_models(opened, library, qtbot):
    sound = opened.services.sound
    sound.look("musicgen")

    install("musicgen-small")
    with qtbot.waitSignal(sound.changed):
        library.read()

    assert [model.id for model in sound.models("musicgen")] == ["tiny"]


def test_a_model_that_comes_is_not_looked_for_while_nobody_chose_its_engine(opened, library, qtbot):
    install("musicgen-small")
    with qtbot.assertNotEmitted(opened.services.sound.changed):
        library.read()

    assert opened.services.sound.models("musicgen") is None


def test_reading_again_without_another_model_asks_nobody(library, qtbot):
    with qtbot.assertNotEmitted(library.models_changed):
        library.read()


def test_its_jobs_end_with_the_window(opened, library, monkeypatch):
    ended = []
    monkeypatch.setattr(library.model._jobs, "close", lambda: ended.append("jobs"))

    opened.panels.close()

    assert ended == ["jobs"]

import logging

import pytest

from musicgen_desktop.foundation import start_log, user_log_folder


@pytest.fixture
def started(monkeypatch):
    """Starts the log as a fresh process does; pytest's own handlers, which come after set-up, stand aside."""
    logger = logging.getLogger()
    monkeypatch.setattr(logger, "level", logger.level)
    mine = []

    def start():
        monkeypatch.setattr(logger, "handlers", mine)
        start_log()
        return logger

    yield start
    for handler in mine:
        handler.close()


def test_what_happened_stands_in_the_log(started):
    log = started()

    log.error("it broke")

    assert "it broke" in (user_log_folder() / "musicgen-desktop.log").read_text("utf-8")


def test_a_log_that_cannot_be_written_is_silent(started, capsys):
    (user_log_folder() / "musicgen-desktop.log").mkdir(parents=True)
    log = started()

    log.error("it broke")

    assert capsys.readouterr() == ("", "")

import pytest

from musicgen_desktop.session.commands import set_tempo
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.main_window._running import running_job
from musicgen_desktop.ui.main_window._status_line import StatusLine


@pytest.fixture
def line(qtbot, bridges):
    made = StatusLine(bridges)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_what_an_edit_was_and_why_another_cannot_be(bridges, line):
    bridges.project.ask(set_tempo, 0, 90.0)
    assert line.sentence.whole == "Set tempo"

    bridges.project.ask(set_tempo, 0, 9000.0)

    assert "9000" in line.sentence.whole


def test_a_long_sentence_is_cut_to_the_room_there_is_and_whole_in_the_tooltip(line):
    sentence = "The file “a < b.wav” cannot be read. " * 12

    line.resize(400, line.height())
    line.say(sentence, "bad")
    cut, tooltip = line.sentence.text(), line.sentence.toolTip()
    line.resize(100_000, line.height())

    assert line.minimumSizeHint().width() < 400
    assert cut.startswith("The file")
    assert cut.endswith("…")
    assert "a &lt; b.wav" in tooltip
    assert line.sentence.text() == sentence.strip()


def test_a_running_job_is_shown_with_its_stage_and_what_is_left(line):
    job = JobHandle("job", "Freezing Bass", "running", stage="Rendering", done=0.4, eta_s=3.2)

    line.show_running(running_job(job))
    assert line.stage.text() == "Freezing Bass · Rendering · 3 s left"
    assert line.progress.value() == 400
    assert line.stop.isVisible()

    line.show_running(None)
    assert not line.stop.isVisible()


def test_what_is_left_is_not_told_before_it_is_known_or_while_it_stops(line):
    line.show_running(running_job(JobHandle("job", "Mix", "running", stage="Rendering", eta_s=None)))
    assert line.stage.text() == "Mix · Rendering"

    line.show_running(running_job(JobHandle("job", "Mix", "running", stage="x", eta_s=9.0, stopping=True)))
    assert line.stage.text() == "Mix · stopping"

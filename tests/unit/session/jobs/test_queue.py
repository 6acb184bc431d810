import queue
import threading

import pytest

from musicgen_desktop.foundation import MusicgenDesktopError, Stopped
from musicgen_desktop.session.jobs import JobQueue
from musicgen_desktop.session.jobs._estimate import RemainingTime

PATIENCE_S = 20.0


class Listener:
    """Remembers everything, and lets a test wait for a job's state."""

    def __init__(self):
        self.changes = queue.SimpleQueue()
        self.seen = []

    def job_changed(self, job):
        self.changes.put(job)

    def jobs_changed(self, jobs):
        pass

    def wait_for(self, state, title):
        while True:
            job = self.changes.get(timeout=PATIENCE_S)
            self.seen.append((job.title, job.state))
            if (job.state, job.title) == (state, title):
                return job


class Held:
    """Runs until it is let go or stopped."""

    def __init__(self):
        self.may_end = threading.Event()
        self.runs = 0

    def run(self, report, stop):
        self.runs += 1
        report(0.25, "Holding")
        while not self.may_end.wait(0.005):
            stop.raise_if_set()
        return "held"


class Does:
    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)

    def run(self, _report, _stop):
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def jobs(listener):
    jobs = JobQueue(listener)
    yield jobs
    jobs.close()


def test_jobs_run_one_after_the_other_in_their_order(jobs, listener):
    for title in ("a", "b", "c"):
        jobs.submit(Does(title.upper()), title)

    last = listener.wait_for("finished", "c")

    assert listener.seen == [(title, state) for title in "abc" for state in ("running", "finished")]
    assert (last.result, last.done, last.eta_s) == ("C", 1.0, None)
    assert [job.state for job in jobs.jobs] == ["finished"] * 3


def test_a_job_that_runs_tells_its_stage_and_heeds_its_stop(jobs, listener):
    held = jobs.submit(Held(), "held")
    listener.wait_for("running", "held")
    told = listener.wait_for("running", "held")

    jobs.stop(held.id)
    jobs.stop(held.id)

    assert (told.stage, told.done) == ("Holding", 0.25)
    assert listener.wait_for("running", "held").stopping
    ended = listener.wait_for("stopped", "held")
    assert (ended.stopping, ended.result) == (False, None)
    assert [state for _, state in listener.seen].count("running") == 3  # the second stop said nothing new


def test_a_job_that_waits_is_stopped_without_ever_running(jobs, listener):
    first, second = Held(), Held()
    jobs.submit(first, "first")
    waiting = jobs.submit(second, "second")

    jobs.stop(waiting.id)
    first.may_end.set()

    listener.wait_for("finished", "first")
    jobs.submit(Does("end"), "end")
    listener.wait_for("finished", "end")
    assert second.runs == 0


def test_a_failed_job_says_why_in_its_sentence_and_can_be_tried_again(jobs, listener):
    failing = jobs.submit(Does(MusicgenDesktopError("The disk is full."), "fine"), "once more")
    assert listener.wait_for("failed", "once more").problem == "The disk is full."

    jobs.retry(failing.id)

    done = listener.wait_for("finished", "once more")
    assert (done.id, done.result, done.problem) == (failing.id, "fine", "")


def test_a_stopped_job_can_be_tried_again(jobs, listener):
    again = jobs.submit(Does(Stopped(), "fine"), "again")
    listener.wait_for("stopped", "again")

    jobs.retry(again.id)

    assert listener.wait_for("finished", "again").result == "fine"


def test_a_bug_in_a_job_does_not_end_the_queue(jobs, listener):
    jobs.submit(Does(ZeroDivisionError("internal")), "bug")
    jobs.submit(Does("fine"), "next")

    problem = listener.wait_for("failed", "bug").problem

    assert "internal" not in problem
    assert "mistake of ours" in problem
    assert listener.wait_for("finished", "next").result == "fine"


def test_a_moved_job_runs_before_those_that_it_passed(jobs, listener):
    held = Held()
    jobs.submit(held, "held")
    listener.wait_for("running", "held")
    jobs.submit(Does(1), "a")
    last = jobs.submit(Does(2), "b")

    jobs.move(last.id, 1)
    assert [job.title for job in jobs.jobs] == ["held", "b", "a"]
    held.may_end.set()

    listener.wait_for("finished", "a")
    finished = [title for title, state in listener.seen if state == "finished"]
    assert finished == ["held", "b", "a"]


def test_clearing_leaves_what_is_not_over(jobs, listener):
    jobs.submit(Does(1), "done")
    listener.wait_for("finished", "done")
    held = jobs.submit(Held(), "held")
    listener.wait_for("running", "held")

    jobs.clear_finished()

    assert [job.title for job in jobs.jobs] == ["held"]
    with pytest.raises(KeyError):
        jobs.stop("job-unknown")
    jobs.stop(held.id)


def test_closing_stops_what_runs_and_begins_nothing_more(listener):
    jobs = JobQueue(listener)
    waiting = Held()
    jobs.submit(Held(), "held")
    jobs.submit(waiting, "waiting")
    listener.wait_for("running", "held")

    jobs.close()

    assert [job.state for job in jobs.jobs] == ["stopped", "waiting"]
    assert waiting.runs == 0


def test_the_remaining_time_is_hidden_while_a_guess_is_worth_nothing():
    remaining = RemainingTime()

    assert remaining.told(0.1, 0.5) is None
    assert remaining.told(5.0, 0.0) is None
    assert remaining.told(5.0, 0.5) == pytest.approx(5.0)


def test_the_remaining_time_does_not_jump_when_the_work_does():
    remaining = RemainingTime()
    remaining.told(5.0, 0.5)

    after_a_leap = remaining.told(6.0, 0.9)

    assert 2.0 < after_a_leap < 4.0
    assert remaining.at(7.0) == pytest.approx(after_a_leap - 1.0)
    assert remaining.at(100.0) == 0.0

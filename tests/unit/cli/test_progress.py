import io
import json
import signal
import sys

import pytest

from musicgen_desktop.cli._progress import print_json, run_job
from musicgen_desktop.foundation import Stopped


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stage", ["Rendering [/lead]", "[bold]", "Bass"])
def test_progress_takes_any_name_of_a_track(monkeypatch, stage):
    monkeypatch.setattr(sys, "stderr", Terminal())

    def job(report, _stop):
        report(0.5, stage)
        return 7

    assert run_job(job, quiet=False) == 7


def test_the_first_ctrl_c_asks_the_job_to_stop():
    def job(_report, stop):
        signal.raise_signal(signal.SIGINT)
        stop.raise_if_set()

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Stopped):
        run_job(job, quiet=True)

    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_ends_the_program():
    def job(_report, _stop):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run_job(job, quiet=True)


def test_json_is_one_line(capsys):
    print_json({"title": "Größe\n→"})

    out, _ = capsys.readouterr()
    assert out.count("\n") == 1
    assert json.loads(out) == {"title": "Größe\n→"}

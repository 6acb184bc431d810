import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from musicgen_desktop.foundation import MusicgenDesktopError, StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.host import GenerationClient, GenerationFailedError

HOST = (sys.executable, str(Path(__file__).with_name("a_host.py")))


@pytest.fixture
def client():
    client = GenerationClient(HOST)
    yield client
    client.close()


def test_a_task_is_done_in_another_process_which_tells_how_far_it_is(client):
    told = []

    result = client.run(b"abc", lambda done, stage: told.append((done, stage)))

    assert result == b"cba"
    assert told == [(0.5, "Half")]
    assert client.pid not in (None, os.getpid())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has priority classes instead")
def test_the_process_goes_last_and_its_waiting_threads_sleep(client):
    pid, nice, *quiet = client.run(b"who").decode().split()

    assert int(pid) == client.pid
    assert int(nice) == min(19, os.nice(0) + 10)
    assert quiet == ["passive", "0"]


def test_start_begins_the_process_before_there_is_work(client):
    client.start()
    warm = client.pid

    client.run(b"abc")

    assert warm is not None
    assert client.pid == warm


def test_a_task_that_heeds_its_stop_leaves_the_process_warm(client):
    stop = StopFlag()

    with pytest.raises(Stopped):
        client.run(b"hold", lambda _done, _stage: stop.set(), stop)

    warm = client.pid
    assert client.run(b"abc") == b"cba"
    assert client.pid == warm


def test_a_task_that_does_not_heed_its_stop_is_killed_and_the_next_one_works(client):
    stop = StopFlag()
    client.start()
    deaf = client.pid

    with pytest.raises(Stopped):
        client.run(b"deaf", lambda _done, _stage: stop.set(), stop)

    assert client.run(b"abc") == b"cba"
    assert client.pid != deaf


def test_a_task_that_was_stopped_before_it_began_is_never_done(client):
    stop = StopFlag()
    stop.set()
    told = []

    with pytest.raises(Stopped):
        client.run(b"deaf", lambda done, _stage: told.append(done), stop)

    assert client.run(b"abc") == b"cba"
    assert told == []


def test_a_process_that_is_killed_fails_its_task_in_one_sentence_and_another_does_the_next(client):
    def kill(_done, _stage):
        os.kill(client.pid, signal.SIGKILL)

    with pytest.raises(
        GenerationFailedError, match=r"ended unexpectedly and was started again; compose once more\.$"
    ):
        client.run(b"hold", kill)

    assert client.run(b"abc") == b"cba"


def test_a_process_that_is_killed_while_it_rests_is_not_missed(client):
    client.run(b"abc")
    os.kill(client.pid, signal.SIGKILL)

    assert client.run(b"xyz") == b"zyx"


def test_what_the_user_asked_wrongly_is_told_apart_from_what_the_world_did(client):
    with pytest.raises(UserInputError, match=r"^Ask for less\.$"):
        client.run(b"input")
    with pytest.raises(GenerationFailedError, match=r"^The disk is full\.$"):
        client.run(b"world")


def test_a_bug_is_told_without_its_own_words_and_the_process_goes_on(client):
    with pytest.raises(GenerationFailedError, match="mistake of ours"):
        client.run(b"bug")

    warm = client.pid
    assert client.run(b"abc") == b"cba"
    assert client.pid == warm


def test_a_process_that_never_gets_ready_is_given_up_with_a_way_to_find_the_cause():
    client = GenerationClient((*HOST, "dies"))

    with pytest.raises(
        GenerationFailedError, match=r"status 3\); “musicgen-desktop doctor” looks for the cause"
    ):
        client.run(b"abc")

    client.close()


def test_a_program_that_is_not_there_is_told_in_one_sentence(tmp_path):
    client = GenerationClient((str(tmp_path / "nothing"),))

    with pytest.raises(MusicgenDesktopError, match="Composing does not work here"):
        client.start()


def test_a_closed_client_composes_no_more(client):
    client.run(b"abc")

    client.close()

    with pytest.raises(GenerationFailedError, match="being closed"):
        client.run(b"abc")


def test_the_handle_loads_no_engine():
    program = (
        "import musicgen_desktop.generation.host, sys;"
        "from musicgen_desktop.session.controllers import generating;"
        "print([name for name in sys.modules if 'generation.composer' in name or name == 'torch'])"
    )

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np
import psutil
import pytest

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.host import GenerationFailedError, SoundClient, _sound_client
from musicgen_desktop.generation.sound import Sound, SoundRequest
from tests.fakes.sound_engines import KeptSound, install_engines

SINE = SoundRequest(model="a440", seconds=1.0)


def wish(prompt):
    return SoundRequest(model="m", prompt=prompt)


@pytest.fixture
def client(monkeypatch):
    install_engines(monkeypatch)
    client = SoundClient()
    yield client
    client.close()


@pytest.fixture
def patience(monkeypatch):
    """Gives a willing process, which goes last, the time that a busy machine takes."""

    def give():
        for name in ("_PATIENCE_S", "_CLOSE_S"):
            monkeypatch.setattr(_sound_client, name, 30.0)

    return give


def make(client, prompt, sink=None, stop=None):
    return client.generate("clumsy", wish(prompt), sink or KeptSound(), stop or StopFlag())


def test_an_engine_of_another_package_is_found_and_its_sound_comes_in_chunks(client):
    sink = KeptSound()

    take = client.generate("sine", msgspec.structs.replace(SINE, variations=2), sink, StopFlag())

    for variation in (0, 1):
        mine = [(start, sound) for number, start, sound in sink.chunks if number == variation]
        sound = np.concatenate([sound.array() for _, sound in mine])
        assert [start for start, _ in mine] == list(range(0, 8_000, 800))
        assert np.argmax(np.abs(np.fft.rfft(sound[:, 0]))) == 440  # of one second: hertz
    assert take.frames == (8_000, 8_000)
    assert (take.engine, take.path, take.stopped) == ("sine", "a formula", False)
    assert sink.told[0] == (0.0, "Tuning", None)
    assert sink.told[-1] == (1.0, "Singing", None)


def test_it_is_made_in_another_process(client):
    make(client, "")

    assert client.pid not in (None, os.getpid())


def test_models_are_listed_loaded_and_given_back(client):
    told = []

    assert [model.name for model in client.models("sine")] == ["Concert pitch"]
    assert client.loaded() == {"sine": {}}
    assert client.load("sine", "a440", lambda done, stage: told.append((done, stage))) == "a formula"
    assert client.loaded() == {"sine": {"a440": 8}}
    client.unload("sine", "a440")
    assert client.loaded() == {"sine": {}}
    assert told == [(1.0, "Tuning")]


def test_nothing_is_started_to_tell_that_nothing_is_loaded(client):
    assert client.loaded() == {}
    client.unload("sine", "a440")

    assert client.pid is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has priority classes instead")
def test_the_process_goes_last_its_waiting_threads_sleep_and_nothing_is_fetched(client):
    nice, *environment = client.load("clumsy", "").split()

    assert int(nice) == min(19, os.nice(0) + 10)
    assert environment == ["passive", "0", "2", "1", "1"]


def test_several_takes_are_made_at_once(client):
    with ThreadPoolExecutor(2) as pool:  # neither ends before both have begun
        takes = list(pool.map(lambda _: make(client, "meet"), range(2)))

    assert [take.path for take in takes] == ["meet", "meet"]


def test_questions_are_answered_while_a_take_is_made(client):
    stop = StopFlag()
    answers = []

    def ask(stage):
        if stage == "Tick 1":
            answers.extend(client.models("sine"))
            stop.set()

    make(client, "tick", KeptSound(ask), stop)

    assert [model.id for model in answers] == ["a440"]


def test_a_stop_is_passed_on_before_all_else_and_what_was_made_is_kept(client, monkeypatch):
    client.start()
    stop = StopFlag()
    sink = KeptSound(lambda stage: stop.set() if stage == "Tick 3" else None)
    pass_on, told_before = client._line.stop, []
    monkeypatch.setattr(
        client._line, "stop", lambda job: told_before.append(sink.told[-1][1]) or pass_on(job)
    )

    take = make(client, "tick", sink, stop)

    assert take.stopped
    assert len(sink.chunks) == 1
    assert told_before == ["Tick 3"]


def test_a_stop_ends_one_take_and_no_other(client, patience):
    patience()
    stop = StopFlag()
    both = threading.Barrier(2)
    ended = StopFlag()

    def first(stage):
        if stage == "Tick 1":
            both.wait()
            stop.set()

    def second(stage):
        if stage == "Tick 1":
            both.wait()
        if ended.is_set:
            second_stop.set()

    second_stop = StopFlag()
    with ThreadPoolExecutor(2) as pool:
        other = pool.submit(make, client, "tick", KeptSound(second), second_stop)
        assert make(client, "tick", KeptSound(first), stop).stopped
        assert not other.done()
        ended.set()
        assert other.result().stopped


def test_a_take_that_was_stopped_before_it_began_is_never_made(client):
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        make(client, "die", stop=stop)


def test_an_engine_with_nothing_to_keep_may_just_stop(client):
    stop = StopFlag()

    with pytest.raises(Stopped):
        make(client, "stopped", KeptSound(lambda _stage: stop.set()), stop)

    assert make(client, "").path == ""


def test_an_engine_that_does_not_heed_its_stop_is_ended_with_its_process(client):
    client.start()
    deaf = client.pid
    stop = StopFlag()

    with pytest.raises(Stopped):
        make(client, "deaf", KeptSound(lambda _stage: stop.set()), stop)

    assert make(client, "").path == ""
    assert client.pid != deaf


def test_an_engine_that_does_not_heed_its_stop_lives_as_long_as_another_take_is_made(client, patience):
    deaf_stop, other_stop = StopFlag(), StopFlag()
    began = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(make, client, "tick", KeptSound(lambda _stage: began.set()), other_stop)
        began.wait()

        with pytest.raises(Stopped):
            make(client, "deaf", KeptSound(lambda _stage: deaf_stop.set()), deaf_stop)

        assert not other.done()
        patience()
        other_stop.set()
        assert other.result().stopped
    assert client.pid is None


@pytest.mark.parametrize("death", ["die", "segfault"])
def test_a_process_that_dies_fails_every_take_but_keeps_what_came_and_the_next_call_works(client, death):
    began = threading.Event()
    bystander, dying = KeptSound(lambda _stage: began.set()), KeptSound()
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(make, client, "tick", bystander)
        began.wait()

        with pytest.raises(GenerationFailedError, match=r"^The process that makes sound ended unexpectedly"):
            make(client, death, dying)
        with pytest.raises(GenerationFailedError, match="the next take starts it again"):
            other.result()

    assert dying.kept_tokens == bystander.kept_tokens == {0: b"\1\0\2\0"}
    assert [sound.frames for _, _, sound in dying.chunks] == [4]
    assert make(client, "").frames == (4,)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
def test_a_process_that_the_system_killed_may_have_wanted_too_much_memory(client):
    def kill(_stage):
        os.kill(client.pid, signal.SIGKILL)

    with pytest.raises(GenerationFailedError, match="Memory may have run out: choose a smaller model"):
        make(client, "tick", KeptSound(kill))


def test_a_process_that_was_killed_while_it_rested_is_not_missed(client):
    make(client, "")
    os.kill(client.pid, signal.SIGTERM)

    assert make(client, "").frames == (4,)


def test_a_process_that_never_starts_well_is_given_up_with_a_way_to_find_the_cause():
    client = SoundClient((sys.executable, "-c", "raise SystemExit(3)"))

    with pytest.raises(
        GenerationFailedError, match=r"status 3\); “musicgen-desktop doctor” looks for the cause"
    ):
        client.models("sine")

    client.close()


def test_a_program_that_is_not_there_is_told_in_one_sentence(tmp_path):
    with pytest.raises(GenerationFailedError, match="Making sound does not work here"):
        SoundClient((str(tmp_path / "nothing"),)).start()


@pytest.mark.parametrize(
    ("prompt", "kind", "sentence"),
    [
        ("input", UserInputError, r"^Ask for less\.$"),
        ("world", GenerationFailedError, r"^The disk is full\.$"),
        ("bug", GenerationFailedError, "“clumsy” failed through a mistake of its own"),
        ("leave", GenerationFailedError, "“clumsy” failed through a mistake of its own"),
        ("panic", GenerationFailedError, "“clumsy” failed through a mistake of its own"),
        ("nonsense", GenerationFailedError, "“clumsy” failed through a mistake of its own"),
        ("memory", UserInputError, "not enough memory.*a smaller model, fewer takes at once or a shorter"),
        ("gpu memory", UserInputError, "not enough memory"),
    ],
)
def test_what_an_engine_raises_becomes_a_sentence_and_the_process_goes_on(client, prompt, kind, sentence):
    with pytest.raises(kind, match=sentence) as failure:
        make(client, prompt)

    assert type(failure.value) is kind
    warm = client.pid
    assert make(client, "").frames == (4,)
    assert client.pid == warm


def test_what_an_engine_answers_beside_the_port_is_its_mistake(client):
    with pytest.raises(GenerationFailedError, match="mistake of its own"):
        client.models("clumsy")


def test_an_engine_that_is_not_there_is_named_with_those_that_are(client):
    with pytest.raises(UserInputError, match=r"no sound engine called “cello”; choose from .*clumsy.*sine"):
        client.models("cello")


def test_an_engine_that_does_not_load_says_why(client):
    with pytest.raises(
        UserInputError, match=r"“broken” could not be loaded \(no libclumsy\); reinstall its package"
    ):
        client.models("broken")


def test_a_wish_that_no_engine_can_meet_starts_no_process(client):
    with pytest.raises(UserInputError, match="The length cannot be"):
        client.generate("sine", SoundRequest(model="a440", seconds=0.0), KeptSound(), StopFlag())

    assert client.pid is None


def test_sounds_that_no_message_can_carry_are_refused_in_a_sentence(client):
    sound = Sound(48_000, 2, bytes(1 << 27))

    with pytest.raises(UserInputError, match="too long together; shorten them"):
        client.generate(
            "sine", SoundRequest(model="a440", before=sound, after=sound), KeptSound(), StopFlag()
        )


def test_a_sink_that_fails_ends_its_take(client):
    def fail(stage):
        if stage == "Tick 1":
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        make(client, "tick", KeptSound(fail))

    assert make(client, "").frames == (4,)


def test_closing_stops_what_is_made_and_leaves_no_process(client, patience):
    patience()
    client.start()
    process = psutil.Process(client.pid)
    began = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(make, client, "tick", KeptSound(lambda _stage: began.set()))
        began.wait()

        client.close()

        assert running.result().stopped
    assert not process.is_running()
    assert client.pid is None
    with pytest.raises(GenerationFailedError, match="being closed"):
        make(client, "")


def test_closing_does_not_wait_for_an_engine_that_is_deaf(client):
    client.start()
    process = psutil.Process(client.pid)
    began = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(make, client, "deaf", KeptSound(lambda _stage: began.set()))
        began.wait()

        client.close()

        with pytest.raises(GenerationFailedError, match="being closed"):
            running.result()
    assert not process.is_running()


def test_a_process_whose_client_is_gone_ends(monkeypatch):
    install_engines(monkeypatch)
    program = (
        "from musicgen_desktop.generation.host import SoundClient; import os;"
        "client = SoundClient(); client.models('sine'); print(client.pid, flush=True); os._exit(0)"
    )

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    pid = int(answer.stdout)
    if psutil.pid_exists(pid):
        psutil.wait_procs([psutil.Process(pid)], timeout=60)
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_the_handle_loads_no_engine():
    program = (
        "import musicgen_desktop.generation.host, sys;"
        "print([name for name in sys.modules if 'composer' in name or name in ('torch', 'transformers')])"
    )

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"

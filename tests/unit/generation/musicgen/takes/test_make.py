import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from msgspec.structs import replace as changed

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.musicgen.audio import decode_tokens, encode_sound
from musicgen_desktop.generation.musicgen.takes import _make, make_take, token_bytes
from musicgen_desktop.generation.sound import Sound, SoundRequest

from .tiny_maker import Sink, a_maker, torch_path

REQUEST = SoundRequest(model="tiny", prompt="warm piano", seconds=2.5, seed=7)
RATE = 32_000


@pytest.fixture
def maker():
    made = a_maker()
    yield made
    made.loop.close()


def make(maker, request=REQUEST, sink=None):
    sink = sink or Sink()
    return make_take(maker, request, sink, StopFlag()), sink


def a_tone(seconds, hz=220.0):
    turns = 2 * np.pi * hz / RATE * np.arange(round(seconds * RATE), dtype=np.float32)
    return Sound.of((0.3 * np.sin(turns)).astype(np.float32)[:, None], RATE)


def test_a_take_has_every_frame_that_was_asked_for_and_its_sound_is_its_tokens(maker):
    take, sink = make(maker)

    assert take.frames == (2.5 * RATE,)
    assert not take.stopped
    whole = decode_tokens(maker.codec, take.tokens[0], 1)
    assert np.abs(sink.sound() - whole[:, : take.frames[0]]).max() < 1e-5 * np.abs(whole).max()


def test_a_length_between_two_codec_steps_is_met_to_the_frame(maker):
    take, sink = make(maker, changed(REQUEST, seconds=1.2345))

    assert take.frames == (round(1.2345 * RATE),)
    assert sink.sound().shape == (1, round(1.2345 * RATE))


def test_the_same_seed_is_the_same_sound_and_the_next_seed_is_the_next_variation(maker):
    _, once = make(maker)
    take, three = make(maker, changed(REQUEST, variations=3))
    _, next_seed = make(maker, changed(REQUEST, seed=8))

    assert np.array_equal(three.sound(0), once.sound())
    assert np.array_equal(three.sound(1), next_seed.sound())
    assert len({token_bytes(tokens) for tokens in take.tokens}) == 3


def test_stereo_has_both_sides():
    maker = a_maker(kind="stereo")
    take, sink = make(maker, changed(REQUEST, seconds=1.0))
    maker.loop.close()

    assert sink.sound().shape == (2, RATE)
    assert take.tokens[0].shape == (8, 50)


def test_first_sound_comes_long_before_the_end(maker):
    _, sink = make(maker, changed(REQUEST, seconds=5.0))

    assert [len(piece) / RATE for piece in sink.pieces[0]] == [0.5, 1.0, 1.0, 1.0, 1.0, 0.5]


def test_takes_use_threads_again(maker, monkeypatch):
    """Each thread that ever was costs memory that never comes back."""
    threads = set()
    pool = ThreadPoolExecutor(64)
    monkeypatch.setattr(_make, "_THREADS", pool)

    class Listening(Sink):
        def chunk(self, *_):
            threads.add(threading.current_thread())

    for _ in range(6):
        make(maker, changed(REQUEST, seconds=0.5), Listening())
    pool.shutdown()

    assert 1 <= len(threads) <= 2  # the one before may not rest yet


def test_a_take_whose_owner_fails_is_not_made_to_its_end(maker):
    class Failing(Sink):
        def progress(self, *_):
            raise ValueError("no ear")

    with pytest.raises(ValueError, match="no ear"):
        make(maker, changed(REQUEST, seconds=20.0), Failing())

    assert not maker.loop.is_busy


def test_progress_rises():
    maker = a_maker(window_steps=60)
    sink = Sink()
    make(maker, changed(REQUEST, seconds=20.0), sink)
    maker.loop.close()

    assert sink.shares == sorted(sink.shares)
    assert sink.shares
    assert sink.shares[-1] <= 1.0


def test_a_stopped_take_keeps_what_was_made_and_goes_on_as_if_never_stopped(maker):
    request = changed(REQUEST, seconds=8.0)
    stop = StopFlag()
    early = Sink(when_heard=stop.set)

    take = make_take(maker, request, early, stop)
    resumed, sink = make(maker, changed(request, tokens=(token_bytes(take.tokens[0]),)))
    whole, unstopped = make(maker, request)

    assert take.stopped
    assert 0 < take.frames[0] == early.sound().shape[1] < 8.0 * RATE
    assert take.tokens[0].shape[1] < 400
    assert np.array_equal(resumed.tokens[0], whole.tokens[0])
    assert np.allclose(sink.sound(), unstopped.sound(), atol=1e-6)


def test_a_stopped_take_is_called_stopped_though_its_thread_ended_at_once(maker, monkeypatch):
    leave = _make._Work.leave

    def slowly(work):
        leave(work)
        work.over.wait(10)

    monkeypatch.setattr(_make._Work, "leave", slowly)
    stop = StopFlag()

    take = make_take(maker, changed(REQUEST, seconds=8.0), Sink(when_heard=stop.set), stop)

    assert take.stopped
    assert take.frames[0] < 8.0 * RATE


def test_a_take_that_goes_on_tells_nothing_of_what_it_had_before(maker, monkeypatch):
    request = changed(REQUEST, seconds=8.0)
    stop = StopFlag()
    early = make_take(maker, request, Sink(when_heard=stop.set), stop)
    count, settling, looked = _make._Work._steps, threading.Event(), threading.Event()

    def slowly(work):
        if threading.current_thread().name.startswith("take"):  # it is settling where it begins
            settling.set()
            looked.wait(0.2)
        elif work._variations:
            looked.set()
        return count(work)

    monkeypatch.setattr(_make._Work, "_steps", slowly)
    _, sink = make(maker, changed(request, tokens=(token_bytes(early.tokens[0]),)))

    assert settling.is_set()
    assert early.tokens[0].shape[1] > 0
    # Tokens are half of the work; their sound is made again.
    assert sink.shares[0] > early.tokens[0].shape[1] / 800


def test_a_take_stopped_before_any_sound_is_nothing(maker):
    stop = StopFlag()
    stop.set()
    sink = Sink()

    with pytest.raises(Stopped):
        make_take(maker, REQUEST, sink, stop)

    assert not sink.pieces


def test_nothing_is_told_after_a_stopped_take_returned():
    entered, go_on = threading.Event(), threading.Event()

    class Waiting(type(torch_path())):
        def step(self, sequences, tokens):
            entered.set()
            go_on.wait(10)
            return super().step(sequences, tokens)

    path = torch_path()
    path.__class__ = Waiting
    maker = a_maker(path)
    stop, sink = StopFlag(), Sink()
    threading.Thread(target=lambda: (entered.wait(10), stop.set())).start()

    with pytest.raises(Stopped):  # while the decoder is still in its step
        make_take(maker, REQUEST, sink, stop)
    go_on.set()
    maker.loop.close()

    assert not sink.pieces


def test_a_take_goes_on_from_sound_without_a_jump(maker):
    before = a_tone(1.0)

    take, sink = make(maker, changed(REQUEST, before=before))

    assert take.frames == (2.5 * RATE,)
    assert take.seams_dbfs[0] < -40.0
    joined = np.concatenate((before.array().T, sink.sound()), 1)
    assert abs(joined[0, RATE] - joined[0, RATE - 1]) < 0.02


def test_what_was_before_changes_what_comes(maker):
    alone, _ = make(maker)
    following, _ = make(maker, changed(REQUEST, before=a_tone(1.0)))

    assert not np.array_equal(alone.tokens[0], following.tokens[0])


def test_a_remade_region_ends_in_what_comes_after():
    maker = a_maker(window_steps=1500)
    before, after = a_tone(1.0), a_tone(1.0, 330.0)

    take, sink = make(maker, changed(REQUEST, before=before, after=after))
    maker.loop.close()

    assert take.frames == (2.5 * RATE + 640,)  # a codec step more, in which `after` fades in
    last = sink.sound()[0, -1]
    assert abs(last - after.array()[639, 0]) < 1e-3
    assert len(take.seams_dbfs) == 2
    assert max(take.seams_dbfs) < -40.0


def test_every_join_of_windows_is_measured_and_smooth():
    maker = a_maker(window_steps=60)
    take, _ = make(maker, changed(REQUEST, seconds=6.0))
    maker.loop.close()

    assert len(take.seams_dbfs) == 12  # 300 steps: 60, then 20 a window
    assert max(take.seams_dbfs) < -40.0


@pytest.mark.parametrize("tokens", [b"123", b"\xff\xff" * 8, b"\0" * 8 * 200])
def test_tokens_that_are_none_are_refused_with_a_sentence(maker, tokens):
    with pytest.raises(UserInputError, match="make it anew"):
        make(maker, changed(REQUEST, tokens=(tokens,)))


def test_what_the_decoder_raises_reaches_the_one_who_asked_and_the_next_take_works(maker):
    path = torch_path()
    real, failures = path.step, [RuntimeError("no")]
    path.step = lambda *args: (_ for _ in ()).throw(failures.pop()) if failures else real(*args)
    made = replace(maker, loop=a_maker(path).loop)

    with pytest.raises(RuntimeError, match="no"):
        make(made)
    take, _ = make(made)
    made.loop.close()

    assert take.frames == (2.5 * RATE,)


def test_a_library_that_fails_within_itself_is_a_failure_of_the_take(maker):
    class PanicException(BaseException):
        pass

    class Panicking:
        def condition(self, *_):
            raise PanicException

    with pytest.raises(PanicException):
        make(replace(maker, conditioner=Panicking()))


def test_a_long_sound_before_is_heard_only_as_far_as_a_window_reaches(maker):
    long_before = a_tone(30.0)

    take, _ = make(maker, changed(REQUEST, before=long_before))
    last = Sound(RATE, 1, long_before.data[-4 * 640 * 40 :])
    again, _ = make(maker, changed(REQUEST, before=last))

    assert np.array_equal(take.tokens[0], again.tokens[0])
    assert encode_sound(maker.codec, last, 1).shape[1] == 40

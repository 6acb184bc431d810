import threading
import weakref

import numpy as np
import pytest

from musicgen_desktop.document import AudioSource
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.session.controllers.waveforms import Waveforms

RATE = 48_000


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "audio").mkdir()
    return tmp_path


@pytest.fixture
def waveforms(folder):
    found = Waveforms(folder)
    yield found
    found.close()


def a_source(folder, sound, name="vox.wav"):
    path = folder / "audio" / name
    write_wav(path, sound, RATE, 32)
    return AudioSource("s", name, f"audio/{name}", content_hash(path), RATE, sound.shape[1], len(sound))


def noise(frames, channels=2):
    return np.random.default_rng(5).uniform(-0.9, 0.9, (frames, channels)).astype(np.float32)


def told(waveforms, ask):
    """Does something, and waits until the listeners are told."""
    ready = threading.Event()
    end = waveforms.subscribe(lambda _source: ready.set())
    found = ask()
    assert ready.wait(20)
    end()
    return found


def outline(waveforms, source):
    assert told(waveforms, lambda: waveforms.peaks(source)) is None
    return waveforms.peaks(source)


@pytest.mark.parametrize("frames_per_column", [256.0, 300.5, 1000.0, 65_000.0, 1e6])
def test_every_sample_under_a_column_lies_between_its_values(folder, waveforms, frames_per_column):
    sound = noise(150_000)
    peaks = outline(waveforms, a_source(folder, sound))

    low, high = peaks.columns(700.0, frames_per_column, 20)

    assert low.shape == high.shape == (20, 2)
    assert low.dtype == high.dtype == np.float32
    for number in range(20):
        first, after = (int(np.ceil(700.0 + (number + k) * frames_per_column)) for k in (0, 1))
        under = sound[first:after]
        if len(under):
            assert (low[number] <= under.min(axis=0)).all()
            assert (high[number] >= under.max(axis=0)).all()


def test_a_loud_moment_is_painted_where_it_is_and_nowhere_else(folder, waveforms):
    sound = np.zeros((100_000, 1), np.float32)
    sound[51_200] = 0.5
    peaks = outline(waveforms, a_source(folder, sound))

    _low, high = peaks.columns(0.0, 1024.0, 100)

    assert np.flatnonzero(high[:, 0]).tolist() == [50]


def test_outside_the_sound_nothing_is_painted(folder, waveforms):
    peaks = outline(waveforms, a_source(folder, np.full((10_240, 1), 0.5, np.float32)))

    low, high = peaks.columns(-1024.0, 512.0, 30)

    assert not low[:2].any()
    assert not high[:2].any()
    assert (high[2:22] == 0.5).all()
    assert not high[22:].any()


@pytest.mark.parametrize("frames_per_column", [0.25, 1.0, 7.3, 128.0])
def test_looking_closely_brings_the_samples_themselves(folder, waveforms, frames_per_column):
    sound = noise(90_000)
    peaks = outline(waveforms, a_source(folder, sound))
    start, columns = 4000.0, 600

    told(waveforms, lambda: peaks.columns(start, frames_per_column, columns))
    low, high = peaks.columns(start, frames_per_column, columns)

    edges = start + np.arange(columns + 1) * frames_per_column
    reach = 1 << max(int(np.log2(max(frames_per_column, 1))), 0)
    for number in range(0, columns, 37):
        inside = sound[int(edges[number]) : int(np.ceil(edges[number + 1]))]
        around = sound[max(0, int(edges[number]) - reach) : int(np.ceil(edges[number + 1])) + reach]
        assert (around.min(axis=0) <= low[number]).all()
        assert (low[number] <= inside.min(axis=0)).all()
        assert (inside.max(axis=0) <= high[number]).all()
        assert (high[number] <= around.max(axis=0)).all()


def test_an_outline_is_kept_for_the_next_time_and_the_file_is_not_read_again(folder, waveforms):
    source = a_source(folder, noise(10_000))
    before = outline(waveforms, source).columns(0, 512, 20)
    (folder / "audio" / "vox.wav").unlink()
    later = Waveforms(folder)

    peaks = outline(later, source)

    assert np.array_equal(peaks.columns(0, 512, 20), before)
    assert later.missing(source)
    later.close()


def test_a_file_that_another_program_changed_is_drawn_as_it_is_now(folder, waveforms):
    source = a_source(folder, np.full((10_000, 1), 0.2, np.float32))
    outline(waveforms, source)
    write_wav(folder / "audio" / "vox.wav", np.full((10_000, 1), 0.7, np.float32), RATE, 32)
    later = Waveforms(folder)

    _low, high = outline(later, source).columns(0, 512, 10)

    assert high == pytest.approx(0.7)
    later.close()


def test_a_lost_file_is_told_and_found_again_when_it_is_put_back(folder, waveforms):
    source = a_source(folder, noise(1000))
    path = folder / "audio" / "vox.wav"
    away = path.rename(folder / "away.wav")

    assert outline(waveforms, source) is None
    assert waveforms.missing(source)
    assert "vox.wav” is missing" in waveforms.problem(source)

    away.rename(path)
    waveforms.look_again()
    assert outline(waveforms, source) is not None
    assert not waveforms.missing(source)
    assert waveforms.problem(source) == ""


def test_a_file_that_is_no_sound_is_told_but_not_as_lost(folder, waveforms):
    source = a_source(folder, noise(1000))
    (folder / "audio" / "vox.wav").write_bytes(b"not sound at all")

    assert outline(waveforms, source) is None
    assert "is not a sound file" in waveforms.problem(source)
    assert not waveforms.missing(source)


@pytest.mark.parametrize("ends_by", ["close", "unsubscribe"])
def test_a_listener_is_called_no_more_once_it_has_ended_that(folder, waveforms, ends_by):
    source = a_source(folder, noise(1000))
    called, may_return = threading.Event(), threading.Event()

    class Listener:
        def hear(self, _source):
            called.set()
            assert may_return.wait(20)

    listener = Listener()
    unsubscribe = waveforms.subscribe(listener.hear)
    held = weakref.ref(listener)
    del listener
    waveforms.peaks(source)
    assert called.wait(20)

    ending = threading.Thread(target=waveforms.close if ends_by == "close" else unsubscribe)
    ending.start()
    ending.join(0.1)
    assert ending.is_alive()  # the call in which the listener is must be over: it may be deleted then
    may_return.set()
    ending.join(20)
    assert not ending.is_alive()
    del unsubscribe, ending
    assert held() is None  # nor does the thread keep it, and delete it some time

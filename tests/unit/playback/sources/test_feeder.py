import os
import threading

import msgspec
import numpy as np
import psutil
import pytest

from musicgen_desktop.media import write_wav
from musicgen_desktop.playback.plan import ClipReader, ClipsSource, SoundFiles
from musicgen_desktop.playback.sources import _feeder, encode_source
from musicgen_desktop.playback.sources._feeder import Feeder
from musicgen_desktop.playback.sources._messages import DropSource, Prepare, SetCourse, SetSource, Start
from musicgen_desktop.playback.sources._players import NotesPlayer
from musicgen_desktop.playback.sources._pool import RingPool
from musicgen_desktop.playback.transport import Playhead

RATE = 48000
FULL = 5 * RATE - RATE // 2


class Desk:
    """A feeder in this process, and the reader's side of its rings."""

    def __init__(self, folder):
        self.pool = RingPool(folder, RATE, owns=True)
        self.problems = []
        self.loaded = threading.Semaphore(0)
        self.feeder = Feeder(self.problems.append, self.loaded.release, folder / "cache")
        self.feeder.follow(Start(str(folder), RATE))
        self.number = 0

    def play(self, slot, source, from_clock=0):
        self.number += 1
        encoded = msgspec.Raw(encode_source(source, RATE))
        self.feeder.follow(SetSource(slot, self.number, encoded, from_clock))

    def go(self, course, from_clock=0, differs_from=None):
        self.number += 1
        differs = from_clock if differs_from is None else differs_from
        self.feeder.follow(SetCourse(self.number, course, from_clock, differs))

    def work(self):
        """Until nothing is left to do."""
        while self.feeder.step():
            pass

    def load(self):
        """Work, with one wait for the loader."""
        self.work()
        assert self.loaded.acquire(timeout=10)
        self.work()

    def span(self, slot=0):
        return self.pool.ring(slot).span()


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "rings").mkdir()
    desk = Desk(tmp_path / "rings")
    yield desk
    desk.feeder.close()


def test_a_ring_is_filled_and_never_over_what_the_reader_may_still_read(desk, make):
    desk.play(0, make.tune())
    desk.go(Playhead())

    desk.work()

    assert desk.span() == (0, FULL)
    assert np.array_equal(desk.pool.ring(0).read(0, FULL), make.alone(make.tune(), 0, FULL))


def test_it_goes_on_as_the_reader_goes_on(desk, make):
    desk.play(0, make.tune())
    desk.go(Playhead())
    desk.work()
    desk.pool.reader_clock = 100_000

    desk.work()

    assert desk.span()[1] > 100_000 + FULL - 3000
    assert np.array_equal(desk.pool.ring(0).read(200_000, 100_000), make.alone(make.tune(), 200_000, 100_000))


def test_what_the_reader_has_passed_is_left_out(desk, make):
    desk.play(0, make.tune())
    desk.pool.reader_clock = 70_000
    desk.go(Playhead())

    desk.work()

    assert desk.span() == (70_000, 70_000 + FULL)


def test_the_ring_that_runs_dry_first_is_filled_first(desk, make):
    desk.play(0, make.tune())
    desk.go(Playhead())
    desk.work()
    desk.pool.reader_clock = 30_000
    desk.play(1, make.tune(12))

    desk.feeder.step()

    assert desk.span(0)[1] == FULL
    assert desk.span(1)[1] > 30_000


def test_a_source_that_takes_longer_than_it_lasts_does_not_starve_the_others(desk, make, monkeypatch):
    for slot in (0, 1):
        desk.play(slot, make.tune(slot))
    desk.go(Playhead())
    monkeypatch.setattr(_feeder, "_SMALL", 1)

    for _ in range(40):
        desk.feeder.step()

    assert min(desk.span(slot)[1] for slot in (0, 1)) >= 15


class Rendering:
    """Time passes while instruments render: what they say for a frame, and more to find into the song."""

    def __init__(self, desk, monkeypatch):
        self.frames_each, self.starts = 0.0, []
        stands, read = {}, NotesPlayer.read

        def read_slowly(player, place, frames):
            if stands.get(player, place) != place:
                self.starts.append(place)
                desk.pool.reader_clock += 3 * RATE // 10
            stands[player] = place + frames
            desk.pool.reader_clock += round(self.frames_each * frames)
            return read(player, place, frames)

        monkeypatch.setattr(NotesPlayer, "read", read_slowly)


@pytest.fixture
def rendering(desk, monkeypatch):
    return Rendering(desk, monkeypatch)


@pytest.mark.parametrize(("lag_s", "starts"), [(2, 0), (10, 3)])
def test_instruments_that_fell_behind_find_back_though_each_start_takes_them_long(
    desk, make, rendering, lag_s, starts
):
    for slot in (0, 1, 2):
        desk.play(slot, make.tune(slot))
    desk.go(Playhead())
    desk.work()
    rendering.frames_each = 0.1
    desk.pool.reader_clock = FULL + lag_s * RATE

    for _ in range(200):
        desk.feeder.step()

    assert len(rendering.starts) == starts
    for slot in (0, 1, 2):
        begin, end = desk.span(slot)
        assert begin <= desk.pool.reader_clock < end - RATE


def test_of_more_instruments_than_the_machine_can_play_most_is_heard(desk, make, rendering):
    for slot in (0, 1, 2):
        desk.play(slot, make.tune(slot))
    desk.go(Playhead())
    desk.work()
    rendering.frames_each = 0.5
    heard = 0

    for _ in range(600):
        if not desk.feeder.step():
            desk.pool.reader_clock += RATE // 20
        for slot in (0, 1, 2):
            first, end = desk.span(slot)
            heard += first <= desk.pool.reader_clock < end

    assert heard > 0.7 * 3 * 600


def test_what_is_not_heard_anyway_does_not_silence_others(desk, make):
    for slot in (0, 1):
        desk.play(slot, make.tune(slot))
    desk.go(Playhead())
    desk.work()
    late, heard = (desk.pool.ring(slot) for slot in (0, 1))
    late.skip_to(FULL - RATE)
    desk.pool.reader_clock = FULL - 1000

    desk.feeder.step()

    assert late.end == FULL - RATE
    assert heard.end > FULL


def test_recordings_that_fell_behind_are_heard_at_once(desk, ramp_source):
    desk.play(0, ramp_source)
    desk.go(Playhead())
    desk.load()
    desk.pool.reader_clock = FULL + RATE

    desk.feeder.step()

    assert desk.span()[0] == FULL + RATE


def test_a_course_that_parts_later_keeps_what_is_rendered_up_to_there(desk, make):
    desk.play(0, make.tune())
    desk.go(Playhead())
    desk.work()
    desk.go(Playhead(10_000, 10_000, (0, 96_000)), 10_000, 96_000)

    desk.work()

    sound = desk.pool.ring(0).read(0, FULL)
    assert np.array_equal(sound[:, :96_000], make.alone(make.tune(), 0, 96_000))
    assert np.array_equal(sound[:, 96_960:150_000], make.alone(make.tune(), 960, 53_040))


def test_until_the_reader_comes_to_a_course_what_it_still_reads_is_not_written_over(desk, make):
    desk.play(0, make.tune())
    desk.go(Playhead())
    desk.work()
    desk.go(Playhead(96_000, 500_000), 96_000)

    desk.work()

    assert desk.span() == (0, FULL)
    sound = desk.pool.ring(0).read(0, FULL)
    assert np.array_equal(sound[:, :96_000], make.alone(make.tune(), 0, 96_000))
    assert np.array_equal(sound[:, 96_000:], make.alone(make.tune(), 500_000, FULL - 96_000))


def test_a_course_that_begins_far_ahead_of_a_reader_that_rests_is_rendered_all_the_same(desk, make):
    desk.play(0, make.tune())
    desk.go(Playhead(10_000_000, 0), 10_000_000)

    desk.work()

    assert desk.span() == (10_000_000, 10_000_000 + FULL)


def test_a_dropped_ring_is_left_alone(desk, make):
    desk.play(0, make.tune())
    desk.go(Playhead())
    desk.feeder.step()
    filled = desk.span()

    desk.feeder.follow(DropSource(0))
    desk.work()

    assert desk.span() == filled


def test_without_a_course_nothing_is_rendered_but_what_is_likely_is_prepared(desk, make):
    desk.play(0, make.tune())
    desk.feeder.follow(Prepare(48_000))
    desk.work()
    before = desk.span()
    desk.go(Playhead(0, 48_000))

    desk.feeder.step()

    assert before == (0, 0)
    count = desk.span()[1]
    assert np.array_equal(desk.pool.ring(0).read(0, count), make.alone(make.tune(), 48_000, count))


def test_what_is_no_source_is_silent_and_named(desk):
    desk.feeder.follow(SetSource(0, 1, msgspec.Raw(b"\x01"), 0))
    desk.go(Playhead())

    desk.work()

    assert not desk.pool.ring(0).read(0, FULL).any()
    assert len(desk.problems) == 1


def test_an_unknown_instrument_is_silent_and_named(desk, make):
    desk.play(0, make.melody((0, 1000, 60), preset="no such thing"))
    desk.go(Playhead())

    desk.work()

    assert not desk.pool.ring(0).read(0, FULL).any()
    assert "no such thing" in desk.problems[0].sentence


def test_a_source_that_breaks_is_silent_and_named_and_the_others_play(desk, make, caplog):
    desk.play(0, make.tune())
    desk.play(1, make.tune(5))
    desk.go(Playhead())
    desk.feeder.step()
    desk.feeder._slots[0].performance.player = None

    desk.work()

    assert desk.span(0) == desk.span(1) == (0, FULL)
    assert len(desk.problems) == 1
    assert np.array_equal(desk.pool.ring(1).read(0, FULL), make.alone(make.tune(5), 0, FULL))
    assert "A source failed" in caplog.text


@pytest.mark.parametrize("method", ["__init__", "read"])
def test_a_source_that_breaks_before_it_plays_is_silent_and_named(desk, make, monkeypatch, caplog, method):
    def fail(*_):
        raise RuntimeError("a bug")

    monkeypatch.setattr(NotesPlayer, method, fail)
    desk.play(0, make.tune())
    desk.feeder.follow(Prepare(48_000))

    desk.work()
    desk.go(Playhead(0, 48_000))
    desk.work()

    assert desk.span() == (0, FULL)
    assert not desk.pool.ring(0).read(0, FULL).any()
    assert len(desk.problems) == 1
    assert "a bug" in caplog.text


def test_a_folder_that_is_gone_is_named_and_the_next_one_used(desk, make, tmp_path):
    desk.feeder.follow(Start(str(tmp_path / "gone"), RATE))
    desk.play(0, make.tune())
    desk.go(Playhead())
    desk.work()
    told = len(desk.problems)
    desk.feeder.follow(Start(str(tmp_path / "rings"), RATE))
    desk.play(0, make.tune())
    desk.go(Playhead())

    desk.work()

    assert told == 1
    assert desk.span() == (0, FULL)


def test_a_ring_whose_file_is_gone_is_named_and_the_others_play(desk, make):
    desk.play(0, make.tune())
    desk.play(99, make.tune())
    desk.go(Playhead())

    desk.work()

    assert len(desk.problems) == 1
    assert desk.span() == (0, FULL)


def test_files_are_loaded_beside_while_other_rings_are_filled(desk, make, ramp_source):
    desk.play(0, ramp_source)
    desk.play(1, make.tune())
    desk.go(Playhead())

    desk.load()

    expected = ClipReader(ramp_source, SoundFiles(RATE)).read(0, FULL)
    assert np.array_equal(desk.pool.ring(0).read(0, FULL), expected)
    assert desk.span(1) == (0, FULL)


def test_a_missing_file_silences_its_own_clip_only(desk, make, ramp, tmp_path):
    both = ClipsSource((make.clip(tmp_path / "gone.wav"), make.clip(ramp[0], start_frame=20_000)))
    desk.play(0, both)
    desk.go(Playhead())

    desk.load()

    sound = desk.pool.ring(0).read(0, 30_000)
    assert not sound[:, :20_000].any()
    assert np.array_equal(sound[:, 20_000:].T, ramp[1])
    assert [problem.sentence.partition(" ")[0] for problem in desk.problems] == ["gone.wav"]


def test_a_file_that_was_put_back_sounds_at_the_next_edit(desk, make, ramp):
    away = ramp[0].with_name("away.wav")
    ramp[0].rename(away)
    desk.play(0, ClipsSource((make.clip(ramp[0]),)))
    desk.go(Playhead())
    desk.load()
    away.rename(ramp[0])
    desk.play(1, ClipsSource((make.clip(ramp[0], start_frame=1),)))

    desk.load()

    assert np.array_equal(desk.pool.ring(1).read(1, 10_000).T, ramp[1])


@pytest.mark.parametrize("what", ["deleted", "cut"])
def test_a_long_file_that_goes_away_while_it_plays_does_no_harm(desk, make, tmp_path, monkeypatch, what):
    monkeypatch.setattr(_feeder, "_SHORT_BYTES", 1000)
    desk.feeder.follow(Start(str(tmp_path / "rings"), RATE))
    path = tmp_path / "long.wav"
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (600_000, 2)).astype(np.float32)
    write_wav(path, noise, RATE, bits=32)
    desk.play(0, ClipsSource((make.clip(path, frames=600_000),)))
    desk.go(Playhead())
    desk.load()
    if what == "deleted" and os.name != "nt":
        path.unlink()
    elif what == "cut":
        os.truncate(path, 240_000 * 8)
    desk.pool.reader_clock = FULL - 1000

    desk.work()

    first, end = desk.span()
    sound = desk.pool.ring(0).read(first, end - first).T
    if what == "deleted":
        assert np.array_equal(sound, noise[first:end])
        assert not desk.problems
    else:
        assert np.array_equal(sound[: 200_000 - first], noise[first:200_000])
        assert not sound[260_000 - first :].any()
        assert len(desk.problems) == 1


def test_of_very_many_files_those_that_come_last_are_kept_in_memory(desk, make, tmp_path, monkeypatch):
    monkeypatch.setattr(_feeder, "_SHORT_BYTES", 1000)
    desk.feeder._most_open = 3
    desk.feeder.follow(Start(str(tmp_path / "rings"), RATE))
    before = len(psutil.Process().open_files())
    for slot in range(6):
        path = tmp_path / f"{slot}.wav"
        write_wav(path, np.full((1000, 2), 0.1 * slot, np.float32), RATE, bits=32)
        desk.play(slot, ClipsSource((make.clip(path, frames=1000),)))
    desk.go(Playhead())

    for _ in range(6):
        desk.load()

    heard = [desk.pool.ring(slot).read(0, 1000)[0, 0] for slot in range(6)]
    np.testing.assert_allclose(heard, 0.1 * np.arange(6), atol=1e-6)
    assert len(psutil.Process().open_files()) - before == 3


def test_a_long_file_at_another_rate_is_converted_once_and_read_from_there(desk, make, tmp_path, monkeypatch):
    monkeypatch.setattr(_feeder, "_SHORT_BYTES", 1000)
    desk.feeder.follow(Start(str(tmp_path / "rings"), RATE))
    wave = 0.5 * np.sin(2 * np.pi * 440 * np.arange(88_200) / 44_100)
    write_wav(tmp_path / "a.wav", np.stack([wave, wave], axis=1), 44_100, bits=32)
    desk.play(0, ClipsSource((make.clip(tmp_path / "a.wav", frames=96_000),)))
    desk.go(Playhead())

    desk.load()

    expected = 0.5 * np.sin(2 * np.pi * 440 * np.arange(2000, 90_000) / RATE)
    np.testing.assert_allclose(desk.pool.ring(0).read(2000, 88_000)[0], expected, atol=1e-4)
    assert len(list((tmp_path / "rings" / "cache").iterdir())) == 1

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import psutil
import pytest

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.plan import ClipReader, ClipsSource, SoundFiles
from musicgen_desktop.playback.sources import SourceBank, _child, encode_source
from musicgen_desktop.playback.transport import Playhead

RATE = 48000


def encoded(**sources):
    return {strip: encode_source(source, RATE) for strip, source in sources.items()}


def test_instruments_and_clips_sound_as_they_do_offline(bank, make, ramp_source):
    bank.update(encoded(tune=make.tune(), clips=ramp_source), 0)
    bank.set_course(Playhead(), 0)

    blocks = [
        [make.listen(bank, strip, at, 2048) for strip in ("tune", "clips")] for at in range(0, 307_200, 2048)
    ]

    tune, clips = (np.concatenate(each, axis=1) for each in zip(*blocks, strict=True))
    assert np.array_equal(tune, make.alone(make.tune(), 0, 307_200))
    assert np.array_equal(clips, ClipReader(ramp_source, SoundFiles(RATE)).read(0, 307_200))
    assert bank.late_frames == 0
    assert bank.problems() == []


def test_a_loop_of_clips_is_exact_a_hundred_times(bank, make, ramp_source):
    bank.update(encoded(clips=ramp_source), 0)
    bank.set_course(Playhead(0, 2000, (2000, 9000)), 0)

    sound = make.listen(bank, "clips", 0, 700_000)

    expected = np.tile(ClipReader(ramp_source, SoundFiles(RATE)).read(2000, 7000), 100)
    assert np.array_equal(sound, expected)


def test_a_jump_is_ready_at_its_clock_and_the_old_course_goes_on_until_then(bank, make):
    tune = make.tune()
    bank.update(encoded(tune=tune), 0)
    bank.set_course(Playhead(), 0)
    make.wait_until(lambda: bank.ready(0, 100_000))
    first = make.listen(bank, "tune", 0, 1024)

    bank.set_course(Playhead(20_480, 400_000), 20_480)
    rest = make.listen(bank, "tune", 1024, 58_976)

    sound = np.concatenate([first, rest], axis=1)
    assert np.array_equal(sound[:, :20_480], make.alone(tune, 0, 20_480))
    assert np.array_equal(sound[:, 20_480:], make.alone(tune, 400_000, 39_520))


def test_a_loop_that_is_switched_on_while_it_plays_leaves_no_gap(bank, make, ramp_source):
    bank.update(encoded(clips=ramp_source), 0)
    course = Playhead(0, 1000)
    bank.set_course(course, 0)
    make.wait_until(lambda: bank.ready(0, 48_000))
    make.listen(bank, "clips", 0, 1024)

    looped = course.continued(2048, (1000, 7000))
    bank.set_course(looped, 2048)
    sound = make.listen(bank, "clips", 1024, 30_000)

    expected = np.tile(ClipReader(ramp_source, SoundFiles(RATE)).read(1000, 6000), 6)
    assert np.array_equal(sound, expected[:, 1024 : 1024 + 30_000])
    assert bank.late_frames == 0


def test_edits_while_playing_are_heard_without_a_click_and_cost_nothing_else(bank, make):
    pad, other = (make.melody((0, 900_000, pitch), preset="warm_pad") for pitch in (48, 55))
    sources = encoded(pad=pad, tune=make.tune())
    bank.update(sources, 0)
    bank.set_course(Playhead(), 0)
    before = [make.listen(bank, strip, 0, 102_400) for strip in ("pad", "tune")]

    bank.update({**sources, **encoded(pad=other)}, 102_400)
    make.wait_until(lambda: bank.ready(102_400, 60_000))
    after = [make.listen(bank, strip, 102_400, 51_200) for strip in ("pad", "tune")]

    pads, tunes = (np.concatenate(pair, axis=1) for pair in zip(before, after, strict=True))
    rough = make.roughness(pads)
    assert rough[102_300:103_500].max() < 1.3 * max(rough[50_000:102_000].max(), rough[104_000:].max())
    assert np.array_equal(pads[:, 102_880:], make.alone(other, 102_880, 50_720))
    assert np.array_equal(tunes, make.alone(make.tune(), 0, 153_600))


def test_tracks_come_and_go_softly(bank, make):
    pad = make.melody((0, 900_000, 48), preset="warm_pad")
    bank.update(encoded(one=pad), 0)
    bank.set_course(Playhead(), 0)
    make.listen(bank, "one", 0, 102_400)

    bank.update(encoded(two=pad), 102_400)
    make.wait_until(lambda: bank.ready(102_400, 60_000))
    gone, come = (make.listen(bank, strip, 102_400, 2048) for strip in ("one", "two"))

    sound = make.alone(pad, 102_400, 2048)
    np.testing.assert_allclose(gone + come, sound, atol=1e-6)
    assert not gone[:, 480:].any()
    assert bank.read("one", 104_448, 1024) is None


def test_the_same_sources_again_change_nothing(bank, make):
    bank.update(encoded(tune=make.tune()), 0)
    bank.set_course(Playhead(), 0)
    make.wait_until(lambda: bank.ready(0, 48_000))

    bank.update(encoded(tune=make.tune()), 0)

    assert bank.ready(0, 48_000)


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_when_the_process_is_killed_another_goes_on_and_nothing_is_missed(bank, make):
    tune = make.tune()
    bank.update(encoded(tune=tune), 0)
    bank.set_course(Playhead(), 0)
    make.wait_until(lambda: bank.ready(0, 200_000))
    first = make.listen(bank, "tune", 0, 10_240)
    dead = bank.pid

    os.kill(dead, signal.SIGKILL)
    rest = make.listen(bank, "tune", 10_240, 390_000)

    sound = np.concatenate([first, rest], axis=1)
    np.testing.assert_allclose(sound, make.alone(tune, 0, 400_240), atol=1e-7)
    assert bank.pid != dead
    assert bank.late_frames == 0


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_while_there_is_no_process_reading_is_silence(bank, make):
    bank.update(encoded(tune=make.tune()), 0)
    bank.set_course(Playhead(), 0)
    make.wait_until(lambda: bank.ready(0, 100_000))
    make.listen(bank, "tune", 0, 1024)

    os.kill(bank.pid, signal.SIGKILL)
    sound = make.listen(bank, "tune", 500_224, 4096, waits=False)

    assert np.abs(sound[:, 200:]).max() == 0.0
    make.wait_until(lambda: bank.ready(504_320, 48_000))


def test_a_program_that_is_none_is_tried_again_without_harm(make):
    bank = SourceBank(RATE, program=[sys.executable, "-c", "pass"])
    bank.update(encoded(tune=make.tune()), 0)
    bank.set_course(Playhead(), 0)

    make.wait_until(lambda: bank._child.starts > 2)

    assert not bank.ready(0, 1)
    assert not bank.read("tune", 0, 1024).any()
    bank.close()


@pytest.mark.skipif(os.name == "nt", reason="removes what is in use")
def test_when_somebody_removed_the_rings_the_next_process_gets_others(bank, make):
    tune = make.tune()
    bank.update(encoded(tune=tune), 0)
    bank.set_course(Playhead(), 0)
    make.wait_until(lambda: bank.ready(0, 200_000))
    first = make.listen(bank, "tune", 0, 10_240)

    shutil.rmtree(bank._stage.pool.folder)
    os.kill(bank.pid, signal.SIGKILL)
    rest = make.listen(bank, "tune", 10_240, 390_000)

    sound = np.concatenate([first, rest], axis=1)
    np.testing.assert_allclose(sound, make.alone(tune, 0, 400_240), atol=1e-7)
    assert bank.late_frames == 0


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_process_that_dies_of_a_bug_leaves_the_rings_to_its_parent(make):
    broken = (
        "import musicgen_desktop.playback.sources._process as process\n"
        "process._serve = lambda *_: print(1 / 0)\n"
        "process.run_source_process()"
    )
    bank = SourceBank(RATE, program=[sys.executable, "-c", broken])

    make.wait_until(lambda: bank._child.starts > 1)

    assert bank._stage.pool.folder.exists()
    bank.close()


def test_a_process_that_hangs_holds_nobody_up_and_another_one_follows(make, monkeypatch):
    monkeypatch.setattr(_child, "_HANGS_S", 0.2)
    bank = SourceBank(RATE, program=[sys.executable, "-c", "import time; time.sleep(1000)"])
    make.wait_until(lambda: bank.pid is not None)

    bank.update(encoded(tune=make.tune(beats=20_000)), 0)
    make.wait_until(lambda: bank.problems() or bank._child.starts > 1)

    assert bank._child.starts > 1
    bank.close()


def test_a_track_without_room_is_silent_and_named_once_and_the_others_play(bank, make, monkeypatch):
    def fill(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    bank.update(encoded(tune=make.tune()), 0)
    monkeypatch.setattr(os, "posix_fallocate", fill, raising=False)
    bank.update(encoded(tune=make.tune(), other=make.tune(5)), 0)
    bank.update(encoded(tune=make.tune(), other=make.tune(7)), 0)
    bank.set_course(Playhead(), 0)
    told = bank.problems()
    monkeypatch.undo()
    silence = make.listen(bank, "other", 0, 1024)
    bank.update(encoded(tune=make.tune(), other=make.tune(7)), 1024)

    tune, other = (make.listen(bank, strip, 1024, 4096) for strip in ("tune", "other"))

    assert len(told) == 1
    assert "No space left" in told[0]
    assert not silence.any()
    assert np.array_equal(tune, make.alone(make.tune(), 1024, 4096))
    assert np.array_equal(other[:, 480:], make.alone(make.tune(7), 1024, 4096)[:, 480:])


def test_a_process_that_comes_up_after_the_song_needs_no_more_rings_than_tracks(bank, make):
    bank.update(encoded(tune=make.tune(), other=make.tune(5)), 0)
    bank.set_course(Playhead(), 0)

    make.wait_until(lambda: bank.ready(0, RATE))

    assert bank._stage._slots == 2


def test_a_stream_for_which_there_is_no_room_is_refused_and_the_old_one_stays(bank, monkeypatch):
    def fill(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    parent = bank._stage.pool.folder.parent
    before = set(parent.glob("musicgen-desktop-rings-*"))
    monkeypatch.setattr(os, "posix_fallocate", fill, raising=False)

    with pytest.raises(MusicgenDesktopError, match="No space left"):
        bank.restart(44_100)

    assert bank.rate == RATE
    assert set(parent.glob("musicgen-desktop-rings-*")) == before


def test_a_stream_that_begins_anew_at_another_rate_has_nothing_of_before(bank, make, ramp_source):
    bank.update(encoded(tune=make.tune()), 0)
    bank.set_course(Playhead(), 0)
    make.listen(bank, "tune", 0, 4096)

    bank.restart(44_100)
    nothing = bank.read("tune", 0, 512)
    bank.update(encoded(clips=ramp_source), 0)
    bank.set_course(Playhead(), 0)
    sound = make.listen(bank, "clips", 0, 20_000)

    assert nothing is None
    assert sound.shape == (2, 20_000)
    # The ramp was recorded at 48 kHz, and is as long as before in seconds.
    assert np.count_nonzero(sound[0] > 0.001) == pytest.approx(10_000 * 44_100 / RATE, rel=0.01)


def test_a_file_that_is_missing_is_told_once(bank, make, tmp_path):
    bank.update(encoded(clips=ClipsSource((make.clip(tmp_path / "gone.wav"),))), 0)
    bank.set_course(Playhead(), 0)

    sound = make.listen(bank, "clips", 0, 4096)
    found = []
    make.wait_until(lambda: found.extend(bank.problems()) or found)

    assert not sound.any()
    assert len(found) == 1
    assert "gone.wav" in found[0]


@pytest.mark.slow
def test_sixty_four_sources_are_all_seconds_ahead(bank, make):
    bank.update(encoded(**{f"track{number}": make.tune(number % 24) for number in range(64)}), 0)

    bank.set_course(Playhead(), 0)

    make.wait_until(lambda: bank.ready(0, 4 * RATE))
    sound = make.listen(bank, "track63", 0, 100_000)
    assert np.array_equal(sound, make.alone(make.tune(63 % 24), 0, 100_000))


@pytest.mark.slow
def test_two_hundred_edits_of_one_track_take_no_more_rings_than_a_few(bank, make):
    bank.update(encoded(tune=make.tune()), 0)
    bank.set_course(Playhead(), 0)
    make.listen(bank, "tune", 0, 1024)

    for number in range(200):
        bank.update(encoded(tune=make.tune(number % 12)), 1024)
        bank.read("tune", 1024, 1024)
        bank.problems()

    make.wait_until(lambda: bank.ready(1024, 48_000))
    assert bank._stage._slots <= 6


def test_closing_ends_the_process_and_frees_the_memory(bank, make):
    bank.update(encoded(tune=make.tune()), 0)
    make.wait_until(lambda: bank.pid is not None)
    process, folder = psutil.Process(bank.pid), bank._stage.pool.folder

    bank.close()

    assert bank.pid is None
    assert not process.is_running()
    assert not folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_when_its_parent_is_killed_the_process_ends_and_frees_the_memory(make):
    parent = textwrap.dedent(
        """
        import sys
        from musicgen_desktop.playback.plan import ClipsSource
        from musicgen_desktop.playback.sources import SourceBank, encode_source
        from musicgen_desktop.playback.transport import Playhead
        child = "import musicgen_desktop.playback.sources as sources; sources.run_source_process()"
        bank = SourceBank(48000, program=[sys.executable, "-c", child])
        bank.update({"silence": encode_source(ClipsSource(()), 48000)}, 0)
        bank.set_course(Playhead(), 0)
        while not bank.ready(0, 1000):
            pass
        print(bank.pid, bank._stage.pool.folder, flush=True)
        sys.stdin.read()
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as started:
        pid, folder = started.stdout.readline().split()
        child = psutil.Process(int(pid))
        started.kill()

    gone, _ = psutil.wait_procs([child], 60)

    assert gone == [child]
    make.wait_until(lambda: not Path(folder).exists())

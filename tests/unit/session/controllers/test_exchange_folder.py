"""Bounces of other programs: noticed when complete, told once, placed where they say."""

import os
import queue
import threading

import mido
import numpy as np
import pytest

from musicgen_desktop.exchange.stems import FileRights, mix_tags
from musicgen_desktop.foundation import StopFlag, UserInputError
from musicgen_desktop.media import Bext, WavTags, write_flac, write_wav
from musicgen_desktop.session.controllers.exchange_folder import Arrivals, ExchangeWatch, WatchIntoProject
from musicgen_desktop.storage import open_project

SOUND = np.random.default_rng(1).uniform(-0.5, 0.5, (48_000, 2)).astype(np.float32)


class Clock:
    def __init__(self):
        self.at = 0.0

    def __call__(self):
        return self.at


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "exchange"
    folder.mkdir()
    return folder


@pytest.fixture
def looked(place):
    """Looks into an empty folder once; each further call is two seconds later."""
    clock = Clock()
    arrivals = Arrivals(place, now_s=clock)
    arrivals.look()

    def look():
        clock.at += 2.0
        return [arrival.path.name for arrival in arrivals.look()]

    look.arrivals = arrivals
    look.clock = clock
    return look


def bounce(path, start=None, **more):
    bext = None if start is None else Bext(originator="Some DAW", time_reference_frames=start)
    write_wav(path, SOUND, 48_000, chunks=WavTags(bext=bext, **more))


def test_a_bounce_is_told_once_when_it_has_been_steady(place, looked):
    bounce(place / "Lead_92bpm.wav", start=96_000)

    assert looked() == []  # it may still grow
    looked.clock.at += 2.0
    (arrival,) = looked.arrivals.look()
    assert (arrival.path.name, arrival.seconds) == ("Lead_92bpm.wav", 1.0)
    assert (arrival.start_s, arrival.tempo_bpm) == (2.0, 92.0)
    assert looked() == []


def test_what_lay_there_before_is_not_told(place):
    bounce(place / "old.wav")
    clock = Clock()
    arrivals = Arrivals(place, now_s=clock)

    for _ in range(4):
        clock.at += 2.0
        assert arrivals.look() == ()


def test_a_file_that_grows_is_told_when_it_is_whole(place, looked):
    bounce(place / "made.wav")
    data = (place / "made.wav").read_bytes()
    (place / "made.wav").unlink()
    for share in (0.1, 0.5, 0.9):
        (place / "Lead.wav").write_bytes(data[: int(share * len(data))])
        assert looked() == []
        assert looked() == []  # steady, but its head promises more

    (place / "Lead.wav").write_bytes(data)

    assert looked() == []
    assert looked() == ["Lead.wav"]


def test_a_head_without_figures_waits_for_them(place, looked):
    bounce(place / "made.wav")
    data = (place / "made.wav").read_bytes()
    (place / "made.wav").unlink()
    at = data.index(b"data") + 4
    (place / "Lead.wav").write_bytes(data[:at] + b"\0\0\0\0" + data[at + 4 :])
    assert (looked(), looked()) == ([], [])

    (place / "Lead.wav").write_bytes(data)
    os.utime(place / "Lead.wav", (1, 1))

    assert (looked(), looked()) == ([], ["Lead.wav"])


def test_a_bounce_that_is_written_anew_is_told_again(place, looked):
    bounce(place / "Lead.wav")
    assert (looked(), looked()) == ([], ["Lead.wav"])

    bounce(place / "Lead.wav", start=48_000)

    assert (looked(), looked()) == ([], ["Lead.wav"])


def test_several_are_told_together_by_name(place, looked):
    for name in ("b.wav", "a.wav", "c.flac"):
        (write_flac if name.endswith("flac") else write_wav)(place / name, SOUND, 48_000)

    assert (looked(), looked()) == ([], ["a.wav", "b.wav", "c.flac"])


def test_our_own_exports_are_not_told(song, place, looked):
    tags = mix_tags(song, rights=FileRights("", None), frames=len(SOUND))
    write_wav(place / "a.wav", SOUND, 48_000, chunks=tags)
    write_flac(place / "a.flac", SOUND, 48_000, tags=tags)

    assert (looked(), looked(), looked()) == ([], [], [])


def test_what_is_no_sound_is_passed_over(place, looked):
    (place / "text.wav").write_bytes(b"not at all")
    (place / "empty.wav").write_bytes(b"")
    (place / "bomb.wav").write_bytes(b"RIFF\xff\xff\xff\xffWAVEdata\xf0\xff\xff\xff" + bytes(100))
    (place / "notes.txt").write_bytes(b"hello")
    (place / "folder.wav").mkdir()
    bounce(place / ".hidden.wav")
    os.mkfifo(place / "pipe.wav") if hasattr(os, "mkfifo") else None
    (place / "nowhere.wav").symlink_to(place / "gone")

    assert (looked(), looked(), looked()) == ([], [], [])


def test_a_folder_that_goes_and_comes_back_tells_nothing_twice(place, looked):
    bounce(place / "Lead.wav")
    assert (looked(), looked()) == ([], ["Lead.wav"])

    place.rename(place.with_name("away"))
    assert looked() == []
    place.with_name("away").rename(place)

    assert (looked(), looked(), looked()) == ([], [], [])


def test_a_folder_that_is_made_later_is_watched_from_then_on(tmp_path):
    clock = Clock()
    arrivals = Arrivals(tmp_path / "later", now_s=clock)
    arrivals.look()
    (tmp_path / "later").mkdir()
    bounce(tmp_path / "later" / "Lead.wav")

    for _ in range(2):
        clock.at += 2.0
        told = arrivals.look()

    assert [arrival.path.name for arrival in told] == ["Lead.wav"]


def test_the_watch_tells_on_a_thread_of_its_own_until_it_is_closed(place, monkeypatch):
    monkeypatch.setattr("musicgen_desktop.session.controllers.exchange_folder._arrivals._STEADY_S", 0.0)
    told, looked = queue.Queue(), threading.Event()
    look = Arrivals.look
    monkeypatch.setattr(Arrivals, "look", lambda self: (look(self), looked.set())[0])
    bounce(place / "old.wav")
    watch = ExchangeWatch(place, told.put, every_s=0.01)
    assert looked.wait(20.0)

    bounce(place / "Lead.wav")

    assert [arrival.path.name for arrival in told.get(timeout=20.0)] == ["Lead.wav"]
    watch.close()
    assert not watch._thread.is_alive()


@pytest.fixture
def quick(monkeypatch):
    """Looks without pauses, and believes a size at once."""
    root = "musicgen_desktop.session.controllers.exchange_folder"
    monkeypatch.setattr(f"{root}._arrivals._STEADY_S", 0.0)
    monkeypatch.setattr(f"{root}._into_project._EVERY_S", 0.0)


@pytest.mark.usefixtures("song", "quick")
@pytest.mark.parametrize(
    ("name", "start", "second"), [("Lead.wav", 24_000, 0.5), ("Lead_120bpm.wav", None, 0.0)]
)
def test_what_is_bounced_is_placed_where_it_says_and_saved(folder, place, name, start, second):
    stop, told = StopFlag(), []
    looks = iter(range(1000))

    def report(_done, _stage):
        if next(looks) == 1:
            bounce(place / name, start=start)

    def hear(arrived):
        told.append(arrived)
        stop.set()

    count = WatchIntoProject(folder, place, hear).run(report, stop)

    saved = open_project(folder).project
    track = next(track for track in saved.tracks if track.name == name.removesuffix(".wav"))
    assert (count, told[0].files, told[0].tracks) == (1, (name,), (track.name,))
    assert saved.tempo_map.seconds_at(track.clips[0].start_ticks) == second
    assert ("120 BPM" in " ".join(told[0].remarks)) is ("120" in name)


@pytest.fixture
def watched(folder, place):
    """Watches until as many files were told; the arrivals, and how many lay there at the start."""

    def watch(write, wanted):
        stop, told, there = StopFlag(), [], []
        looks = iter(range(1000))

        def report(_done, _stage):
            at = next(looks)
            if at == 0:
                write()
            if at == 50:  # an end, should something never be told
                stop.set()

        def hear(arrived):
            told.append(arrived)
            if len(told) == wanted:
                stop.set()

        WatchIntoProject(folder, place, hear, there.append).run(report, stop)
        return told, there

    return watch


@pytest.mark.usefixtures("quick")
def test_each_file_that_is_passed_over_is_told_once_with_the_reason(song, place, watched):
    bounce(place / "old.wav")

    tags = mix_tags(song, rights=FileRights("", None), frames=len(SOUND))

    def write():
        write_wav(place / "a.wav", SOUND, 48_000, chunks=tags)
        (place / "b.wav").write_bytes(b"not at all")
        bounce(place / "whole.wav")
        data = (place / "whole.wav").read_bytes()
        (place / "whole.wav").unlink()
        (place / "c.wav").write_bytes(data[: len(data) // 2])
        (place / "d.mid").write_bytes(b"garbage")
        (place / "notes.txt").write_bytes(b"hello")
        (place / ".hidden").write_bytes(b"")

    told, there = watched(write, 5)

    assert there == [1]
    assert [each.files for each in told] == [("a.wav",), ("b.wav",), ("c.wav",), ("d.mid",), ("notes.txt",)]
    assert not any(each.tracks for each in told)
    reasons = [each.remarks[0] for each in told]
    assert reasons[0] == "“a.wav” is passed over: this program wrote it."
    assert "“b.wav” is not a sound file" in reasons[1]
    assert "not written to its end" in reasons[2]
    assert "“d.mid” is not a MIDI file" in reasons[3]
    assert reasons[4] == "“notes.txt” is passed over: it is no sound or MIDI file."


@pytest.mark.usefixtures("song", "quick")
def test_a_midi_file_comes_in_too(folder, place, watched):
    midi = mido.MidiFile()
    on, off = mido.Message("note_on", note=60), mido.Message("note_off", note=60, time=480)
    midi.tracks.append(mido.MidiTrack([on, off]))

    told, there = watched(lambda: midi.save(place / "Riff.mid"), 1)

    assert (told[0].files, told[0].tracks, there) == (("Riff.mid",), ("Riff",), [0])
    assert "Riff" in [track.name for track in open_project(folder).project.tracks]


def test_a_file_that_grows_by_and_by_is_passed_over_once(place):
    bounce(place / "made.wav")
    data = (place / "made.wav").read_bytes()
    (place / "made.wav").unlink()
    clock, passed = Clock(), []
    arrivals = Arrivals(place, passed_over=lambda name, _reason: passed.append(name), now_s=clock)
    arrivals.look()

    for share in (0.3, 0.6, 0.9):
        (place / "Lead.wav").write_bytes(data[: int(share * len(data))])
        for _ in range(2):
            clock.at += 2.0
            arrivals.look()

    assert passed == ["Lead.wav"]


@pytest.mark.usefixtures("song")
def test_a_folder_or_a_project_that_is_not_there_is_told(folder, place, tmp_path):
    with pytest.raises(UserInputError, match="no folder"):
        WatchIntoProject(folder, tmp_path / "none", print).run()
    with pytest.raises(UserInputError, match="no project"):
        WatchIntoProject(tmp_path / "none.mgproj", place, print).run()

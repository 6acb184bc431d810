import os
import random
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.recording import (
    Kept,
    KeptTake,
    Recorder,
    TakeLog,
    TakeSpan,
    append_to_log,
    find_unfinished,
    forget_recording,
    kept_takes,
    remove_recording,
)
from musicgen_desktop.playback.recording._log_lines import Progress, SpanBegan
from musicgen_desktop.playback.recording._read_log import read_log
from musicgen_desktop.playback.recording._take_log import is_being_written
from musicgen_desktop.playback.transport import Playhead


def a_recording(make, folder, frames=200_000, **figures):
    """The recorder, still open, with all frames on the disk."""
    figures.setdefault("inputs", ((0,), (0, 1)))
    setup = make.setup(folder, notes=1, **figures)
    recorder = Recorder(setup, Playhead(0, 0, (0, 60_000)))
    recorder.feed(make.ramp(frames, 2), 0, 0)
    recorder.hear("notes-0", b"\x90\x3c\x64", 1_000)
    return recorder


def test_what_is_recovered_is_what_was_recorded(make, tmp_path):
    result = a_recording(make, tmp_path).finish()

    assert make.recovered(tmp_path) == (result,)


def test_a_recording_that_goes_on_is_left_alone(make, tmp_path):
    recorder = a_recording(make, tmp_path)

    during = find_unfinished(tmp_path)
    result = recorder.finish()

    assert during == ()
    assert [str(log) for log in find_unfinished(tmp_path)] == [result.log]


def test_a_kept_recording_says_where_it_went_and_can_be_forgotten(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)
    kept = Kept((KeptTake("track-0", "source-1", "audio/x.wav"), KeptTake("track-1", "source-2")), "song")

    append_to_log(log, kept)
    told = kept_takes(log)
    forget_recording(log)

    assert told == (kept,)
    assert len(result.takes) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_was_torn_does_not_hide_those_around_it(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)
    lines = log.read_bytes().splitlines(keepends=True)

    log.write_bytes(b"".join([lines[0], b'{"type":"span","offs\n', b"\xff\xfe\0\n", *lines[1:], b'{"type":']))

    assert make.recovered(tmp_path) == (result,)


def test_without_its_end_and_its_last_lines_the_files_still_tell_the_rest(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(line for line in lines if b'"ended"' not in line and b'"progress"' not in line))

    (recovered,) = make.recovered(tmp_path)

    assert recovered.takes == result.takes


@pytest.mark.parametrize(
    "file",
    ["../outside.wav", "/etc/x.wav", "a/b.wav", "c:x.wav", ".hidden.wav", "project.json", "", "a\x00.wav"],
)
def test_a_log_leads_to_no_file_elsewhere(make, tmp_path, file):
    folder = tmp_path / "takes"
    result = a_recording(make, folder).finish()
    (log,) = find_unfinished(folder)
    (tmp_path / "outside.wav").write_bytes(b"RIFF")
    lines = log.read_bytes().splitlines(keepends=True)
    started = msgspec.json.decode(lines[0])
    started["tracks"][0]["file"] = file

    log.write_bytes(b"".join([msgspec.json.encode(started), b"\n", *lines[1:]]))

    assert read_log(log) is None
    assert make.recovered(folder) == ()
    assert (tmp_path / "outside.wav").read_bytes() == b"RIFF"
    assert len(result.takes) == 2


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_in_place_of_a_take_is_not_followed(make, tmp_path):
    folder = tmp_path / "takes"
    result = a_recording(make, folder, inputs=((0,),)).finish()
    take = next(folder.glob("*.wav"))
    take.replace(tmp_path / "real.wav")
    take.symlink_to(tmp_path / "real.wav")
    before = (tmp_path / "real.wav").read_bytes()

    (recovered,) = make.recovered(folder)

    assert recovered.takes == ()
    assert recovered.notes == result.notes
    assert (tmp_path / "real.wav").read_bytes() == before


def test_figures_that_cannot_be_are_passed_over(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)

    with log.open("ab") as file:
        file.write(b'{"type":"progress","frames":-5,"clock":0}\n')
        file.write(b'{"type":"progress","frames":99999999999999999999999,"clock":0}\n')
        file.write(b'{"type":"overflow","offset_frames":1e400,"frames":1}\n')
        file.write(b'{"type":"midi","track_id":"notes-0","clock":2000,"data":"zz"}\n')
        file.write(b'{"type":"course","course":{"clock":0,"place":0,"loop":[0,64]}}\n')
        file.write(b'{"type":"course","course":{"clock":0,"place":' + b"9" * 30 + b"}}\n")
        file.write(b'{"type":"ended","frames":1,"clock":1,"failure":' + b"[" * 100_000 + b"\n")
        file.write(b'{"type":"span","offset_frames":5,"place":7}\n')  # not behind the others

    assert make.recovered(tmp_path) == (result,)


def test_a_log_may_promise_more_than_there_is(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)

    append_to_log(log, Progress(2**40, 2**40))
    append_to_log(log, SpanBegan(2**39, 5))
    (recovered,) = make.recovered(tmp_path)

    assert recovered.takes == result.takes


def without(log, *words):
    """The log again, without the lines in which one of these is."""
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(line for line in lines if not any(word in line for word in words)))


@pytest.mark.parametrize(
    ("punch", "place"),
    [(None, 0), ((5_000, 60_000), 5_000), ((70_000, 80_000), 70_000)],
)
def test_sound_of_which_the_log_says_no_place_is_offered_where_the_recording_began(
    make, tmp_path, punch, place
):
    recorder = Recorder(make.setup(tmp_path, punch=punch), Playhead(0, 0))
    recorder.feed(make.ramp(200_000), 0, 0)
    (take,) = recorder.finish().takes
    (log,) = find_unfinished(tmp_path)

    without(log, b'"span"')
    (recovered,) = make.recovered(tmp_path)

    assert recovered.takes == (take,)
    assert take.spans == (TakeSpan(0, take.frames, place),)


def test_a_first_place_that_is_lost_moves_no_later_one(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)

    without(log, b'"offset_frames":0,')

    assert make.recovered(tmp_path) == (result,)


def test_without_a_course_either_it_is_offered_at_the_start(make, tmp_path):
    a_recording(make, tmp_path, inputs=((0,),)).finish()
    (log,) = find_unfinished(tmp_path)

    without(log, b'"span"', b'"course"', b'"midi"')
    (recovered,) = make.recovered(tmp_path)

    assert recovered.takes[0].spans == (TakeSpan(0, 200_000, 0),)


def test_a_recording_of_which_nothing_came_in_is_tidied_away(make, tmp_path):
    recorder = a_recording(make, tmp_path, frames=0)
    make.until(lambda: b'"midi"' in next(tmp_path.glob("*.takelog")).read_bytes())
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    recorder.finish()
    for name, data in kept.items():
        (tmp_path / name).write_bytes(data)
    (log,) = find_unfinished(tmp_path)
    without(log, b'"midi"')

    assert make.recovered(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", [lambda _: None, forget_recording, remove_recording])
def test_a_log_that_somebody_planted_removes_and_mends_no_file_of_others(make, tmp_path, act):
    result = a_recording(make, tmp_path / "takes", inputs=((0,),)).finish()
    (tmp_path / "Vox.wav").write_bytes(b"not even a WAV")
    first = find_unfinished(tmp_path / "takes")[0].read_bytes().splitlines()[0]
    started = msgspec.json.decode(first)
    started["tracks"][0]["file"] = "Vox.wav"
    (tmp_path / "evil.takelog").write_bytes(msgspec.json.encode(started) + b"\n")

    act(tmp_path / "evil.takelog")
    recovered = make.recovered(tmp_path)

    assert recovered == ()
    assert (tmp_path / "Vox.wav").read_bytes() == b"not even a WAV"
    assert len(result.takes) == 1


def test_a_take_that_no_project_has_yet_stays_when_the_others_are_forgotten(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)
    append_to_log(log, Kept((KeptTake("track-0", "source-1"),), "song"))

    forget_recording(log)

    assert log.exists()
    assert [len(make.sound_of(take.path)) for take in result.takes] == [200_000, 200_000]


def test_a_name_of_any_length_leads_back_to_the_take(make, tmp_path):
    setup = make.setup(tmp_path, notes=1)
    setup = msgspec.structs.replace(
        setup,
        tracks=(msgspec.structs.replace(setup.tracks[0], name="x" * 5_000),),
        notes=(msgspec.structs.replace(setup.notes[0], name="y" * 5_000_000),),
    )
    recorder = Recorder(setup, Playhead())
    recorder.feed(make.ramp(1_000), 0, 0)
    recorder.finish()

    (recovered,) = make.recovered(tmp_path)

    assert recovered.takes[0].frames == 1_000


@pytest.mark.skipif(sys.platform == "win32", reason="locks are another thing there")
def test_a_log_is_being_written_also_when_somebody_looked_as_it_was_begun(tmp_path, monkeypatch):
    import fcntl

    path = tmp_path / "a.takelog"
    opened, locked, looks = os.open, fcntl.flock, []

    def open_and_be_looked_at(name, *rest):
        descriptor = opened(name, *rest)
        if name == path and not looks:
            looks.append(opened(path, os.O_RDWR))
            locked(looks[0], fcntl.LOCK_EX)
        return descriptor

    def lock(descriptor, operation):
        if not operation & fcntl.LOCK_NB:  # whoever waits gets it in the end
            os.close(looks[0])
        locked(descriptor, operation)

    monkeypatch.setattr(os, "open", open_and_be_looked_at)
    monkeypatch.setattr(fcntl, "flock", lock)
    log = TakeLog(path)

    assert is_being_written(path)
    log.close()
    assert not is_being_written(path)


def test_a_log_of_endless_courses_is_read_as_far_as_anybody_sets_them(make, tmp_path):
    result = a_recording(make, tmp_path, inputs=((0,),)).finish()
    (log,) = find_unfinished(tmp_path)

    with log.open("ab") as file:
        for clock in range(300_000, 330_000):
            file.write(b'{"type":"course","course":{"clock":%d,"place":0,"loop":[0,480]}}\n' % clock)

    assert len(read_log(log).played) == 10_001
    assert make.recovered(tmp_path)[0].notes == result.notes


NOISE = [b"9", b"\n", b"-", b'"', b"\xff", b"1e9", b"[", b""]


@given(seed=st.integers(0, 10_000))
def test_a_log_of_any_bytes_breaks_nothing(make, whole_log, seed, tmp_path_factory):
    dice = random.Random(seed)
    folder = tmp_path_factory.mktemp("hostile")
    data = bytearray(whole_log)
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(data))
        data[at : at + dice.choice([0, 1, 1, 5])] = dice.choice(
            [b"9", b"\n", b"-", b'"', b"\xff", b"1e9", b"[", b""]
        )
    (folder / "x.takelog").write_bytes(data)

    recovered = make.recovered(folder)

    assert all(not each.takes for each in recovered)


@pytest.fixture(scope="module")
def whole_log(make, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    a_recording(make, folder).finish()
    return find_unfinished(folder)[0].read_bytes()

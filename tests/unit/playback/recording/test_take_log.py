import os
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.recording import (
    Kept,
    KeptTake,
    Recorder,
    append_to_log,
    find_unfinished,
    forget_recording,
    kept_takes,
    recover_takes,
)
from musicgen_desktop.playback.recording._log_lines import Progress, SpanBegan
from musicgen_desktop.playback.recording._read_log import read_log
from musicgen_desktop.playback.transport import Playhead


def a_recording(make, folder, frames=200_000, **figures):
    """The recorder, still open, with all frames on the disk."""
    figures.setdefault("inputs", ((0,), (0, 1)))
    setup = make.setup(folder, notes=1, **figures)
    recorder = Recorder(setup, Playhead(0, 0, (0, 60_000)))
    recorder.feed(make.ramp(frames, 2), 0)
    recorder.hear("notes-0", b"\x90\x3c\x64", 1_000)
    return recorder


def test_what_is_recovered_is_what_was_recorded(make, tmp_path):
    result = a_recording(make, tmp_path).finish()

    assert recover_takes(tmp_path) == (result,)


def test_a_recording_that_goes_on_is_left_alone(make, tmp_path):
    recorder = a_recording(make, tmp_path)

    during = find_unfinished(tmp_path)
    result = recorder.finish()

    assert during == ()
    assert [str(log) for log in find_unfinished(tmp_path)] == [result.log]


def test_a_kept_recording_says_where_it_went_and_can_be_forgotten(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)
    kept = KeptTake("track-0", "source-1", "audio/x.wav")

    append_to_log(log, Kept((kept,)))
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

    assert recover_takes(tmp_path) == (result,)


def test_without_its_end_and_its_last_lines_the_files_still_tell_the_rest(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(line for line in lines if b'"ended"' not in line and b'"progress"' not in line))

    (recovered,) = recover_takes(tmp_path)

    assert recovered.takes == result.takes
    assert not recovered.finished


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
    assert recover_takes(folder) == ()
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

    (recovered,) = recover_takes(folder)

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

    assert recover_takes(tmp_path) == (result,)


def test_a_log_may_promise_more_than_there_is(make, tmp_path):
    result = a_recording(make, tmp_path).finish()
    (log,) = find_unfinished(tmp_path)

    append_to_log(log, Progress(2**40, 2**40))
    append_to_log(log, SpanBegan(2**39, 5))
    (recovered,) = recover_takes(tmp_path)

    assert recovered.takes == result.takes


NOISE = [b"9", b"\n", b"-", b'"', b"\xff", b"1e9", b"[", b""]


@given(seed=st.integers(0, 10_000))
def test_a_log_of_any_bytes_breaks_nothing(whole_log, seed, tmp_path_factory):
    dice = random.Random(seed)
    folder = tmp_path_factory.mktemp("hostile")
    data = bytearray(whole_log)
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(data))
        data[at : at + dice.choice([0, 1, 1, 5])] = dice.choice(
            [b"9", b"\n", b"-", b'"', b"\xff", b"1e9", b"[", b""]
        )
    (folder / "x.takelog").write_bytes(data)

    recovered = recover_takes(folder)

    assert all(not each.takes for each in recovered)


@pytest.fixture(scope="module")
def whole_log(make, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    a_recording(make, folder).finish()
    return find_unfinished(folder)[0].read_bytes()

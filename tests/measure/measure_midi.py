# ruff: noqa: T201 - it prints its figures
"""How evenly do live notes come? A JACK client that is not ours writes down every message and its frame.

    python -m tests.measure.measure_midi                      60 s at 120 BPM while all cores are busy
    python -m tests.measure.measure_midi --seconds 600        ten minutes: does it drift?
    python -m tests.measure.measure_midi --quiet              on a machine that does nothing else
    python -m tests.measure.measure_midi --silent             timed by the system's clock, not the server's
    python -m tests.measure.measure_midi --rtmidi             by python-rtmidi, whose messages have no time

Needs jackd2 and the right to run it in real time, or its own clock stumbles. It measures; `tests/end_to_end`
tests.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import machine_text
from musicgen_desktop.music import Control, Note
from musicgen_desktop.session.bench import Load
from musicgen_desktop.session.controllers.live_midi import SendMidi
from musicgen_desktop.session.controllers.playing import OpenSpeaker, SpeakerSettings
from musicgen_desktop.storage import save_project
from musicgen_desktop.timing import PPQ
from tests.fakes.jack_midi_recorder import JackMidiRecorder
from tests.fakes.jack_server import JackServer

RATE, BPM, TRACKS = 48_000, 120.0, 4
FAR_MS = 1.0
STEP = PPQ // 4


def a_song(seconds: float) -> Project:
    """Sixteenths on four tracks, and a wheel that moves on each eighth."""
    project = Project.new("jitter", BPM)
    count = round(seconds * BPM / 60.0 * PPQ / STEP)
    for number in range(TRACKS):
        notes = tuple(Note(n * STEP, STEP // 2, 36 + 12 * number + n % 12, 1 + n % 127) for n in range(count))
        wheel = tuple(Control(n * 2 * STEP, "cc", 1, n % 128) for n in range(count // 2))
        clip = NotesClip(f"c{number}", "", 0, count * STEP, notes, wheel)
        project = project.with_track(Track(f"t{number}", f"Track {number}", "notes", clips=(clip,)))
    return project


def expected_messages(project: Project) -> list[tuple[float, bytes]]:
    """(seconds, message) of every note's beginning and end, and every move of a wheel, in order."""
    found: list[tuple[float, int, bytes]] = []
    for channel, track in enumerate(project.tracks):
        for clip in track.clips:
            assert isinstance(clip, NotesClip)
            for note in clip.notes:
                on = bytes((0x90 | channel, note.pitch, note.velocity))
                found.append((project.tempo_map.seconds_at(note.start_ticks), 2, on))
                off = bytes((0x80 | channel, note.pitch, 0))
                found.append((project.tempo_map.seconds_at(note.end_ticks), 0, off))
            for move in clip.controls:
                data = bytes((0xB0 | channel, move.number, move.value))
                found.append((project.tempo_map.seconds_at(move.tick), 1, data))
    return [(at, data) for at, _, data in sorted(found)]


def measure(seconds: float, *, is_busy: bool, is_silent: bool, is_rtmidi: bool, period: int) -> bool:
    """Send, listen and compare; whether all that was expected came, in order."""
    project = a_song(seconds)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "jitter.mgproj"
        save_project(project, folder)
        with JackServer(period=period, realtime=True) as server:
            os.environ.update(server.environment)
            with JackMidiRecorder(server) as recorder, Load(is_on=is_busy):
                if is_rtmidi:  # children find no client library of JACK's
                    (Path(place) / "jack.py").write_text("raise ImportError\n")
                    os.environ["PYTHONPATH"] = place
                speaker = None if is_silent else OpenSpeaker(SpeakerSettings(rate=RATE, host_api="JACK"))
                report = SendMidi(
                    folder, virtual="out", speaker=speaker, on_ports=lambda _: recorder.connect(":out")
                ).run()
                heard = [each for each in recorder.take() if each[1][0] & 0xF0 in (0x80, 0x90, 0xB0)]
    expected = expected_messages(project)
    per_channel = all(
        [data for _, data in heard if data[0] & 0x0F == channel]
        == [data for _, data in expected if data[0] & 0x0F == channel]
        for channel in range(TRACKS)
    )
    lost = len(expected) - len(heard)
    where = "silent device" if is_silent else "sound through JACK"
    where += ", python-rtmidi" if is_rtmidi else ""
    print(f"{seconds:g} s, {where}, period {period}, {'all cores busy' if is_busy else 'quiet'}:")
    print(f"  {len(expected)} messages expected, {len(heard)} came, {max(lost, 0)} lost;", end=" ")
    print("each track in order" if per_channel else "NOT in order")
    print(f"  {report.messages} sent, {report.late} late, {report.lost} had no room")
    for note in report.notes:
        print(f"  {note}")
    if per_channel and lost == 0:
        _tell_jitter(project, heard, seconds)
    else:
        _tell_gaps(heard)
    return per_channel and lost == 0


def _tell_jitter(project: Project, heard: list[tuple[int, bytes]], seconds: float) -> None:
    struck = [(frame, data) for frame, data in heard if data[0] == 0x90]
    clip = project.tracks[0].clips[0]
    assert isinstance(clip, NotesClip)
    due = np.array([project.tempo_map.seconds_at(note.start_ticks) for note in clip.notes])
    came = np.array([frame for frame, _ in struck], np.float64) / RATE
    apart = 1000.0 * (came - due)
    apart -= np.median(apart)
    size = np.abs(apart)
    print(
        f"  notes against an even grid: sd {apart.std():.3f}, p99 {np.percentile(size, 99):.3f},"
        f" most {size.max():.3f} ms"
    )
    off = np.flatnonzero(np.diff(size > FAR_MS, prepend=False, append=False))
    for first, end in zip(off[::2], off[1::2], strict=True):
        stretch = apart[first:end]
        print(
            f"  off the grid from {came[first] - came[0]:.2f} s for {came[end - 1] - came[first]:.2f} s:"
            f" {stretch[0]:+.2f}, most {stretch[np.abs(stretch).argmax()]:+.2f}, last {stretch[-1]:+.2f} ms"
        )
    steps = 1000.0 * (np.diff(came) - np.diff(due))
    print(
        f"  from note to note: p99 {np.percentile(np.abs(steps), 99):.3f}, most {np.abs(steps).max():.3f} ms"
    )
    tenth = max(len(apart) // 10, 1)
    drift = np.median(apart[-tenth:]) - np.median(apart[:tenth])
    print(f"  drift from the first to the last tenth: {drift:.3f} ms in {seconds:g} s")


def _tell_gaps(heard: list[tuple[int, bytes]]) -> None:
    """Where nothing came for longer than a sixteenth lasts."""
    came = np.array([frame for frame, _ in heard], np.float64) / RATE
    for at in np.flatnonzero(np.diff(came) > 1.5 * 60.0 / BPM / 4):
        print(
            f"  nothing came for {came[at + 1] - came[at]:.2f} s, {came[at] - came[0]:.2f} s after the first"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--rtmidi", action="store_true")
    parser.add_argument("--period", type=int, default=256)
    given = parser.parse_args()
    print(machine_text())
    is_good = measure(
        given.seconds,
        is_busy=not given.quiet,
        is_silent=given.silent,
        is_rtmidi=given.rtmidi,
        period=given.period,
    )
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())

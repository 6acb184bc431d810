# ruff: noqa: T201 - it prints its figures
"""How exactly does it run with others? Programs that are not ours send, listen and compare.

    python -m tests.measure.measure_sync clock                  our MIDI clock for 60 s, all cores busy
    python -m tests.measure.measure_sync clock --seconds 600    ten minutes: does it drift?
    python -m tests.measure.measure_sync follow                 another program's clock that drifts by 5 %
    python -m tests.measure.measure_sync link                   beat and phase of two processes

`--quiet` leaves the cores alone, `--silent` times our clock by the system instead of the JACK server. Needs
jackd2 and the right to run it in real time, or its own clock stumbles. It measures; `tests/end_to_end` tests.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import msgspec
import numpy as np

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.live_sync.sync import FollowWish, open_master
from musicgen_desktop.foundation import machine_text
from musicgen_desktop.session.bench import Load
from musicgen_desktop.session.controllers.playing import (
    Inbox,
    OpenSpeaker,
    Player,
    SpeakerOpened,
    SpeakerSettings,
)
from musicgen_desktop.session.controllers.sync import SendSync, Sync, SyncSettings
from musicgen_desktop.storage import save_project
from musicgen_desktop.timing import PPQ, PlayClock
from tests.fakes.jack_clock_sender import JackClockSender
from tests.fakes.jack_midi_recorder import JackMidiRecorder
from tests.fakes.jack_server import JackServer

RATE, BPM = 48_000, 120.0
CLOCK, START, CONTINUE, STEP = b"\xf8", b"\xfa", b"\xfb", PPQ // 24


def a_song(seconds: float) -> Project:
    """An empty song of this length."""
    return msgspec.structs.replace(Project.new("sync", BPM), end_ticks=round(seconds * BPM / 60.0 * PPQ))


def measure_clock(seconds: float, *, is_busy: bool, is_silent: bool, period: int) -> bool:
    """Send MIDI clock, and see at which frames it comes."""
    with tempfile.TemporaryDirectory() as place, JackServer(period=period, realtime=True) as server:
        folder = Path(place) / "sync.mgproj"
        save_project(a_song(seconds), folder)
        os.environ.update(server.environment)
        pairs: list[tuple[int, float]] = []
        with JackMidiRecorder(server) as recorder, Load(is_on=is_busy):

            def connect(_ports: tuple[str, ...]) -> None:
                recorder.connect(":Sync")
                pairs.append(recorder.clock())

            speaker = None if is_silent else OpenSpeaker(SpeakerSettings(rate=RATE, host_api="JACK"))
            SendSync(
                folder,
                SyncSettings(clock=("",)),
                speaker=speaker,
                on_ports=connect,
            ).run()
            pairs.append(recorder.clock())
            heard = recorder.take()
    (first, first_s), (last, last_s) = pairs

    def second(frame: int) -> float:
        # Without a sound card the song runs by the system's clock, against which the server's drifts.
        return first_s + (frame - first) * (last_s - first_s) / (last - first) if is_silent else frame / RATE

    expected = round(seconds * BPM / 60.0 * 24)
    runs = _runs([(second(frame), data) for frame, data in heard])
    came = sum(map(len, runs))
    where = "silent device" if is_silent else "through JACK"
    print(f"MIDI clock, {seconds:g} s, {where}, period {period}, {'all cores busy' if is_busy else 'quiet'}:")
    print(f"  {expected} clocks expected, {came} came, in {len(runs)} run(s) without a jump of the song")
    apart = np.concatenate([_apart_ms(run) for run in runs])
    steps = np.concatenate([np.abs(np.diff(_apart_ms(run))) for run in runs])
    size = np.abs(apart)
    print(f"  against an even grid: sd {apart.std():.3f}, p99 {np.percentile(size, 99):.3f},", end=" ")
    print(f"most {size.max():.3f} ms")
    print(f"  from clock to clock: p99 {np.percentile(steps, 99):.3f}, most {steps.max():.3f} ms")
    longest = max(runs, key=len)
    tenth = max(len(longest) // 10, 1)
    drift = np.median(_apart_ms(longest)[-tenth:]) - np.median(_apart_ms(longest)[:tenth])
    print(f"  drift from the first to the last tenth of the longest run: {drift:.3f} ms", end=" ")
    print(f"in {longest[-1] - longest[0]:.0f} s")
    return came >= expected


def _runs(heard: list[tuple[float, bytes]]) -> list[np.ndarray]:
    """The moments of clocks, from start or continue to stop: where the sound starves, the song jumps."""
    runs: list[list[float]] = []
    for at_s, data in heard:
        if data in (START, CONTINUE):
            runs.append([])
        elif data == CLOCK and runs:
            runs[-1].append(at_s)
    return [np.array(run) for run in runs if len(run) > 1]


def _apart_ms(run: np.ndarray) -> np.ndarray:
    apart = 1000.0 * (run - np.arange(len(run)) * 60.0 / (24.0 * BPM))
    return np.asarray(apart - np.median(apart))


def measure_follow(seconds: float, *, is_busy: bool, period: int) -> bool:
    """Follow a clock that gains 5 % in half of the time, and compare what is heard with its own moments."""
    clocks = round(seconds * BPM / 60.0 * 24)
    with tempfile.TemporaryDirectory() as place, JackServer(period=period, realtime=True) as server:
        folder = Path(place) / "sync.mgproj"
        project = a_song(2.0 * seconds)
        save_project(project, folder)
        os.environ.update(server.environment)
        sender = JackClockSender(server, "sync", bpm=BPM, drift=5.0, over_s=seconds / 2.0, clocks=clocks)
        inbox = Inbox()
        player = Player(project, folder, on_event=inbox.put)
        player.open(OpenSpeaker(SpeakerSettings(device="silent", rate=RATE)))
        inbox.wait_for(SpeakerOpened, 30.0)
        sync = Sync(player, project, on_problem=print)
        try:
            sync.set(SyncSettings(follow="clock"))
            sender.start()
            with Load(is_on=is_busy):
                looks, moments = _looked(player, sender)
        finally:
            sync.close()
            player.close()
            sender.close()
    ticks = np.arange(len(moments)) * STEP
    late = []
    for moment, place in looks:
        if moments[0] + 2.0 < moment < moments[-1]:
            heard = project.tempo_map.tick_at(place / RATE)
            late.append(1000.0 * (np.interp(moment, moments, ticks) - heard) / (BPM * PPQ / 60.0))
    if not late:
        print("  It never ran with the clock.")
        return False
    size = np.abs(late)
    print(f"Following a clock that gains 5 % in {seconds / 2.0:g} s, period {period},", end=" ")
    print(f"{'all cores busy' if is_busy else 'quiet'}: {len(late)} looks in {seconds:g} s, from 2 s on")
    print(
        f"  play head against the clock: mean {np.mean(late):.3f}, p99 {np.percentile(size, 99):.3f},",
        end=" ",
    )
    print(f"most {size.max():.3f} ms")
    print(f"  (the server's own clock was off an even one by {sender.uneven_ms:.3f} ms at most)")
    return bool(size.max() < 5.0)


def _looked(player: Player, sender: JackClockSender) -> tuple[list[tuple[float, float]], np.ndarray]:
    """(moment, frame of the timeline) again and again while clocks are sent, and the moments of these."""
    found: list[list[float]] = []
    waiter = threading.Thread(target=lambda: found.append(sender.moments()))
    waiter.start()
    clock = PlayClock.open(player.clock_path)
    looks: list[tuple[float, float]] = []
    while waiter.is_alive():
        now = time.monotonic()
        reading = clock.read()
        place = reading.place_at(now)
        if place is not None and reading.is_rolling_at(now):
            looks.append((now, place))
        waiter.join(0.01)
    return looks, np.array(found[0])


def look_at_link(seconds: float, bpm: float) -> None:
    """One peer: print (moment, tick, ticks a second) again and again."""
    master = open_master(FollowWish("link", bpm=bpm))
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        clock = master.look(now)
        print(now, clock.place, clock.speed)
        time.sleep(0.01)
    master.close()


def measure_link(seconds: float, *, is_busy: bool) -> bool:
    """Two processes in one session: how far are beat and phase apart at the same moment?"""
    peers = []
    with Load(is_on=is_busy):
        for number, bpm in enumerate((97.0, 133.0)):
            words = [sys.executable, "-m", "tests.measure.measure_sync", "peer", "--bpm", str(bpm)]
            time.sleep(1.5 * number)  # the second one takes over the first one's tempo
            peers.append(
                subprocess.Popen([*words, "--seconds", str(seconds)], stdout=subprocess.PIPE, text=True)
            )
        first, second = (
            np.array([[float(word) for word in line.split()] for line in peer.communicate()[0].splitlines()])
            for peer in peers
        )
    chosen = second[(second[:, 0] > second[0, 0] + 3.0) & (second[:, 0] < first[-1, 0])]
    apart = chosen[:, 1] - np.interp(chosen[:, 0], first[:, 0], first[:, 1])
    phase = 1000.0 * ((apart + 2 * PPQ) % (4 * PPQ) - 2 * PPQ) / chosen[:, 2]
    tempi = first[-1, 2] * 60.0 / PPQ, second[-1, 2] * 60.0 / PPQ
    print(f"Ableton Link, {len(chosen)} looks, {'all cores busy' if is_busy else 'quiet'}:")
    print(f"  tempi {tempi[0]:.3f} and {tempi[1]:.3f} BPM;", end=" ")
    print(f"place in the bar apart by {np.abs(phase).max():.4f} ms at most")
    return bool(np.abs(phase).max() < 3.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("clock", "follow", "link", "peer"))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--bpm", type=float, default=BPM)
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--period", type=int, default=512)
    given = parser.parse_args()
    if given.what == "peer":
        look_at_link(given.seconds, given.bpm)
        return 0
    print(machine_text())
    is_busy = not given.quiet
    if given.what == "clock":
        is_good = measure_clock(given.seconds, is_busy=is_busy, is_silent=given.silent, period=given.period)
    elif given.what == "follow":
        is_good = measure_follow(given.seconds, is_busy=is_busy, period=given.period)
    else:
        is_good = measure_link(min(given.seconds, 15.0), is_busy=is_busy)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())

# ruff: noqa: T201 - it prints its figures
"""How well does it play? An independent JACK client listens, and these figures are what it heard.

    python tests/measure/measure_playback.py                      edits and kills, a minute
    python tests/measure/measure_playback.py --minutes 10         also: dropouts while the machine is busy

Needs jackd2. The server is a dummy: a clock instead of a card. It measures; `tests/end_to_end` test.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.foundation import machine_text
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.session.bench import Load, wide_song
from musicgen_desktop.session.controllers.playing import (
    Inbox,
    OpenSpeaker,
    PlanTaken,
    Player,
    SpeakerOpened,
    SpeakerSettings,
    StateChanged,
)
from tests.fakes.jack_server import JackRecorder, JackServer

RATE = 48_000
WAIT_S = 60.0
JACK = OpenSpeaker(SpeakerSettings(rate=RATE, host_api="JACK"))


def playing(event: StateChanged) -> bool:
    return event.state == "playing"


def a_tone(folder: Path) -> Project:
    (folder / "audio").mkdir(parents=True)
    path = folder / "audio" / "tone.wav"
    tone = 0.25 * np.sin(2 * np.pi * 1000 * np.arange(60 * RATE) / RATE)
    write_wav(path, tone[:, np.newaxis].astype(np.float32), RATE, 32)
    source = AudioSource("tone", "tone", "audio/tone.wav", content_hash(path), RATE, 1, len(tone))
    clip = AudioClip("clip", "tone", 0, 30 * 3840, "tone")
    track = Track(id="track", name="Tone", kind="audio", clips=(clip,))
    return Project.new("tone").with_source(source).with_track(track)


def edit_to_ear(folder: Path, edits: int = 20) -> None:
    """From handing in an edit to the first frame that is heard otherwise, the device's block included."""
    project, inbox = a_tone(folder), Inbox()
    track = project.tracks[0]
    with JackServer(512) as server, JackRecorder(server, seconds=60) as recorder:
        os.environ.update(server.environment)
        player = Player(project, folder, on_event=inbox.put)
        player.open(JACK)
        inbox.wait_for(SpeakerOpened, WAIT_S)
        inbox.wait_for(PlanTaken, WAIT_S)
        recorder.connect()
        player.play(0.0)
        inbox.wait_for(StateChanged, WAIT_S, playing)
        recorder.wait_for(recorder.now() / RATE + 1.0)
        moments = []
        for number in range(edits):
            muted = number % 2 == 0
            moments.append((recorder.now(), muted))
            player.show(project.with_track(track.muted_as(muted=muted)))
            recorder.wait_for(recorder.now() / RATE + 0.5 + 0.013 * number)
        player.close()
        heard = np.abs(recorder.take(folder / "heard.npy")[:, 0])
    loud = np.convolve(heard, np.ones(96) / 96, "same") > 0.11
    waits = []
    for at, muted in moments:
        changed = np.flatnonzero(loud[at:] != muted)
        waits.append(1000.0 * changed[0] / RATE if muted else 1000.0 * np.flatnonzero(loud[at:])[0] / RATE)
    print(
        f"edit → ear, {edits} edits, buffer 512: median {np.median(waits):.0f} ms, worst {max(waits):.0f} ms"
    )


def kill_to_sound(kills: int = 3) -> None:
    """From kill -9 of the playback process until it plays again, and how far from where it was."""
    inbox = Inbox()
    player = Player(wide_song(16), None, on_event=inbox.put)
    player.open(OpenSpeaker(SpeakerSettings(device="silent", rate=RATE)))
    player.play(0.0)
    inbox.wait_for(StateChanged, WAIT_S, playing)
    times, shifts = [], []
    for _ in range(kills):
        time.sleep(1.0)
        place, begun = player.reading().place, time.monotonic()
        os.kill(player.pid or 0, signal.SIGKILL)
        again = inbox.wait_for(StateChanged, WAIT_S, playing)
        times.append(time.monotonic() - begun)
        shifts.append(abs(player.reading().place - place) / RATE if again else 0.0)
    player.close()
    print(f"kill -9 → playing, 16 tracks: {', '.join(f'{each:.2f}' for each in times)} s")
    print(f"  place shown as it plays again, from the last one before: at most {max(shifts):.2f} s away")


def busy_minutes(minutes: float, buffer: int = 512) -> None:
    """Dropouts at the default look-ahead, decoders on all cores at nice 10 and a busy thread here."""
    inbox = Inbox()
    with JackServer(buffer) as server:
        os.environ.update(server.environment)
        song = wide_song(16)
        player = Player(song, None, on_event=inbox.put)
        player.open(JACK)
        inbox.wait_for(SpeakerOpened, WAIT_S)
        with Load(is_on=True):
            until = time.monotonic() + 60.0 * minutes
            most = 0.0
            player.play(0.0)
            inbox.wait_for(StateChanged, WAIT_S, playing)
            while time.monotonic() < until:
                reading = player.reading()
                most = max(most, reading.look_ahead_ms)
                if reading.place > 28 * RATE:
                    player.locate(0.0)
                    inbox.wait_for(StateChanged, WAIT_S, playing)
                inbox.taken(0.2)
            reading = player.reading()
        player.close()
    print(
        f"{minutes:g} min, 16 tracks, buffer {buffer}, busy machine: {reading.starvations} starvations,"
        f" {reading.late_frames} late source frames, look-ahead at most {most:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=0.0, help="of playing under load")
    given = parser.parse_args()
    print(machine_text())
    with tempfile.TemporaryDirectory() as folder:
        edit_to_ear(Path(folder) / "tone.mgproj")
    kill_to_sound()
    if given.minutes:
        busy_minutes(given.minutes)


if __name__ == "__main__":
    main()

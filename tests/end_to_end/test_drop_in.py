"""Files that a hand drags from a file manager onto the timeline land at the bar under the pointer."""

import os
import signal
import subprocess

import mido
import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, NotesClip
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.storage import open_project
from tests.fakes.driven_window import DrivenWindow
from tests.fakes.screen import changed_part, has_programs, picture_at_rest, screen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not has_programs("pcmanfm-qt", "dbus-run-session", "import"),
        reason="needs Xvfb, openbox, xdotool, wmctrl, pcmanfm-qt, dbus-x11 and imagemagick",
    ),
]

RATE = 48_000
LEFT, TOP, WIDTH, HEIGHT = 1700, 40, 600, 500
"""Where the file manager stands, to the right of our window."""
VIEW = LEFT, TOP + 110, WIDTH, HEIGHT - 200
"""Where it shows files."""


@pytest.fixture(scope="module")
def shown():
    with screen("2400x960x24") as opened:
        yield opened


@pytest.fixture
def song(command, tmp_path):
    told = command("compose", "house, 124 bpm, 4 bars", "--out", tmp_path / "song", "--json").told
    return tmp_path / "song" / told["project"]


@pytest.fixture
def window(shown, song, tmp_path):
    made = DrivenWindow(tmp_path / "user", song, shown.environment)
    try:
        made.begun()
        shown.place(shown.wait_for_window("MusicGen Desktop"), 0, 0)
        yield made
    finally:
        made.abandon()


@pytest.fixture
def browse(shown, tmp_path):
    """Shows a folder with one file in a file manager; gives the place of its icon."""
    started = []

    def start(file):
        home = tmp_path / "files' home"
        for folder in ("config", "data", "cache"):
            (home / folder).mkdir(parents=True, mode=0o700)
        home.chmod(0o700)
        own = {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
        }
        manager = subprocess.Popen(
            ["dbus-run-session", "--", "pcmanfm-qt", str(file.parent)],
            env=shown.environment | own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(manager)
        number = shown.wait_for_window(file.parent.name)
        shown.place(number, LEFT, TOP, WIDTH, HEIGHT)
        return shown.wait_for(lambda: icon_of_file(shown, number, tmp_path))

    yield start
    for manager in started:
        os.killpg(manager.pid, signal.SIGTERM)
        manager.wait(30)


def icon_of_file(shown, number, folder):
    """Selecting all files shows where they are: the one thing that changes in the file manager's view."""
    shown.do("windowactivate", "--sync", number)
    shots = []
    for keys, name in (("Escape", "none"), ("ctrl+a", "all")):
        shown.do("key", keys)
        shots.append(folder / f"{name}.png")
        picture_at_rest(shown, shots[-1], *VIEW)
    try:
        return changed_part(*shots, *VIEW)
    except AssertionError:
        return None


def drop(shown, window, song, icon, bar):
    """Drag a file a little beyond the line of a bar, on the ground below the tracks; the clips that came."""
    before = {clip.id for clip in clips_of(song)}
    shown.do("mousemove", *window.ask("where", "canvas"))
    shown.do("click", "--repeat", 20, "--delay", 10, 5)
    x, y = window.ask("where", "bar", str(bar))
    return shown.drag_until(
        icon, (x + 4, y), lambda: [clip for clip in clips_of(song) if clip.id not in before]
    )


def clips_of(song):
    """As they are on the disk, with the edits of the journal."""
    return [clip for track in open_project(song).project.tracks for clip in track.clips]


def test_a_sound_file_lands_at_the_bar_under_the_pointer_and_is_collected(
    shown, window, song, browse, tmp_path
):
    file = tmp_path / "sounds" / "found sound.wav"
    file.parent.mkdir()
    write_wav(file, np.random.default_rng(3).uniform(-0.2, 0.2, (RATE, 2)).astype(np.float32), RATE, 16)

    (clip,) = drop(shown, window, song, browse(file), bar=3)

    project = open_project(song).project
    track = project.track_of_clip(clip.id)
    source = project.source(clip.source_id)
    assert isinstance(clip, AudioClip)
    assert clip.start_ticks == project.meter_map.tick_of_bar(3)
    assert (track.kind, track.name) == ("audio", "found sound")
    assert source.path.startswith("audio/")
    assert content_hash(song / source.path) == content_hash(file), "the file itself stays where it was"
    status = window.ask("state")["status"]
    assert "1 clip imported" in status


def test_a_midi_file_lands_at_the_bar_under_the_pointer(shown, window, song, browse, tmp_path):
    file = tmp_path / "riffs" / "riff.mid"
    file.parent.mkdir()
    midi = mido.MidiFile(ticks_per_beat=480)
    notes = mido.MidiTrack([mido.MetaMessage("track_name", name="Riff")])
    for pitch in (60, 64, 67, 72):
        notes.append(mido.Message("note_on", note=pitch, velocity=90, time=0))
        notes.append(mido.Message("note_off", note=pitch, velocity=0, time=480))
    midi.tracks.append(notes)
    midi.save(file)

    (clip,) = drop(shown, window, song, browse(file), bar=5)

    project = open_project(song).project
    assert isinstance(clip, NotesClip)
    assert clip.start_ticks == project.meter_map.tick_of_bar(5)
    assert project.track_of_clip(clip.id).kind == "notes"
    assert [note.pitch for note in clip.sounding_notes()] == [60, 64, 67, 72]
    assert file.exists()

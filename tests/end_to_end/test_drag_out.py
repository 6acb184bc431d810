"""What is dragged out of the window, by a hand on a real screen, arrives in another program."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import mido
import pytest
import soundfile

from musicgen_desktop.storage import open_project
from tests.fakes.driven_window import REPOSITORY, DrivenWindow
from tests.fakes.drop_target import TITLE
from tests.fakes.screen import has_screen, screen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not has_screen(), reason="needs Xvfb, openbox, xdotool and wmctrl"),
]

WIDE = "2500x960x24"
RIGHT = 1700
WAIT_S = 60

needs_sonic_visualiser = pytest.mark.skipif(
    shutil.which("sonic-visualiser") is None, reason="needs sonic-visualiser, which `.ci/run` installs"
)


@pytest.fixture(scope="module")
def shown():
    with screen(WIDE) as opened:
        yield opened


@pytest.fixture(scope="module")
def composed(command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drag out")
    told = command("compose", "house, 124 bpm, 4 bars", "--out", folder / "song", "--json").told
    stems = (folder / "song" / told["stems"][0]["wav"]).resolve()
    return folder / "song" / told["project"], soundfile.info(stems).frames


@pytest.fixture
def window(shown, composed, tmp_path):
    """The window with the song, of which nothing was handed over yet, at the left of the screen."""
    shutil.rmtree(composed[0] / "exports", ignore_errors=True)
    made = DrivenWindow(tmp_path / "user", composed[0], shown.environment)
    try:
        made.begun()
        shown.place(shown.wait_for_window("MusicGen Desktop"), 0, 0)
        yield made
    finally:
        made.abandon()


@pytest.fixture
def sonic_visualiser(shown, tmp_path):
    """Its window, fresh, at the right of the screen."""
    tmp_path.chmod(0o700)
    own = {
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    program = subprocess.Popen(
        ["sonic-visualiser", "--no-splash", "--no-audio"],
        env=shown.environment | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        welcome = shown.wait_for_window("Welcome to Sonic Visualiser")
        shown.do("windowactivate", "--sync", welcome)
        shown.do("key", "Return")
        number = shown.wait_for(
            lambda: [each for each, title in shown.windows().items() if title == "Sonic Visualiser"]
        )[0]
        shown.place(number, RIGHT, 40, 700, 500)
        yield number
    finally:
        program.terminate()
        program.wait(WAIT_S)


@pytest.fixture
def target(shown, tmp_path):
    """The files that were dropped on another program at the right of the screen so far."""
    notes = tmp_path / "drops"
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.drop_target", str(notes)], cwd=REPOSITORY, env=shown.environment
    )
    try:
        shown.place(shown.wait_for_window(TITLE), RIGHT, 40, 600, 500)
        yield lambda: [Path(path) for path in json.loads(read(notes).partition("\n")[0] or "[]")]
    finally:
        program.terminate()
        program.wait(WAIT_S)


def read(file):
    return file.read_text("utf-8") if file.exists() else ""


def handle_of(shown, window, folder, what):
    """The place of a handle on the screen, and how the file that it carries is named."""
    project = open_project(folder).project
    track = project.tracks[1]
    shown.do("mousemove", *window.ask("where", "canvas"))
    shown.do("click", "--repeat", 30, "--delay", 10, 5 if what == "header of the master" else 4)
    match what:
        case "clip":
            return window.ask("where", "grip", track.clips[0].id), "02_bass"
        case "header of a track":
            return window.ask("where", "header", track.id), "02_bass"
        case "header of the master":
            _x, lowest = window.ask("where", "bar", "1")
            return at_rest(shown, lambda: window.ask("where", "header", project.master.id), lowest), "00_"
        case "inspector":
            return window.ask("where", "handle", "the mix"), "00_"


def at_rest(shown, where, lowest):
    """The place that was told twice, above the lower end of the canvas: it is scrolled into view."""
    places = [None]

    def rests():
        places.append(where())
        return places[-1][1] < lowest and places[-1] == places[-2]

    shown.wait_for(rests)
    return places[-1]


def pull(shown, folder, place, name, came, key=""):
    """Rest on a handle until its files lie ready, and pull it into the program at the right; what came."""
    shown.do("mousemove", place[0] - 60, place[1])
    shown.do("mousemove", *place)
    shown.wait_for(lambda: list((folder / "exports").glob(f"*/{name}*.wav")), WAIT_S)
    return shown.drag_until(place, (RIGHT + 300, 250), came, key)


@needs_sonic_visualiser
@pytest.mark.parametrize("what", ["clip", "header of a track", "header of the master", "inspector"])
def test_a_stem_pulled_by_its_handle_opens_in_another_program(
    shown, window, composed, sonic_visualiser, what
):
    folder, frames = composed
    place, name = handle_of(shown, window, folder, what)

    title = pull(
        shown,
        folder,
        place,
        name,
        lambda: (found := shown.windows()[sonic_visualiser]).count("file://") and found,
    )

    path = Path(unquote(urlsplit(title.partition(": ")[2]).path))
    assert path.parent.parent == folder / "exports"
    assert path.name.startswith(name)
    info = soundfile.info(path)
    assert (info.frames, info.samplerate, info.channels, info.subtype) == (frames, 48_000, 2, "PCM_24")
    assert abs(soundfile.read(path)[0]).max() > 0.05
    assert window.ask("state")["title"] == f"{folder.stem} – MusicGen Desktop", "a drag is no edit"


@pytest.mark.parametrize(("key", "suffixes"), [("", [".wav"]), ("ctrl", [".mid"])], ids=["no key", "Ctrl"])
def test_a_clip_is_sound_and_with_ctrl_held_midi(shown, window, composed, target, key, suffixes):
    folder, _frames = composed
    place, name = handle_of(shown, window, folder, "clip")

    paths = pull(shown, folder, place, name, target, key)

    assert [path.suffix for path in paths] == suffixes
    assert all(path.parent.parent == folder / "exports" and path.name.startswith(name) for path in paths)
    if key:
        notes = [event for event in mido.MidiFile(paths[0]) if event.type == "note_on" and event.velocity]
        clip = open_project(folder).project.tracks[1].clips[0]
        assert len(notes) == len(list(clip.sounding_notes()))

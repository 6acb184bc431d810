"""The real Rosegarden: it opens a MIDI file as a person has it do, saves the song, and exports it as MIDI.

Debian: `apt install --no-install-recommends rosegarden`.
"""

import gzip
import re
import shutil
import subprocess
import zlib
from pathlib import Path

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.midi_file import MidiForm
from tests.fakes.screen import Screen, has_screen
from tests.fakes.smf_readers import parts_by_mido, saved, sounding, wrong_notes


def is_installed() -> bool:
    """Whether there is a Rosegarden, and a screen for it."""
    return has_screen() and shutil.which("rosegarden") is not None


class Rosegarden:
    """Runs it with settings of its own.

    Args:
        screen: where it shows itself.
        home: a folder for its settings and for what it writes.
    """

    def __init__(self, screen: Screen, home: Path) -> None:
        self._screen = screen
        self._home = home
        settings = home / ".config" / "rosegardenmusic"
        settings.mkdir(parents=True, exist_ok=True)
        told = subprocess.run(
            ["rosegarden", "--version"],
            env=screen.environment | {"QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        version = (re.findall(r"\d+\.\d+(?:\.\d+)?", told.stdout + told.stderr) or [""])[0]
        # Who was here with this version before is not greeted.
        (settings / "Rosegarden.conf").write_text(f"[General_Options]\nlastversion={version}\n")
        self._environment = screen.environment | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home)}

    def passed_through(self, data: bytes, name: str) -> bytes:
        """What it exports of a MIDI file that it was given.

        Args:
            data: the file's bytes.
            name: of the song, for the files; none twice.
        """
        source, song, exported = (self._home / f"{name}{end}" for end in (".mid", ".rg", " out.mid"))
        source.write_bytes(data)
        program = self._started("--nosplash", "--nosound", str(source))
        try:
            self._save(f"{name}.mid - Rosegarden", song)
        finally:
            program.kill()
            program.wait()
        converting = self._started("--convert", str(song), str(exported))
        try:
            # It stays in the process list when its sound server is missing, so the file says when it is done.
            self._screen.wait_for(lambda: _whole(exported), 60, f"no {exported.name} was written")
        finally:
            converting.kill()
            converting.wait()
        return exported.read_bytes()

    def _save(self, title: str, song: Path) -> None:
        """Ctrl+S, a name, Return, as soon as nothing else is in front."""
        screen = self._screen
        window = int(screen.wait_for_window(title, 60), 16)

        def saved() -> bool:
            others = [
                number
                for number, each in screen.windows().items()
                if title not in each and "Transport" not in each and "Save" not in each
            ]
            for number in others:
                screen.do("windowactivate", int(number, 16))
                screen.do("key", "Return")
            if not others and not _is_asking(screen):
                screen.do("windowactivate", "--sync", window)
                screen.do("key", "ctrl+s")
            if _is_asking(screen):
                screen.do("key", "ctrl+a")
                screen.do("type", "--delay", 2, song)
                screen.do("key", "Return")
            return _is_saved(song)

        screen.wait_for(saved, 90, f"no {song.name} was saved")

    def _started(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["rosegarden", *words],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def wrong_in_rosegarden(program: Rosegarden, song: Project, form: MidiForm, name: str) -> list[str]:
    """What differs between the song and what Rosegarden exports of its file.

    By more than a tick of 480, that is, and half a one for its own rounding.
    """
    parts = parts_by_mido(program.passed_through(saved(song, form), name))
    tracks = [track for track in song.tracks if track.kind == "notes"]
    if [part.name for part in parts] != [track.name for track in tracks]:
        return [f"tracks are {[part.name for part in parts]}"]
    found: list[str] = []
    for track, part in zip(tracks, parts, strict=True):
        notes = sounding(track)
        # Two notes of a key in one tick of 480 it mostly keeps as two, the second a tick later.
        merging = form if len(part.notes) == len(notes) else MidiForm(1, 480)
        wrong = wrong_notes(notes, part, lambda at: (at / 2 - 1.5, at / 2 + 1.5), merging)
        found += (f"{track.name}: {each}" for each in wrong)
    return found


def _is_asking(screen: Screen) -> bool:
    """Whether the dialog that asks for a name is there."""
    return any("Save" in each for each in screen.windows().values())


def _is_saved(song: Path) -> bool:
    """Whether the song is on the disk to its end: a packed file that can be unpacked."""
    try:
        return gzip.decompress(song.read_bytes()).rstrip().endswith(b"</rosegarden-data>")
    except (OSError, EOFError, zlib.error):
        return False


def _whole(midi: Path) -> bool:
    """Whether all tracks that the head promises are there to their ends: the file is written bit by bit."""
    data = midi.read_bytes() if midi.is_file() else b""
    tracks, at, found = int.from_bytes(data[10:12], "big"), 14, 0
    while len(data) >= at + 8:
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
        found += at <= len(data)
    return tracks > 0 and found == tracks and data.endswith(b"\xff\x2f\x00")

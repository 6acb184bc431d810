"""From a fresh checkout to music, or to passing tests, in one command.

    python3 installers/bootstrap.py run "lofi hip hop, 82 bpm, F minor, dusty drums, 16 bars"
    python3 installers/bootstrap.py test

Needs nothing but Python 3.11: it makes `.venv/` in the checkout, installs the pinned packages there, then
does its job. When nothing has changed since the last time, it goes straight to the job.
"""

import sys

if sys.version_info < (3, 11):  # before anything below, which an older Python cannot read
    sys.exit("MusicGen Desktop needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import argparse
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from environment import Environment, SetupError
from prepare import prepare

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PROMPT = "lofi hip hop, 82 bpm, F minor, dusty drums, 16 bars"
STOPPED = 130  # what a shell reports after Ctrl-C


@dataclass(frozen=True)
class Job:
    """What the command line asked for: which groups of packages, and what to do with them."""

    command: str
    groups: tuple[str, ...]
    prompt: str = ""
    out: Path = ROOT / "songs"
    window: bool = True
    rest: tuple[str, ...] = ()  # handed on to `compose`, or to pytest


def parse(arguments: Sequence[str]) -> Job:
    """Read the command line; exits with status 2 and a usage line when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description="Sets MusicGen Desktop up in this folder, then runs or tests it."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run",
        help="compose a song and open it",
        epilog="Other options go on to `compose`: --bars 8, --seed 3, … Without a screen it only writes.",
    )
    run.add_argument("prompt", nargs="?", default=DEFAULT_PROMPT, help=f"default: {DEFAULT_PROMPT}")
    run.add_argument("--out", type=Path, help="folder for the song (default: songs/ in the checkout)")
    run.add_argument("--no-window", action="store_true", help="write the song, and do not open it")
    run.add_argument("--neural", action="store_true", help="also install PyTorch (several hundred MB)")
    commands.add_parser("test", help="run the tests; all that follows goes on to pytest", add_help=False)

    given, rest = parser.parse_known_args(arguments)
    if given.command == "test":
        return Job("test", ("base", "dev", "neural"), rest=tuple(rest))
    out = given.out or ROOT / "songs" / folder_name(given.prompt)
    groups = ("base", "neural") if given.neural else ("base",)
    return Job("run", groups, given.prompt, out.resolve(), not given.no_window, tuple(rest))


def folder_name(prompt: str) -> str:
    """A short name that every file system takes: "Lo-fi, 82 bpm!" becomes "lo-fi-82-bpm"."""
    words = re.findall(r"[\w#-]+", prompt.lower())
    return "-".join(words)[:60].strip("-") or "song"


def compose(environment: Environment, job: Job) -> int:
    """Write a song into the folder; the program lists its files. Then show it, where there is a screen."""
    program = str(environment.script("musicgen-desktop"))
    status = subprocess.call([program, "compose", job.prompt, "--out", str(job.out), *job.rest])
    project = next(iter(sorted(job.out.glob("*.mgproj"))), None)
    if status or project is None or not (job.window and has_screen()):
        return status
    return subprocess.call([program, str(project)])


def has_screen() -> bool:
    """Whether a window can be shown: always, but for a Linux without a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(environment: Environment, job: Job) -> int:
    """Run pytest on the whole checkout, or on what was asked for."""
    return subprocess.call([str(environment.python), "-m", "pytest", *job.rest], cwd=ROOT)


def main(arguments: Sequence[str]) -> int:
    """Set up what the job needs, then do it; the status is the job's own."""
    for stream in (sys.stdout, sys.stderr):  # an old console may lack a letter: no reason to fail
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    job = parse(arguments)
    try:
        environment = prepare(ROOT, job.groups)
        return {"run": compose, "test": test}[job.command](environment, job)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return STOPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

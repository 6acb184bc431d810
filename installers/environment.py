"""The virtual environment of a checkout: made, and recognised when it is whole and ready."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

INPUTS = ("pyproject.toml", "installers/constraints.txt", "installers/packages.py", "native/CMakeLists.txt")
COMPILERS = ("c++", "g++", "clang++")


class SetupError(Exception):
    """The set-up cannot go on; the text is one clear sentence for the user."""


@dataclass(frozen=True)
class Environment:
    """The folder `.venv/` of one checkout."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.script("python")

    @property
    def log(self) -> Path:
        """What pip said the last time."""
        return self.folder / "install.log"

    @property
    def stamp(self) -> Path:
        """Written last: what was installed, from which inputs."""
        return self.folder / "musicgen-desktop.json"

    @property
    def unfinished(self) -> Path:
        """Lies there while packages are being installed, and after that was cut short."""
        return self.folder / "unfinished"

    def script(self, name: str) -> Path:
        """The path of a program in it."""
        return script_in(self.folder, name, windows=os.name == "nt")


def script_in(folder: Path, name: str, *, windows: bool) -> Path:
    """Where a virtual environment keeps a program."""
    return folder / "Scripts" / f"{name}.exe" if windows else folder / "bin" / name


def fingerprint(root: Path) -> str:
    """Changes whenever what is installed might.

    That is: packages, versions, Python, the place of the checkout, the C++ sources, and a compiler for them.
    """
    digest = hashlib.sha256(f"{sys.version} {root} {has_compiler()}".encode())
    sources = sorted(path for path in (root / "native").glob("*") if path.suffix in {".cpp", ".hpp"})
    for file in (*(root / name for name in INPUTS), *sources):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def has_compiler() -> bool:
    """Whether a C++ compiler is found by its name. CMake finds Visual Studio's, which has no such name."""
    return any(map(shutil.which, COMPILERS))


def installed_groups(environment: Environment) -> frozenset[str]:
    """The groups of packages that are there in today's versions; empty when it must be looked at again."""
    try:
        stamp = json.loads(environment.stamp.read_text("utf-8"))
        current = stamp["fingerprint"] == fingerprint(environment.root)
        groups = frozenset(stamp["groups"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    ready = current and environment.python.exists() and not environment.unfinished.exists()
    return groups if ready else frozenset()


def write_stamp(environment: Environment, groups: Iterable[str]) -> None:
    """Remember that these groups are installed."""
    stamp = {"fingerprint": fingerprint(environment.root), "groups": sorted(groups)}
    environment.stamp.write_text(json.dumps(stamp), "utf-8")


def works(environment: Environment) -> bool:
    """Whether the folder holds a whole environment of this very Python."""
    if environment.unfinished.exists() or not environment.python.exists():
        return False
    question = [str(environment.python), "-c", "import sys; print(sys.version)"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == sys.version.strip()


def make(environment: Environment) -> None:
    """A fresh, empty environment. Without pip, because Debian's Python cannot add it without python3-venv."""
    try:
        if environment.folder.exists():
            print(f"{environment.folder} is not whole; making it again.")
            shutil.rmtree(environment.folder)
        venv.create(environment.folder, symlinks=os.name != "nt", with_pip=False)
    except OSError as error:
        raise SetupError(f"The folder {environment.folder} cannot be made: {error.strerror}.") from error

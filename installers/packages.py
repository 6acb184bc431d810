"""Fills a virtual environment with pinned packages, and with this project itself."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import debian
from environment import Environment, SetupError
from progress import Progress

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
BACKEND = "scikit-build-core"
BUILD = ("nanobind", "cmake", "ninja")
"""What the backend needs to build the decoder's step in C++."""
NATIVE_STEP = "musicgen_desktop.generation.musicgen.native._step"
SOUNDFONT_PLAYER = "tinysoundfont"
PIP_WITH_PYTHON_OPTION = (22, 3)
OPTIONS = ("--retries", "5", "--prefer-binary", "--no-warn-script-location")
MISLEADING = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT", "PIP_REQUIRE_HASHES"}
OUR_VARIABLES = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_USER": "0",  # a settings file that says otherwise would make pip fail in an environment
    "PYTHONUTF8": "1",  # pip then talks in UTF-8, whatever the console speaks
}
NO_CONNECTION = re.compile(
    r"name resolution|getaddrinfo failed|NewConnectionError|Failed to establish a new connection"
    r"|Network is unreachable|Connection refused|No route to host|ConnectTimeout|ProxyError",
    re.IGNORECASE,
)


def install(environment: Environment, groups: Iterable[str]) -> None:
    """Install the groups' packages in their pinned versions, then the project in place.

    Raises:
        SetupError: no connection, no pip, or a package that cannot be had.
    """
    groups = sorted(groups)
    debian.ensure(debian.wanted_by(groups))
    environment.log.write_text("", "utf-8")
    wanted = requirements(environment.root / "pyproject.toml", groups)
    with Progress() as progress:
        pip = Pip(environment, find_pip(environment), progress)
        if torch := next((line for line in wanted if line.startswith("torch==")), None):
            pip.install(torch_arguments(torch, linux=sys.platform == "linux", nvidia=has_nvidia_driver()))
        # The C++ part is the neural engine's: who does not have that needs no compiler.
        native = "neural" in groups
        pip.install([BACKEND, *(BUILD if native else ()), *wanted])
        if native:
            debian.try_to_ensure(debian.COMPILER)
            progress.show("Building the decoder's step in C++, half a minute …")
        pip.install(project_arguments(environment.root, native=native))
        if native and not has_native_step(environment):
            progress.show(
                "No C++ compiler: MusicGen will be several times slower. Install one, then run this again."
            )
        # Without its dependencies: PyAudio has no wheel for Linux, and only its own player would use it.
        if not pip.try_to_install(["--no-deps", "--only-binary=:all:", SOUNDFONT_PLAYER]):
            progress.show("No SoundFont player for this Python: the built-in synthesizer plays instead.")
        progress.show("Ready.")


def requirements(pyproject: Path, groups: Iterable[str]) -> list[str]:
    """What the groups need, as pyproject.toml says: "base" is the program itself, others are its extras."""
    project = tomllib.loads(pyproject.read_text("utf-8"))["project"]
    known: dict[str, list[str]] = {"base": project["dependencies"], **project["optional-dependencies"]}
    return [line for group in groups for line in known[group]]


def torch_arguments(torch: str, *, linux: bool, nvidia: bool) -> list[str]:
    """How to ask pip for PyTorch.

    On Linux the plain wheel is the CUDA build and brings gigabytes of libraries, useless without an NVIDIA
    driver. "+cpu" names the other build, so that a failure cannot end in the large one.
    """
    if linux and not nvidia:
        return ["--no-deps", f"{torch}+cpu", "--extra-index-url", CPU_INDEX]
    return [torch]


def project_arguments(root: Path, *, native: bool) -> list[str]:
    """How to ask pip for this project, in place."""
    pure = () if native else ("--config-settings", "wheel.cmake=false")
    return ["--no-deps", "--no-build-isolation", *pure, "--editable", str(root)]


def has_native_step(environment: Environment) -> bool:
    """Whether the decoder's step in C++ was built, and runs here."""
    return quietly([str(environment.python), "-c", f"import {NATIVE_STEP}"])


def has_nvidia_driver(proc: Path = Path("/proc/driver/nvidia/version")) -> bool:
    """Whether this machine can run CUDA."""
    return proc.exists() or shutil.which("nvidia-smi") is not None


def find_pip(environment: Environment) -> list[str]:
    """A pip that installs into the environment, whichever way this machine has one.

    Raises:
        SetupError: there is none, and none could be added.
    """
    inside = [str(environment.python), "-m", "pip"]
    if pip_version(inside):
        return inside
    outside = [sys.executable, "-m", "pip"]
    if pip_version(outside) >= PIP_WITH_PYTHON_OPTION:
        return [*outside, "--python", str(environment.python)]
    if quietly([str(environment.python), "-m", "ensurepip"]):
        return inside
    if not pip_version(outside):
        debian.ensure(["python3-pip"])
    if pip_version(outside) >= PIP_WITH_PYTHON_OPTION:
        return [*outside, "--python", str(environment.python)]
    # A pip that is too old to work on another environment can still put a new pip into its folder.
    if pip_version(outside) and quietly(
        [*outside, "install", "--target", packages_folder(environment), "pip"]
    ):
        return inside
    raise SetupError("Python's package installer pip is missing. Install it (python3-pip), then try again.")


def pip_version(pip: Sequence[str]) -> tuple[int, ...]:
    """Like (23, 2); empty when there is no such pip."""
    variables = clean_variables(os.environ)
    answer = subprocess.run([*pip, "--version"], capture_output=True, text=True, check=False, env=variables)
    found = re.match(r"pip (\d+)\.(\d+)", answer.stdout)
    return tuple(map(int, found.groups())) if found else ()


def packages_folder(environment: Environment) -> str:
    """Where the environment keeps pure Python packages."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.check_output([environment.python, "-c", question], text=True).strip()


def quietly(command: Sequence[str]) -> bool:
    """Run it; whether it succeeded."""
    variables = clean_variables(os.environ)
    return subprocess.run(command, capture_output=True, check=False, env=variables).returncode == 0


@dataclass(frozen=True)
class Pip:
    """Runs pip on one environment, tells what it does, and keeps what it says in the log."""

    environment: Environment
    command: Sequence[str]
    progress: Progress

    def install(self, arguments: Sequence[str]) -> None:
        """Install, or raise SetupError with a sentence that says why not."""
        status, said = self._run(arguments)
        if status != 0:
            raise SetupError(reason(said, self.environment.log))

    def try_to_install(self, arguments: Sequence[str]) -> bool:
        """Install when that is possible on this machine; whether it was."""
        status, _ = self._run(arguments)
        return status == 0

    def _run(self, arguments: Sequence[str]) -> tuple[int, str]:
        pins = str(self.environment.root / "installers" / "constraints.txt")
        command = [*self.command, "install", *OPTIONS, "--constraint", pins, *arguments]
        said: list[str] = []
        fetched = 0
        with (
            self.environment.log.open("a", encoding="utf-8") as log,
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                env=clean_variables(os.environ),
            ) as pip,
        ):
            for line in pip.stdout or ():
                log.write(line)
                said.append(line)
                if package := package_in(line):
                    fetched += 1
                    self.progress.show(f"Fetching {fetched}: {package}")
                elif packages := packages_in(line):
                    self.progress.show(f"Installing {packages}")
        return pip.returncode, "".join(said)


def clean_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """The user's variables without those that would send packages elsewhere or hide that they are missing."""
    kept = {name: value for name, value in variables.items() if name not in MISLEADING}
    return kept | OUR_VARIABLES


def package_in(line: str) -> str | None:
    """The package that a line of pip's begins with: from "Collecting rich>=13.9 (from …)" it is "rich"."""
    found = re.match(r"Collecting ([\w.-]+)|Processing .*[\\/]([\w.]+)-\d[^\\/]*\.(?:whl|tar\.gz)", line)
    return next(filter(None, found.groups()), None) if found else None


def packages_in(line: str) -> str | None:
    """What pip begins to install: one package's name, or how many."""
    found = re.match(r"Installing collected packages: (.+)", line)
    names = found[1].split(", ") if found else []
    return f"{len(names)} packages" if len(names) > 1 else next(iter(names), None)


def reason(said: str, log: Path) -> str:
    """Why pip failed, in one sentence."""
    if NO_CONNECTION.search(said):
        return (
            "The packages could not be downloaded: the package index cannot be reached. "
            "Check the network connection, then run the same command again."
        )
    if "No space left on device" in said:
        return (
            "The disk is full: 1 GB must be free for the program, 3 GB for the tests. "
            "Free some space, then try again."
        )
    errors = re.findall(r"^error: *(.+)", said, re.IGNORECASE | re.MULTILINE)
    first = errors[0].strip() if errors else "it gave no reason."
    return f"pip could not install the packages: {first} Everything it said is in {log}."

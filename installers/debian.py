"""Packages of Debian and its children that our Python packages expect but do not bring."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence

from environment import SetupError

PACKAGES: dict[str, tuple[str, ...]] = {
    "base": ("libatomic1", "libportaudio2"),  # pedalboard is linked to the one, sounddevice loads the other
    "neural": (),
    "dev": (),
}


def ensure(packages: Sequence[str]) -> None:
    """Install what is missing when root, else say which line to run. Does nothing on other systems.

    Raises:
        SetupError: something is missing and could not be installed.
    """
    if not packages or shutil.which("dpkg-query") is None:
        return
    missing = [package for package in packages if not is_installed(package)]
    if not missing:
        return
    if os.geteuid() != 0:
        raise SetupError(line_to_run(missing))
    print(f"Installing Debian packages: {' '.join(missing)}")
    if not (apt_get("install", *missing) or (apt_get("update") and apt_get("install", *missing))):
        raise SetupError(f"apt-get could not install {' '.join(missing)}; its message stands above.")


def wanted_by(groups: Iterable[str]) -> list[str]:
    """The Debian packages that groups of Python packages expect."""
    return sorted({package for group in groups for package in PACKAGES[group]})


def line_to_run(missing: Sequence[str]) -> str:
    """What someone who is not root is told."""
    return (
        "Some system packages are missing. Run this line, then the same command again:\n"
        f"    sudo apt-get install -y {' '.join(missing)}"
    )


def is_installed(package: str) -> bool:
    """Whether dpkg knows it as installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "installed"


def apt_get(verb: str, *packages: str) -> bool:
    """Run apt-get without questions; whether it succeeded."""
    command = ["apt-get", "-qq", "-y", "--no-install-recommends", verb, *packages]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0

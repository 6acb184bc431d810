"""Packages of Debian and its children that our Python packages expect but do not bring.

`python3 installers/debian.py` prints them all, for who installs them beforehand.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence

from environment import SetupError

QT = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
"""What Qt's wheel is linked to, its window on X11 included."""

PACKAGES: dict[str, tuple[str, ...]] = {
    # pedalboard is linked to the first, sounddevice loads the second
    "base": ("libatomic1", "libportaudio2", *QT),
    "neural": (),
    "dev": (),
}


COMPILER = "g++"
"""Builds the decoder's step in C++; without it the program is slower, not broken."""


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


def try_to_ensure(package: str) -> None:
    """Install what the program can do without, when root and it can be had."""
    if shutil.which("dpkg-query") is None or os.geteuid() != 0 or is_installed(package):
        return
    print(f"Installing a Debian package: {package}")
    if not apt_get("install", package) and apt_get("update"):
        apt_get("install", package)


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
    """Whether dpkg knows it as installed; newer releases call some “…t64” since their clocks got 64 bits."""
    for name in (package, f"{package}t64"):
        query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", name]
        answer = subprocess.run(query, capture_output=True, text=True, check=False)
        if answer.stdout.strip() == "installed":
            return True
    return False


def apt_get(verb: str, *packages: str) -> bool:
    """Run apt-get without questions; whether it succeeded."""
    command = ["apt-get", "-qq", "-y", "--no-install-recommends", verb, *packages]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    print(*wanted_by(PACKAGES), COMPILER)

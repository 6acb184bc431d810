"""The machine and the program's own places."""

import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from musicgen_desktop import __version__
from musicgen_desktop.foundation import (
    UserInputError,
    existing_folder,
    is_built_app,
    load_settings,
    resources_folder,
    settings_path,
    user_cache_folder,
    user_config_folder,
    user_data_folder,
    user_log_folder,
)

from ._finding import Finding, broken, optional, works

NEEDED = ("numpy", "msgspec", "typer", "rich", "soundfile", "soxr", "pedalboard", "mido", "platformdirs")
_ROOM_BYTES = 1_000_000_000


def versions() -> dict[str, str]:
    """Versions of the program and the packages that it needs; what is not installed is left out."""
    found = {"musicgen-desktop": __version__, "python": platform.python_version()}
    for package in (*NEEDED, "tinysoundfont", "sounddevice", "python-rtmidi", "PySide6-Essentials", "torch"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def check_python() -> Iterator[Finding]:
    """The interpreter and the packages that must be there."""
    yield works("Python", f"Python {platform.python_version()} on {platform.platform()}.")
    if is_built_app():
        return
    known = versions()
    missing = [name for name in NEEDED if name not in known]
    if missing:
        yield broken(
            "Packages", f"Missing: {', '.join(missing)}.", "Run “python3 installers/bootstrap.py run” again."
        )
    else:
        yield works("Packages", f"All {len(NEEDED)} needed packages are installed.")


def check_places() -> Iterator[Finding]:
    """Our data files, the user's folders and the room on their disk."""
    styles = len(list((resources_folder() / "styles").glob("[!_]*.toml")))
    if styles:
        yield works("Resources", f"{styles} styles are in place.")
    else:
        yield broken("Resources", f"No styles in {resources_folder()}.", "Install the program again.")
    folders = (user_data_folder(), user_config_folder(), user_cache_folder(), user_log_folder())
    closed = [folder for folder in folders if not _writable(folder)]
    if closed:
        yield broken(
            "Permissions",
            f"Cannot write into {', '.join(map(str, closed))}.",
            "Make these folders writable, or set MUSICGEN_DESKTOP_HOME to a folder that is.",
        )
    else:
        yield works("Permissions", "Settings, data, cache and log folders can be written.")
    free = shutil.disk_usage(existing_folder(user_data_folder())).free
    if free < _ROOM_BYTES:
        yield optional(
            "Disk", f"Only {free / 1e9:.1f} GB are free.", "Make room: a minute of stems takes about 100 MB."
        )
    else:
        yield works("Disk", f"{free / 1e9:.0f} GB are free.")


def check_settings() -> Iterator[Finding]:
    """The settings file, if there is one."""
    try:
        load_settings()
    except UserInputError as error:
        yield broken("Settings", str(error), f"Mend or delete “{settings_path()}”.")
    else:
        yield works("Settings", f"Read from {settings_path()}, if it is there.")


def _writable(folder: Path) -> bool:
    existing = existing_folder(folder)
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)

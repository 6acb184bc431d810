"""The machine in words."""

import os
import platform
import sys


def machine_text() -> str:
    """One line about the machine, for reports of speed."""
    cores, python = os.cpu_count(), platform.python_version()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {python}"


def is_built_app() -> bool:
    """Whether this is the packed program, which has no Python that a person could install packages into."""
    return bool(getattr(sys, "frozen", False))


def mending(command: str) -> str:
    """How to get a package that is missing or broken, continuing a sentence.

    Args:
        command: what to run where the program is installed as packages.
    """
    return "install the program again" if is_built_app() else f"run “{command}”"


def own_program() -> list[str]:
    """How this program is started once more, for its child processes; their arguments follow."""
    return [sys.executable] if is_built_app() else [sys.executable, "-m", "musicgen_desktop"]

"""The machine in words."""

import os
import platform


def machine_text() -> str:
    """One line about the machine, for reports of speed."""
    cores, python = os.cpu_count(), platform.python_version()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {python}"

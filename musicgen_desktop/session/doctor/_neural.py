"""The window's toolkit, the neural engine and its models: not needed to compose."""

import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from musicgen_desktop.foundation import is_built_app, user_data_folder

from ._child import ask_child
from ._finding import Finding, optional, works


def check_window() -> Iterator[Finding]:
    """Qt, asked by a child: it may lack libraries of the system."""
    if find_spec("PySide6") is None:
        yield optional("Qt", "Qt is not installed; the command line needs no Qt.", "")
        return
    fine, answer = ask_child("qt")
    if fine:
        yield works("Qt", f"Qt {answer}.")
    else:
        yield optional("Qt", f"Qt does not load ({answer}).", "Install the libraries that it names.")


def check_neural() -> Iterator[Finding]:
    """Torch, the GPU and the model folder."""
    if find_spec("torch") is None:
        yield optional(
            "Torch",
            "The neural engine is not installed; Composer needs none.",
            "" if is_built_app() else "Run “python3 installers/bootstrap.py run --neural” to add it.",
        )
    else:
        yield works("Torch", f"Torch {version('torch')} is installed; {_graphics()}.")
    folder = user_data_folder() / "models"
    count = sum(1 for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else 0
    if count:
        yield works("Models", f"{count} models in {folder}.")
    else:
        yield optional("Models", "No model is installed; Composer needs none.", "")


def _graphics() -> str:
    """Which processor it would use, told without loading it: that takes seconds and gigabytes."""
    if Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi"):
        return "an NVIDIA driver is there"
    if platform.system() == "Darwin" and platform.machine() == "arm64":
        return "an Apple GPU is there"
    return "no GPU was found, so it would use the processor"

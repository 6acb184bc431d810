"""The window's toolkit, the neural engine and its models: not needed to compose."""

import platform
import shutil
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from musicgen_desktop.foundation import UserInputError, is_built_app, is_offline
from musicgen_desktop.generation.musicgen.library import found_models, size_text

from ._child import ask_child
from ._finding import Finding, broken, optional, works

_COMPANIONS = ("transformers", "tokenizers", "safetensors", "huggingface_hub")


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
    """Torch and its companions, and how tokens would be decoded."""
    if find_spec("torch") is None:
        yield optional("Torch", "The neural engine is not installed; Composer needs none.", _get_it())
        return
    yield works("Torch", f"Torch {version('torch')} is installed; {_graphics()}.")
    missing = [name for name in _COMPANIONS if find_spec(name) is None]
    if missing:
        yield broken("Neural engine", f"It lacks {', '.join(missing)}.", _get_it())
        return
    yield _decoding()


def check_models() -> Iterator[Finding]:
    """The installed models, and whether any may be downloaded."""
    found = found_models()
    for each in found:
        if each.problem:
            yield broken("Models", each.problem, f"Run “musicgen-desktop models remove {each.id}”.")
    usable = [f"{each.model.id} ({size_text(each.disk_bytes)})" for each in found if each.model is not None]
    if usable:
        yield works("Models", f"Installed: {', '.join(usable)}.")
    elif not found:
        yield optional("Models", "No model is installed; Composer needs none.", "")
    with suppress(UserInputError):  # settings that cannot be read have a finding of their own
        if is_offline():
            yield works("Downloads", "Switched off: not even a model that is asked for is downloaded.")
        else:
            yield works("Downloads", "None but a model that is asked for.")


def _get_it() -> str:
    return "" if is_built_app() else "Run “python3 installers/bootstrap.py run --neural” to add it."


def _decoding() -> Finding:
    """Asked by a child: what was built for another processor may take the asker with it."""
    if find_spec("musicgen_desktop.generation.musicgen.native._step") is None:
        return optional(
            "Decoding",
            "By torch; the native step, several times faster on a processor, was not built.",
            ""
            if is_built_app()
            else "Install a C++ compiler, then run “python3 installers/bootstrap.py run”.",
        )
    fine, answer = ask_child("decoding")
    if not fine:
        return optional(
            "Decoding", f"By torch; the native step does not load ({answer}).", "Install it again."
        )
    best, *others = answer.split("|")
    also = f" (also {', '.join(others)})" if others else ""
    return works("Decoding", f"By the native step with {best}{also}, or by torch where that is faster.")


def _graphics() -> str:
    """Which processor it would use, told without loading it: that takes seconds and gigabytes."""
    if Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi"):
        return "an NVIDIA driver is there"
    if platform.system() == "Darwin" and platform.machine() == "arm64":
        return "an Apple GPU is there"
    return "no GPU was found, so it would use the processor"

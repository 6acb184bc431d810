"""What was measured on this machine once, and holds for it until the machine or the code is another one."""

import json
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import msgspec
import torch

from musicgen_desktop.foundation import user_cache_folder

from ._native import native_build


def measured_key(*what: str | float) -> str:
    """The key of a measurement of something, here and with this code.

    Args:
        what: what the figure depends on beside them.
    """
    graphics = torch.cuda.get_device_name() if torch.cuda.is_available() else ""
    threads = str(torch.get_num_threads())
    code = (str(torch.__version__), version("musicgen-desktop"), native_build())
    return json.dumps([[platform.machine(), platform.processor(), graphics, threads, *code], *what])


def measured() -> dict[str, float]:
    """All that is known, by `measured_key`; nothing when the file is damaged."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=dict[str, float])
    except (OSError, msgspec.DecodeError):
        return {}


def remember(figures: Mapping[str, float]) -> None:
    """Add to what is known. Where it cannot be written, it is measured again the next time."""
    file = _file()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_bytes(msgspec.json.encode(measured() | dict(figures)))
        new.replace(file)  # at once: who reads meanwhile must not take a half for nothing


def _file() -> Path:
    return user_cache_folder() / "decode-paths.json"

"""Where our own files and the user's files lie."""

import os
from pathlib import Path

import platformdirs

_APP = "musicgen-desktop"


def resources_folder() -> Path:
    """The data files that ship with us: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def user_data_folder() -> Path:
    """Where the user's styles, SoundFonts and models lie."""
    return _home("data") or platformdirs.user_data_path(_APP, appauthor=False)


def user_config_folder() -> Path:
    """Where the settings lie."""
    return _home("config") or platformdirs.user_config_path(_APP, appauthor=False)


def user_cache_folder() -> Path:
    """Where files lie that can be made again."""
    return _home("cache") or platformdirs.user_cache_path(_APP, appauthor=False)


def user_log_folder() -> Path:
    """Where the logs lie."""
    return _home("log") or platformdirs.user_log_path(_APP, appauthor=False)


def _home(part: str) -> Path | None:
    """One folder for everything, for portable installs and tests."""
    home = os.environ.get("MUSICGEN_DESKTOP_HOME")
    return Path(home) / part if home else None

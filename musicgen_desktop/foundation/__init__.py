"""What every room stands on: errors, ids, folders, stopping and progress."""

from ._errors import MusicgenDesktopError, UserInputError
from ._ids import new_id
from ._log import start_log
from ._machine import machine_text
from ._paths import (
    resources_folder,
    user_cache_folder,
    user_config_folder,
    user_data_folder,
    user_log_folder,
)
from ._progress import Report, StopFlag, Stopped, no_report
from ._settings import Settings, load_settings, settings_path

__all__ = [
    "MusicgenDesktopError",
    "Report",
    "Settings",
    "StopFlag",
    "Stopped",
    "UserInputError",
    "load_settings",
    "machine_text",
    "new_id",
    "no_report",
    "resources_folder",
    "settings_path",
    "start_log",
    "user_cache_folder",
    "user_config_folder",
    "user_data_folder",
    "user_log_folder",
]

"""The user's word that nothing may be fetched from anywhere."""

import os

from ._errors import UserInputError
from ._settings import load_settings, settings_path

OFFLINE_VARIABLE = "MUSICGEN_DESKTOP_OFFLINE"
_YES = frozenset({"1", "true", "yes", "on"})


def is_offline_by_environment() -> bool:
    """Whether the environment forbids every download, whatever the settings say."""
    return os.environ.get(OFFLINE_VARIABLE, "").strip().lower() in _YES


def is_offline() -> bool:
    """Whether the environment or the settings forbid every download.

    Raises:
        UserInputError: when the settings cannot be read.
    """
    return is_offline_by_environment() or load_settings().offline


def check_online() -> None:
    """Refuse a download that the user asked for while it is switched off.

    Raises:
        UserInputError: saying where it is switched on again; or when the settings cannot be read.
    """
    if is_offline_by_environment():
        raise UserInputError(
            f"Downloads are switched off by {OFFLINE_VARIABLE}=1 in the environment; unset it to download."
        )
    if load_settings().offline:
        raise UserInputError(
            "Downloads are switched off; switch “Stay offline” off in the library,"
            f" or delete the line “offline = true” in “{settings_path()}”."
        )

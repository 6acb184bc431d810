"""The user's word that nothing may be fetched from anywhere."""

import os

from ._errors import UserInputError
from ._settings import load_settings, settings_path

OFFLINE_VARIABLE = "MUSICGEN_DESKTOP_OFFLINE"
_YES = frozenset({"1", "true", "yes", "on"})


def is_offline() -> bool:
    """Whether the environment or the settings forbid every download."""
    return _says_the_environment() or load_settings().offline


def check_online() -> None:
    """Refuse a download that the user asked for while it is switched off.

    Raises:
        UserInputError: saying where it is switched on again; or when the settings cannot be read.
    """
    if _says_the_environment():
        raise UserInputError(
            f"Downloads are switched off by {OFFLINE_VARIABLE}=1 in the environment; unset it to download."
        )
    if load_settings().offline:
        raise UserInputError(
            "Downloads are switched off; switch “Stay offline” off in the library,"
            f" or delete the line “offline = true” in “{settings_path()}”."
        )


def _says_the_environment() -> bool:
    return os.environ.get(OFFLINE_VARIABLE, "").strip().lower() in _YES

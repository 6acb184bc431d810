"""What the user chose once: one TOML file in the configuration folder, edited by hand or by the window."""

from pathlib import Path
from typing import Any

import msgspec

from ._errors import UserInputError
from ._paths import user_config_folder
from ._toml import parse_toml

_LARGEST_BYTES = 1_000_000


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The user's choices; everything has a default.

    Attributes:
        soundfont: a General MIDI SoundFont (.sf2, .sf3) instead of the shipped one.
        offline: nothing may be downloaded, not even a model that is asked for.
        window: how the window is set; `session.preferences` knows its words.
    """

    soundfont: str | None = None
    offline: bool = False
    window: dict[str, Any] = {}

    @property
    def soundfont_path(self) -> Path | None:
        """The chosen SoundFont, `~` resolved."""
        return None if self.soundfont is None else Path(self.soundfont).expanduser()


def settings_path() -> Path:
    """Where the settings lie."""
    return user_config_folder() / "settings.toml"


def load_settings() -> Settings:
    """The user's settings, or the defaults when there is no file.

    Raises:
        UserInputError: when the file cannot be read or says something unknown.
    """
    path = settings_path()
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST_BYTES).decode("utf-8-sig")  # editors on Windows may begin with a mark
        return msgspec.convert(parse_toml(text), Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise UserInputError(
            f"The settings in “{path}” cannot be read ({error}); mend or delete the file."
        ) from error

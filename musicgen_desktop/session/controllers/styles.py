"""Which styles there are."""

import msgspec

from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.generation.composer import load_styles


class StyleEntry(msgspec.Struct, frozen=True):
    """A style as a list shows it; tempo is its usual range."""

    id: str
    name: str
    description: str
    slowest_bpm: float
    fastest_bpm: float


class StyleListing(msgspec.Struct, frozen=True):
    """All styles, and the folder for the user's own."""

    styles: tuple[StyleEntry, ...]
    user_folder: str


def list_styles() -> StyleListing:
    """Every style that a request may name, the shipped ones and the user's own.

    Raises:
        UserInputError: when a style file of the user's cannot be read.
    """
    styles = load_styles()
    return StyleListing(
        styles=tuple(
            StyleEntry(style.id, style.name, style.naming.description, style.tempo.low, style.tempo.high)
            for style in sorted(styles.values(), key=lambda style: style.id)
        ),
        user_folder=str(user_data_folder() / "styles"),
    )

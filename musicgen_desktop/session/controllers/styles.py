"""Which styles there are."""

import msgspec

from musicgen_desktop.foundation import user_data_folder


class StyleEntry(msgspec.Struct, frozen=True):
    """A style as a list shows it; tempo is its usual range."""

    id: str
    name: str
    description: str
    slowest_bpm: float
    fastest_bpm: float


class StyleListing(msgspec.Struct, frozen=True):
    """The styles that can be used, the folder for one's own, and a sentence for each file that cannot."""

    styles: tuple[StyleEntry, ...]
    user_folder: str
    broken: tuple[str, ...] = ()


def list_styles() -> StyleListing:
    """Every style that a request may name, the shipped ones and the user's own."""
    # Imported when it is asked for: whoever opens this room's door needs no engine for that.
    from musicgen_desktop.generation.composer import load_styles  # noqa: PLC0415

    styles = load_styles()
    usable = sorted(styles.usable(), key=lambda style: style.id)
    return StyleListing(
        styles=tuple(
            StyleEntry(style.id, style.name, style.naming.description, style.tempo.low, style.tempo.high)
            for style in usable
        ),
        user_folder=str(user_data_folder() / "styles"),
        broken=tuple(str(error) for error in styles.broken),
    )

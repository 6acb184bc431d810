"""What lies along the song, above the tracks: sections, chords, key, meter, tempo and the ruler."""

from ._corner import LanesCorner
from ._view import LanesView

__all__ = ["LanesCorner", "LanesView"]

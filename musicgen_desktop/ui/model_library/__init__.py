"""What music is made with: engines, styles, the SoundFont."""

from ._page import ModelLibraryPage

__all__ = ["ModelLibraryPage"]

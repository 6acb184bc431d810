"""The dialog that hands a song over to a DAW."""

from ._dialog import SendDialog

__all__ = ["SendDialog"]

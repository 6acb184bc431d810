"""The page that shows the ways into a DAW."""

from ._page import BridgePage

__all__ = ["BridgePage"]

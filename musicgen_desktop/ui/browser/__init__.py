"""What can be brought into the song: files, presets, takes, and what the project has already."""

from ._panel import BrowserPanel

__all__ = ["BrowserPanel"]

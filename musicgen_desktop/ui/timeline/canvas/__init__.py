"""The canvas of the timeline: clips, and everything one does to them by hand."""

from ._view import CanvasView, FilesFor, StateOfFiles

__all__ = ["CanvasView", "FilesFor", "StateOfFiles"]

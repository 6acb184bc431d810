"""The takes of the project: heard, compared, named, kept."""

from ._view import TakesView

__all__ = ["TakesView"]

"""The command line: what a person types, turned into the session's jobs."""

from ._main import main

__all__ = ["main"]

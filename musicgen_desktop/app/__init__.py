"""Builds the program: the log first, then the front door that was asked for."""

from ._run import run

__all__ = ["run"]

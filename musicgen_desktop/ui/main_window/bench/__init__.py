"""The window measures itself, in a process of its own: `musicgen-desktop bench ui` starts it."""

from ._child import OpenWindow, run_window_bench

__all__ = ["OpenWindow", "run_window_bench"]

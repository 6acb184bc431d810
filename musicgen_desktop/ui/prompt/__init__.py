"""From a prompt to takes that are heard, compared and kept: the window's left panel."""

from ._panel import PromptPanel

__all__ = ["PromptPanel"]

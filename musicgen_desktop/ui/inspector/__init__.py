"""What is selected, in numbers and words that can be changed, and where it came from."""

from ._panel import InspectorPanel

__all__ = ["InspectorPanel"]

"""What is shown while a controller is being learned."""

from ._popup import LearnPopup

__all__ = ["LearnPopup"]

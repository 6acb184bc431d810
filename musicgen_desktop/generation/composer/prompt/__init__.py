"""Plain English becomes a `Reading`: what a prompt says about a song, and which of its words said so."""

from ._page import Found
from ._read import read_prompt
from ._reading import Reading
from ._vocabulary import Vocabulary, load_vocabulary

__all__ = ["Found", "Reading", "Vocabulary", "load_vocabulary", "read_prompt"]

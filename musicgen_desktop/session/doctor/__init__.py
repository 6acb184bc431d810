"""What works on this machine, in plain words, and how to mend what does not."""

from ._bundle import write_bundle
from ._child import answer_question
from ._examine import Diagnosis, examine
from ._finding import Finding

__all__ = ["Diagnosis", "Finding", "answer_question", "examine", "write_bundle"]

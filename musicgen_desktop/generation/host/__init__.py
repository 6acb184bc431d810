"""The process that makes music: `GenerationClient` is its handle and knows no engine, `run_host` is its life.

What a task says and how it is done is for whoever starts the process; here are only bytes.
"""

from ._client import GenerationClient, GenerationFailedError
from ._process import Work, run_host

__all__ = ["GenerationClient", "GenerationFailedError", "Work", "run_host"]

"""The processes that make music, and their handles, which know no engine.

Notes: `GenerationClient` and `run_host`; what a task says and how it is done is for whoever starts it.
Sound: `SoundClient` and `run_sound_host`; engines are found by their entry points, within the process.
Models of others: `add_model` and `check_model`, each in a process of its own, `run_model_process`.
"""

from ._client import GenerationClient, GenerationFailedError
from ._models import add_model, check_model, run_model_process
from ._process import Work, run_host
from ._sound_client import SoundClient
from ._sound_process import run_sound_host
from ._words import DOWNLOADING, Words

__all__ = [
    "DOWNLOADING",
    "GenerationClient",
    "GenerationFailedError",
    "SoundClient",
    "Words",
    "Work",
    "add_model",
    "check_model",
    "run_host",
    "run_model_process",
    "run_sound_host",
]

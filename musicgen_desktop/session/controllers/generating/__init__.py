"""From a wish in the prompt panel to takes that are heard, compared and kept.

`Wish` → `GenerateTake` (a job for the queue, done by the generation process) → `Candidate` on the
`TakesShelf` → `audition_project` → `keep`. Sound is made by `GenerateSound`, and heard while it comes.
"""

from ._audition import audition_project
from ._candidate import Candidate, use_settings
from ._generate import GenerateTake, generate_jobs
from ._keep import keep
from ._process import run_generation_process
from ._shelf import CannotKeepTakesError, TakesShelf
from ._sound_models import SoundMaker, chosen_model
from ._sound_take import GenerateSound
from ._wish import Continue, Layer, New, RemakeRange, SoundWish, Wish, WishMode

__all__ = [
    "Candidate",
    "CannotKeepTakesError",
    "Continue",
    "GenerateSound",
    "GenerateTake",
    "Layer",
    "New",
    "RemakeRange",
    "SoundMaker",
    "SoundWish",
    "TakesShelf",
    "Wish",
    "WishMode",
    "audition_project",
    "chosen_model",
    "generate_jobs",
    "keep",
    "run_generation_process",
    "use_settings",
]

"""From a wish in the prompt panel to takes that are heard, compared and kept.

`Wish` → `GenerateTake` (a job for the queue, done by the generation process) → `Candidate` on the
`TakesShelf` → `audition_project` → `keep`. Sound is made by `GenerateSound`, and heard while it comes.
"""

from ._audition import audition_project
from ._candidate import Candidate, use_settings
from ._compose_sound import ComposeSound, ResumeSound, SoundReport
from ._generate import GenerateTake, generate_jobs
from ._growing import OUTLINE_RATE, GrowingTake, Grown, Outline, sound_job
from ._keep import keep
from ._process import run_generation_process
from ._resume import can_resume, resumed
from ._shelf import CannotKeepTakesError, TakesShelf
from ._sound_client import SoundClient
from ._sound_models import SoundMaker, chosen_model, require_sound_engine, sound_engines
from ._sound_take import GenerateSound
from ._wish import Continue, Layer, New, RemakeRange, SoundWish, Wish, WishMode

__all__ = [
    "OUTLINE_RATE",
    "Candidate",
    "CannotKeepTakesError",
    "ComposeSound",
    "Continue",
    "GenerateSound",
    "GenerateTake",
    "GrowingTake",
    "Grown",
    "Layer",
    "New",
    "Outline",
    "RemakeRange",
    "ResumeSound",
    "SoundClient",
    "SoundMaker",
    "SoundReport",
    "SoundWish",
    "TakesShelf",
    "Wish",
    "WishMode",
    "audition_project",
    "can_resume",
    "chosen_model",
    "generate_jobs",
    "keep",
    "require_sound_engine",
    "resumed",
    "run_generation_process",
    "sound_engines",
    "sound_job",
    "use_settings",
]

"""DAWproject files (`.dawproject`): a whole song out, and those of other programs in, read with suspicion."""

from ._check_xml import faults_of
from ._read import is_dawproject, parse_dawproject
from ._read_process import extract_sounds, read_dawproject, run_dawproject_process
from ._stretch import MOST_SAMPLES, stretched
from ._values import DawSong, StretchedSound, UnreadableDawProjectError
from ._write import describe, save_dawproject

__all__ = [
    "MOST_SAMPLES",
    "DawSong",
    "StretchedSound",
    "UnreadableDawProjectError",
    "describe",
    "extract_sounds",
    "faults_of",
    "is_dawproject",
    "parse_dawproject",
    "read_dawproject",
    "run_dawproject_process",
    "save_dawproject",
    "stretched",
]

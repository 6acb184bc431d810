"""DAWproject files (`.dawproject`): a whole song out, and those of other programs in, read with suspicion."""

from ._check_xml import faults_of
from ._read import is_dawproject, parse_dawproject
from ._read_process import extract_sounds, read_dawproject, run_dawproject_process
from ._values import DawSong, UnreadableDawProjectError
from ._write import Described, describe, save_dawproject
from ._xml import BadXmlError, parse_xml

__all__ = [
    "BadXmlError",
    "DawSong",
    "Described",
    "UnreadableDawProjectError",
    "describe",
    "extract_sounds",
    "faults_of",
    "is_dawproject",
    "parse_dawproject",
    "parse_xml",
    "read_dawproject",
    "run_dawproject_process",
    "save_dawproject",
]

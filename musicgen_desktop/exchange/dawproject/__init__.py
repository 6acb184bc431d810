"""DAWproject files (`.dawproject`): a whole song out, and those of other programs in, read with suspicion."""

from ._check_xml import faults_of
from ._values import DawSong, UnreadableDawProjectError
from ._write import Described, describe, save_dawproject
from ._xml import BadXmlError, parse_xml

__all__ = [
    "BadXmlError",
    "DawSong",
    "Described",
    "UnreadableDawProjectError",
    "describe",
    "faults_of",
    "parse_xml",
    "save_dawproject",
]

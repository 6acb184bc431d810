"""Stems for a DAW: what the files are called, and what they say about themselves."""

from ._names import numbered_name, stem_file_name
from ._tags import PROGRAM, FileRights, mix_tags, stem_tags

__all__ = ["PROGRAM", "FileRights", "mix_tags", "numbered_name", "stem_file_name", "stem_tags"]

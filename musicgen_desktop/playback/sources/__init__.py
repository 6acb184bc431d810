"""Instruments and files are rendered seconds ahead of the mixer, by a process of their own."""

from ._bank import SourceBank
from ._messages import EncodedSource, encode_source
from ._process import run_source_process

__all__ = [
    "EncodedSource",
    "SourceBank",
    "encode_source",
    "run_source_process",
]

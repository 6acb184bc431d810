"""How fast the decoder is on this machine, and how exact. This door loads no torch.

Models of the real sizes with random weights, so that nothing must be installed: time depends on no weight.
"""

from .figures import (
    MODELS,
    DecodeFigures,
    DecodeTask,
    PathFigures,
    RivalFigures,
    TakeFigures,
    TakesFigures,
    TakesTask,
)
from .process import DECODE_BENCH, ask_decode_bench, ask_takes_bench, run_decode_bench

__all__ = [
    "DECODE_BENCH",
    "MODELS",
    "DecodeFigures",
    "DecodeTask",
    "PathFigures",
    "RivalFigures",
    "TakeFigures",
    "TakesFigures",
    "TakesTask",
    "ask_decode_bench",
    "ask_takes_bench",
    "run_decode_bench",
]

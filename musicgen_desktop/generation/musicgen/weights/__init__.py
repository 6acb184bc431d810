"""Public checkpoints become ours once, and are memory-mapped from then on. Every file is doubted first."""

from ._hashes import check_hashes
from ._install import install_model
from ._load import Weights, forget_pages, load_weights
from ._recipes import CODEC_FILE, codec_sizes, text_config

__all__ = [
    "CODEC_FILE",
    "Weights",
    "check_hashes",
    "codec_sizes",
    "forget_pages",
    "install_model",
    "load_weights",
    "text_config",
]

"""Which models are installed, and which there are to get. Loads no torch and opens no network.

`get_model` alone goes online, when it is asked to, in a process of its own.
"""

from ._alone import alone_with
from ._catalogue import CatalogueModel, catalogue, catalogue_named
from ._download import download_folder, run_download_process, size_text
from ._get import ENGINE, get_model
from ._installed import (
    MODEL_JSON,
    FoundModel,
    ModelFile,
    check_model_id,
    found_models,
    installed_models,
    model_folder,
    models_folder,
    read_model,
    write_model,
)
from ._memory import PRECISIONS, SPARE_BYTES, Precision, cache_bytes, loaded_bytes, memory_bytes
from ._sound_models import sound_models

__all__ = [
    "ENGINE",
    "MODEL_JSON",
    "PRECISIONS",
    "SPARE_BYTES",
    "CatalogueModel",
    "FoundModel",
    "ModelFile",
    "Precision",
    "alone_with",
    "cache_bytes",
    "catalogue",
    "catalogue_named",
    "check_model_id",
    "download_folder",
    "found_models",
    "get_model",
    "installed_models",
    "loaded_bytes",
    "memory_bytes",
    "model_folder",
    "models_folder",
    "read_model",
    "run_download_process",
    "size_text",
    "sound_models",
    "write_model",
]

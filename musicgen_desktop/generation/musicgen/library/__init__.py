"""Which models are installed, and which there are to get. Loads no torch and opens no network."""

from ._catalogue import CatalogueModel, catalogue, catalogue_named
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
from ._memory import PRECISIONS, memory_bytes

__all__ = [
    "MODEL_JSON",
    "PRECISIONS",
    "CatalogueModel",
    "FoundModel",
    "ModelFile",
    "catalogue",
    "catalogue_named",
    "check_model_id",
    "found_models",
    "installed_models",
    "memory_bytes",
    "model_folder",
    "models_folder",
    "read_model",
    "write_model",
]

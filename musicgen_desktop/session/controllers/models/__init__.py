"""The models of the neural engine: which are here, which there are to get, and what one may do with them."""

from musicgen_desktop.generation.musicgen.library import ENGINE, size_text

from ._jobs import AddModel, CheckModel, GetModel, remove_model
from ._listing import ModelEntry, ModelListing, ModelState, list_models

__all__ = [
    "ENGINE",
    "AddModel",
    "CheckModel",
    "GetModel",
    "ModelEntry",
    "ModelListing",
    "ModelState",
    "list_models",
    "remove_model",
    "size_text",
]

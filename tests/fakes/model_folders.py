"""Installed models whose weights are a few bytes: for lists and files, not for sound."""

import hashlib

from musicgen_desktop.generation.musicgen.library import ModelFile, catalogue, model_folder, write_model

WEIGHTS = b"weights"


def install(model_id="tiny", weights=WEIGHTS, **changes):
    """Put a model where installed ones lie; `changes` are of its `model.json`."""
    folder = model_folder(model_id)
    folder.mkdir(parents=True)
    (folder / "decoder.safetensors").write_bytes(weights)
    values = {
        "id": model_id,
        "name": "Tiny",
        "licence": "CC-BY-NC-4.0",
        "commercial_use": False,
        "shape": catalogue()[0].shape,
        "source": "a folder",
        "hashes": {"decoder.safetensors": hashlib.sha256(weights).hexdigest()},
    }
    model = ModelFile(**{**values, **changes})
    write_model(folder, model)
    return model

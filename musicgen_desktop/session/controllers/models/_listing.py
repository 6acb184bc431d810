"""Which models are here, which there are to get, and what each takes."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.foundation import (
    UserInputError,
    existing_folder,
    is_offline,
    is_offline_by_environment,
)
from musicgen_desktop.generation.musicgen.library import (
    PRECISIONS,
    CatalogueModel,
    FoundModel,
    catalogue,
    download_folder,
    found_models,
    memory_bytes,
    models_folder,
)

ModelState = Literal["installed", "available", "broken"]
"""Can be used; could be got; is here and cannot be used."""


class ModelEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One model.

    Attributes:
        id: as `SoundRequest.model` names it.
        licence: of the weights; empty when a broken model does not tell.
        commercial_use: whether what it makes may be sold, as far as the weights go; None when nobody knows.
        repository: of the hub, or where it was added from; empty when a broken model does not tell.
        parameters: of the decoder, as its makers count them; 0 when unknown.
        channels: 1 or 2; 0 when unknown.
        window_s: how much it hears at once; longer takes are made in windows.
        memory_bytes: of the loaded model, by precision: “int8”, “bf16”, “fp32”.
        disk_bytes: of the installed model.
        download_bytes: about, of what would be fetched; 0 when it cannot be got.
        arrived_bytes: of a download that was not finished, or was kept.
        advice: a sentence about the machine it is good on; empty when unknown.
        problem: a sentence, when it is broken.
    """

    id: str
    name: str
    state: ModelState
    licence: str = ""
    commercial_use: bool | None = None
    repository: str = ""
    parameters: int = 0
    channels: int = 0
    follows_melody: bool = False
    window_s: float = 0.0
    memory_bytes: dict[str, int] = {}
    disk_bytes: int = 0
    download_bytes: int = 0
    arrived_bytes: int = 0
    advice: str = ""
    problem: str = ""


class ModelListing(msgspec.Struct, frozen=True):
    """All models, those that are here first.

    Attributes:
        folder: where installed models lie.
        disk_bytes: of all models and downloads together.
        free_bytes: on the same disk.
        offline: nothing may be downloaded.
        offline_by_environment: it is so whatever the settings say.
    """

    models: tuple[ModelEntry, ...]
    folder: str
    disk_bytes: int
    free_bytes: int
    offline: bool
    offline_by_environment: bool = False


def list_models(*, commercial_safe: bool = False) -> ModelListing:
    """Every model that is here or in the catalogue.

    Args:
        commercial_safe: only those whose licence lets the music be sold.
    """
    known = {model.id: model for model in catalogue()}
    here = found_models()
    entries = [_found_entry(found, known.get(found.id)) for found in here]
    installed = {found.id for found in here}
    entries += [_available_entry(model) for model in known.values() if model.id not in installed]
    shown = tuple(entry for entry in entries if entry.commercial_use or not commercial_safe)
    return ModelListing(
        models=shown,
        folder=str(models_folder()),
        disk_bytes=sum(entry.disk_bytes + entry.arrived_bytes for entry in entries),
        free_bytes=shutil.disk_usage(existing_folder(models_folder())).free,
        offline=_is_offline(),
        offline_by_environment=is_offline_by_environment(),
    )


def _found_entry(found: FoundModel, known: CatalogueModel | None) -> ModelEntry:
    model = found.model
    arrived = _bytes_in(download_folder(found.id))
    if model is None:
        return ModelEntry(
            id=found.id,
            name=known.name if known is not None else found.id,
            state="broken",
            licence=known.licence if known is not None else "",
            commercial_use=known.commercial_use if known is not None else None,
            problem=found.problem,
            disk_bytes=found.disk_bytes,
            download_bytes=known.download_bytes if known is not None else 0,
            arrived_bytes=arrived,
        )
    shape = model.shape
    return ModelEntry(
        id=model.id,
        name=model.name,
        state="installed",
        licence=model.licence,
        commercial_use=model.commercial_use,
        repository=model.source,
        parameters=known.parameters if known is not None else 0,
        channels=shape.channels,
        follows_melody=shape.decoder.chroma_bins > 0,
        window_s=shape.window_steps * shape.codec.hop / shape.codec.rate,
        memory_bytes={precision: memory_bytes(shape, precision) for precision in PRECISIONS},
        disk_bytes=found.disk_bytes,
        arrived_bytes=arrived,
        advice=known.advice if known is not None else "",
    )


def _available_entry(model: CatalogueModel) -> ModelEntry:
    return ModelEntry(
        id=model.id,
        name=model.name,
        state="available",
        licence=model.licence,
        commercial_use=model.commercial_use,
        repository=model.repository,
        parameters=model.parameters,
        channels=model.channels,
        follows_melody=model.follows_melody,
        window_s=model.window_s,
        memory_bytes=model.memory,
        download_bytes=model.download_bytes,
        arrived_bytes=_bytes_in(download_folder(model.id)),
        advice=model.advice,
    )


def _is_offline() -> bool:
    try:
        return is_offline()
    except UserInputError:
        return True  # settings that cannot be read allow nothing


def _bytes_in(folder: Path) -> int:
    total = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            total += entry.stat(follow_symlinks=False).st_size
    return total

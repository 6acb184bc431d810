"""The models that can be had from the hub: data in `resources/models`, a TOML file each."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

from ._installed import check_model_id
from ._memory import PRECISIONS, memory_bytes

_LARGEST_BYTES = 16 * 1024


class CatalogueModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A model somebody publishes. Hashes are not here: they are the hub's to tell.

    Attributes:
        id: it is installed under this id.
        name: for a person.
        repository: of the hub, “owner/name”.
        licence: of the weights.
        commercial_use: whether what the model makes may be sold, as far as the weights' licence goes.
        parameters: of the decoder, as its makers count them.
        download_bytes: about; the hub tells the exact number.
        advice: one sentence about the machine that it is good on.
        position: where it stands in a list.
        channels: 1 or 2.
        decoder: its sizes; text encoder and codec are the usual ones.
        window_s: how much it hears at once.
    """

    id: str
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    repository: Annotated[
        str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}\Z")
    ]
    licence: Annotated[str, Meta(min_length=1, max_length=80)]
    commercial_use: bool
    parameters: Annotated[int, Meta(ge=1_000_000, le=1_000_000_000_000)]
    download_bytes: Annotated[int, Meta(ge=1_000_000, le=1_000_000_000_000)]
    advice: Annotated[str, Meta(min_length=1, max_length=200)]
    position: Annotated[int, Meta(ge=1, le=1000)]
    channels: Annotated[int, Meta(ge=1, le=2)] = 1
    decoder: DecoderShape
    window_s: Annotated[float, Meta(gt=0, le=600)] = 30.0

    @property
    def follows_melody(self) -> bool:
        """Whether it can follow the pitch classes of a given sound."""
        return self.decoder.chroma_bins > 0

    @property
    def shape(self) -> ModelShape:
        """The sizes of the whole model."""
        codec = CodecShape()
        steps = round(self.window_s * codec.rate / codec.hop)
        return ModelShape(self.decoder, codec, TextShape(), channels=self.channels, window_steps=steps)

    @property
    def memory(self) -> dict[str, int]:
        """The bytes it takes when it is loaded, by precision; see `memory_bytes`."""
        return {precision: memory_bytes(self.shape, precision) for precision in PRECISIONS}


@cache
def catalogue() -> tuple[CatalogueModel, ...]:
    """Every model of `resources/models`, in the order to show them; a slip in it is ours, found by a test.

    Raises:
        ValueError: when a file is not right.
    """
    models = [read_catalogue_file(path) for path in (resources_folder() / "models").glob("*.toml")]
    return tuple(sorted(models, key=lambda model: model.position))


def read_catalogue_file(path: Path) -> CatalogueModel:
    """One file of the catalogue.

    Raises:
        ValueError: when it is too long, no TOML, says something unknown, or is not named after its id.
        UserInputError: when its id cannot be one.
    """
    with path.open("rb") as file:
        data = file.read(_LARGEST_BYTES + 1)
    if len(data) > _LARGEST_BYTES:
        raise ValueError(f"{path.name}: it is far too long")
    model = msgspec.convert(tomllib.loads(data.decode()), CatalogueModel)
    check_model_id(model.id)
    if model.id != path.stem:
        raise ValueError(f"{path.name}: a file is named after its id, {model.id}")
    if model.decoder.codebooks != 4 * model.channels or len(model.decoder.delays) != model.decoder.codebooks:
        raise ValueError(f"{path.name}: {model.decoder.codebooks} codebooks for {model.channels} channels")
    return model


def catalogue_named(words: str) -> CatalogueModel | None:
    """The model of that id, name or repository, whatever its case and its blanks."""
    wanted = _plain(words)
    for model in catalogue():
        if wanted in (_plain(model.id), _plain(model.name), _plain(model.repository)):
            return model
    return None


def _plain(words: str) -> str:
    return re.sub(r"[\s_-]+", "-", words.strip().casefold())

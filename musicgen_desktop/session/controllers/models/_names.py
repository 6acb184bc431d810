"""Finding a model by what a person calls it."""

import difflib

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.library import (
    CatalogueModel,
    catalogue,
    catalogue_named,
    download_folder,
    found_models,
)


def model_in_catalogue(name: str) -> CatalogueModel:
    """A model by id, name or repository.

    Raises:
        UserInputError: naming near ones.
    """
    model = catalogue_named(name)
    if model is None:
        ids = [each.id for each in catalogue()]
        near = difflib.get_close_matches(name.strip().casefold(), ids, n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(ids)}."
        raise UserInputError(f"There is no model called “{name[:60]}” to get; {hint}")
    return model


def model_here(name: str, *, or_download: bool = False) -> str:
    """The id of an installed model, broken ones too, by its id or name.

    Args:
        name: as a person wrote it.
        or_download: it will do if only a download of it is here.

    Raises:
        UserInputError: naming those that are.
    """
    wanted = name.strip().casefold()
    known = catalogue_named(name)
    found = found_models()
    for each in found:
        names = {each.id, each.model.name.casefold() if each.model is not None else each.id}
        if wanted in names or (known is not None and each.id == known.id):
            return each.id
    if or_download and known is not None and download_folder(known.id).is_dir():
        return known.id
    if not found:
        raise UserInputError("No model is installed yet; get or add one first.")
    ids = ", ".join(each.id for each in found)
    raise UserInputError(f"No model “{name[:60]}” is installed; installed are {ids}.")

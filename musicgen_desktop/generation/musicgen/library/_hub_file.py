"""What the hub says of a repository: which of its files we need, how large they are, and their hashes."""

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from musicgen_desktop.foundation import UserInputError

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoSibling

_SETTINGS = ("config.json", "tokenizer.json")
_USEFUL = ("generation_config.json", "preprocessor_config.json")
_MOST_BYTES = 64 << 30  # of one file; the largest public model has 14 GB
_WEIGHTS = (
    ("model.safetensors", re.compile(r"model-\d{5}-of-(\d{5})\.safetensors")),
    ("pytorch_model.bin", re.compile(r"pytorch_model-\d{5}-of-(\d{5})\.bin")),
)


class HubFile(msgspec.Struct, frozen=True):
    """A file of a repository, and at least one of its hashes.

    Attributes:
        name: without folders.
        size: in bytes.
        sha256: of its content, for files that the hub keeps apart (LFS).
        git_sha1: of its content as git counts it, for the others.
    """

    name: str
    size: int
    sha256: str | None = None
    git_sha1: str | None = None


class HubListing(msgspec.Struct, frozen=True):
    """The files that make a model, all of one state of the repository.

    Attributes:
        revision: the commit; files of another one may not fit to these.
    """

    repository: str
    revision: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """Of all files, in bytes."""
        return sum(file.size for file in self.files)


def needed_files(names: Collection[str]) -> tuple[str, ...]:
    """The files that make a model; safetensors rather than pickles, and no copies in other layouts.

    Returns:
        Plain names, settings first. Empty when a model is not all there.
    """
    if any(name not in names for name in _SETTINGS):
        return ()
    settings = (*_SETTINGS, *(name for name in _USEFUL if name in names))
    for whole, shard in _WEIGHTS:
        if whole in names:
            return (*settings, whole)
        index = f"{whole}.index.json"
        counts = {name: int(match[1]) for name in names if (match := shard.fullmatch(name)) is not None}
        if counts and index in names and all(count == len(counts) for count in counts.values()):
            return (*settings, index, *sorted(counts))
    return ()


def listing_of(repository: str, revision: str, siblings: Iterable["RepoSibling"]) -> HubListing:
    """What is needed of a repository.

    Raises:
        UserInputError: when it holds no whole model, or not what can be verified.
    """
    here = {each.rfilename: each for each in siblings if PurePosixPath(each.rfilename).name == each.rfilename}
    files = tuple(_file(here[name]) for name in needed_files(here))
    if not files:
        raise UserInputError(
            f"“{repository}” holds no whole MusicGen in a layout that can be read; choose another model."
        )
    for file in files:
        if not 0 <= file.size <= _MOST_BYTES or (file.sha256 is None and file.git_sha1 is None):
            raise UserInputError(
                f"The hub does not say how “{file.name}” can be verified; get the model another day."
            )
    return HubListing(repository, revision, files)


def _file(told: "RepoSibling") -> HubFile:
    lfs = told.lfs
    sha256 = lfs.sha256 if lfs is not None and _is_hash(lfs.sha256, 64) else None
    git_sha1 = told.blob_id if lfs is None and _is_hash(told.blob_id, 40) else None
    return HubFile(told.rfilename, -1 if told.size is None else told.size, sha256, git_sha1)


def _is_hash(text: str | None, digits: int) -> bool:
    return text is not None and re.fullmatch(rf"[0-9a-f]{{{digits}}}", text) is not None

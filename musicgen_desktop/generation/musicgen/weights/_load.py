"""An installed model, memory-mapped: what is not used is not read."""

import ctypes
import mmap
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.library import ModelFile, model_folder, read_model

from ._recipes import CODEC_FILE, recipes_of
from ._safetensors import open_safetensors

TOKENIZER = "tokenizer.json"


@dataclass(frozen=True)
class Weights:
    """A model's weights.

    Attributes:
        model: what it is.
        decoder: by our names: `embeddings` [K, V + 1, D], `heads` [K, V, D], `layers.0.self.qkv` [3D, D] …;
            float32, or the 16-bit type that the checkpoint had.
        text: named as transformers' T5EncoderModel.
        codec: named as transformers' EncodecModel, weight norm folded into `….conv.weight`.
        tokenizer: a `tokenizer.json`.
    """

    model: ModelFile
    decoder: Mapping[str, Tensor]
    text: Mapping[str, Tensor]
    codec: Mapping[str, Tensor]
    tokenizer: Path


def load_weights(model_id: str) -> Weights:
    """Open an installed model. Its hashes are not compared: `check_hashes` does that, and takes its time.

    Raises:
        UserInputError: when it is not installed, or its files are not what was installed.
    """
    model = read_model(model_id)
    folder = model_folder(model_id)
    files: dict[str, dict[str, Tensor]] = {}
    with ExitStack() as handles:
        for name in ("decoder.safetensors", "text.safetensors", CODEC_FILE):
            try:
                checkpoint = open_safetensors(folder / name, handles)
            except OSError as error:
                raise UserInputError(
                    f"{name} of “{model.name}” cannot be read ({error.strerror}); remove the model and "
                    "install it again."
                ) from error
            files[name] = {each: stored.read() for each, stored in checkpoint.items()}
    decoder, text, codec = files.values()
    for name, recipes in recipes_of(model.shape, projected="text_projection.weight" in decoder).items():
        found = {each: tuple(tensor.shape) for each, tensor in files[name].items()}
        if found != {each: recipe.shape for each, recipe in recipes.items()}:
            raise UserInputError(
                f"{name} of “{model.name}” is not the one that was installed; remove the model and install "
                "it again."
            )
    return Weights(model, decoder, text, codec, folder / TOKENIZER)


def forget_pages(tensors: Mapping[str, Tensor]) -> None:
    """Let the system take back the memory of mapped tensors; it is read again when they are next used.

    Args:
        tensors: as `load_weights` gave them, unchanged. What others have would be lost.
    """
    if sys.platform != "linux":  # others take it back by themselves, when memory is short
        return
    system, page = ctypes.CDLL(None), mmap.PAGESIZE
    for tensor in tensors.values():
        start = -(-tensor.data_ptr() // page) * page
        size = (tensor.data_ptr() + tensor.nbytes) // page * page - start
        if size > 0:
            system.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), mmap.MADV_DONTNEED)

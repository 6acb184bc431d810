"""All that makes takes with one model: its codec, text encoder and decoder, prepared for this machine."""

from collections.abc import Callable
from functools import partial

import torch

from musicgen_desktop.foundation import Report, StopFlag

from .audio import Codec, bfloat16_pays, use_bfloat16
from .library import ModelFile
from .prompt import Conditioner, TextEncoder
from .runtime.choose import PathChoice
from .runtime.measured import measured, measured_key, remember
from .takes import DecodeLoop, Maker
from .weights import CODEC_FILE, forget_pages, load_weights


def made_maker(
    model: ModelFile, choice: PathChoice, report: Report, stop: StopFlag, *, is_quiet: Callable[[], bool]
) -> tuple[Maker, str]:
    """Load an installed model; returns how it decodes, for a person, beside it.

    Args:
        model: what to load.
        choice: how it decodes.
        report: told from 0.4 to 0.6 what is prepared.
        stop: looked at between the parts.
        is_quiet: whether nothing else is decoded, so that what is measured holds later too.

    Raises:
        UserInputError: when a file is missing or damaged.
        Stopped: when `stop` was set.
    """
    weights, shape = load_weights(model.id), model.shape
    codec = Codec(shape.codec, weights.codec)
    stop.raise_if_set()
    report(0.4, "Preparing the codec")
    if _wants_bfloat16(model, codec, is_quiet):
        use_bfloat16(codec)
    forget_pages(weights.codec)  # its convolutions lie elsewhere now, and its encoder may never be asked
    stop.raise_if_set()
    report(0.5, "Preparing the text encoder")
    # A text is encoded once a take: its weights, which are mapped, need not stay in memory in between.
    rest = partial(forget_pages, weights.text)
    encoder = TextEncoder(shape.text, weights.text, weights.tokenizer, rest)
    conditioner = Conditioner(shape, weights.decoder, encoder)
    stop.raise_if_set()
    report(0.6, "Preparing the decoder")
    path = choice.make(shape.decoder, weights.decoder, mapped=True)
    detail = f"{path.name} {path.precision}, {path.detail}"
    return Maker(shape, codec, conditioner, DecodeLoop(path)), detail


def _wants_bfloat16(model: ModelFile, codec: Codec, is_quiet: Callable[[], bool]) -> bool:
    """Measured with these weights, which decide what sounds the same; from then on each start decides alike.

    Beside other work it would be left to chance: the codec stays exact, and a later start measures.
    """
    key = measured_key("the codec's products in bfloat16", model.hashes.get(CODEC_FILE, model.id))
    known = measured().get(key)
    if known is not None or not is_quiet():
        return bool(known)
    pays = bfloat16_pays(codec, _some_codes(codec))
    if not is_quiet():
        return False
    remember({key: float(pays)})
    return pays


def _some_codes(codec: Codec) -> torch.Tensor:
    """Half a second of drawn tokens, [1, K, T]."""
    shape = codec.shape
    size = (1, shape.codebooks, round(shape.rate / shape.hop / 2))
    return torch.randint(shape.entries, size, generator=torch.Generator().manual_seed(0))

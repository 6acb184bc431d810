# ruff: noqa: T201 - it prints its table
"""Do we compute what transformers computes, at the real sizes?

    python -m tests.measure.full_size_parity                        small, melody, stereo and codec
    python -m tests.measure.full_size_parity small --prompts 2 --steps 16    a taste

Random weights of the real size in float32. transformers' `generate` makes takes of 20 prompts, with guidance,
the likeliest tokens once and drawn ones once (its `torch.multinomial` is given our noise). Each of our exact
paths hears the same columns: its guided logits must be those of transformers within 1e-4 at every step, and
so must the tokens that it draws itself. The codec, of the real size too, must give the same tokens for a
sound and, within 1e-4, the same sound for tokens; the text encoder the same states.

The likeliest of two tokens that are equal but for rounding is nobody's: such draws are counted apart.
Melody needs 13 GB of free memory, the others 5 GB. The status is 1 when something differs.
"""

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor
from transformers import (
    EncodecConfig,
    MusicgenConfig,
    MusicgenForConditionalGeneration,
    MusicgenMelodyConfig,
    MusicgenMelodyForConditionalGeneration,
    T5Config,
    T5EncoderModel,
)
from transformers.models.musicgen.configuration_musicgen import MusicgenDecoderConfig
from transformers.models.musicgen_melody.configuration_musicgen_melody import MusicgenMelodyDecoderConfig
from transformers.utils import logging

from musicgen_desktop.foundation import machine_text
from musicgen_desktop.generation.musicgen.audio import Codec
from musicgen_desktop.generation.musicgen.prompt import TextEncoder
from musicgen_desktop.generation.musicgen.runtime import Conditioning, DecodePath, Sampling
from musicgen_desktop.generation.musicgen.runtime._native import NativePath, native_available
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, TextShape
from musicgen_desktop.generation.musicgen.tokens import codebook_seeds, noise, seed_bits
from tests.fakes.tiny_decoder import our_tensors
from tests.unit.generation.musicgen.audio.tiny_codec import folded, theirs

STEREO_DELAYS = (0, 0, 1, 1, 2, 2, 3, 3)
SHAPES = {
    "small": DecoderShape(layers=24, width=1024, heads=16, feed_forward=4096, codebooks=4),
    "stereo": DecoderShape(
        layers=24, width=1024, heads=16, feed_forward=4096, codebooks=8, delays=STEREO_DELAYS
    ),
    "melody": DecoderShape(
        layers=48,
        width=1536,
        heads=24,
        feed_forward=6144,
        codebooks=4,
        cross_attention=False,
        chroma_bins=12,
        chroma_steps=235,
    ),
}
WORDS, GUIDANCE, TOP_K, TOLERANCE, AT_ONCE = 12, 3.0, 250, 1e-4, 5
PATHS = ["torch", "native"]


@dataclass
class Made:
    """What transformers did: columns it fed, [T, B, K], guided logits after each, [T, B, K, V]."""

    columns: list[np.ndarray] = field(default_factory=list)
    logits: list[np.ndarray] = field(default_factory=list)
    states: Tensor | None = None  # [2B, L, D]
    mask: Tensor | None = None  # [2B, L]


def random_rival(kind: str, shape: DecoderShape) -> Any:
    """Transformers' model with a decoder of that size; its text encoder and codec are tiny."""
    torch.manual_seed(0)
    sizes: dict[str, Any] = {
        "vocab_size": shape.vocabulary,
        "num_hidden_layers": shape.layers,
        "ffn_dim": shape.feed_forward,
        "num_attention_heads": shape.heads,
        "hidden_size": shape.width,
        "num_codebooks": shape.codebooks,
        "audio_channels": 2 if kind == "stereo" else 1,
        "pad_token_id": shape.vocabulary,
        "bos_token_id": shape.vocabulary,
    }
    text = T5Config(vocab_size=64, d_model=shape.text_width, d_kv=8, d_ff=8, num_layers=1, num_heads=1)
    codec = EncodecConfig(
        target_bandwidths=[2.2],
        sampling_rate=32_000,
        num_filters=2,
        hidden_size=4,
        codebook_dim=4,
        codebook_size=shape.vocabulary,
        upsampling_ratios=[8, 5, 4, 4],
        use_causal_conv=False,
    )
    model: Any
    if kind == "melody":
        decoder = MusicgenMelodyDecoderConfig(**sizes)
        model = MusicgenMelodyForConditionalGeneration(
            MusicgenMelodyConfig(
                text_encoder=text, audio_encoder=codec, decoder=decoder, chroma_length=shape.chroma_steps
            )
        )
    else:
        model = MusicgenForConditionalGeneration(
            MusicgenConfig(text_encoder=text, audio_encoder=codec, decoder=MusicgenDecoderConfig(**sizes))
        )
    settings = model.generation_config
    settings.pad_token_id = settings.bos_token_id = settings.decoder_start_token_id = shape.vocabulary
    return model.eval()


def generated(model: Any, kind: str, shape: DecoderShape, prompts: int, steps: int, *, drawn: bool) -> Made:
    """Let transformers make takes, and keep what its decoder hears and says."""
    made, forward = Made(), model.decoder.forward
    rng = torch.Generator().manual_seed(1)
    words = torch.randint(3, 64, (prompts, WORDS), generator=rng)
    mask = (torch.arange(WORDS) < torch.randint(4, WORDS + 1, (prompts, 1), generator=rng)).long()
    more = {}
    if kind == "melody":
        bins = torch.randint(12, (prompts, shape.chroma_steps), generator=rng)
        more["input_features"] = torch.nn.functional.one_hot(bins, 12).float()

    def listen(**inputs: Any) -> Any:
        past = inputs.get("past_key_values")
        before = 0 if past is None else past.get_seq_length()
        answer = forward(**inputs)
        if not before:  # some begin twice, and forget the first time
            made.columns.clear()
            made.logits.clear()
            made.states, made.mask = inputs["encoder_hidden_states"], inputs.get("encoder_attention_mask")
        last = inputs["input_ids"][:, -1].view(2, prompts, shape.codebooks)
        made.columns.append(last[0].numpy().copy())
        text, nothing = answer.logits[:, -1].view(2, prompts, shape.codebooks, -1)
        made.logits.append((nothing + GUIDANCE * (text - nothing)).numpy().copy())
        return answer

    seeds = seed_bits([codebook_seeds(take, shape.codebooks) for take in range(prompts)])

    def race(share: Tensor, num_samples: int) -> Tensor:
        assert num_samples == 1
        at = torch.full((prompts,), len(made.columns) - 1)
        rivals = share.view(prompts, shape.codebooks, -1) / noise(seeds, at, shape.vocabulary)
        return rivals.argmax(dim=-1).view(-1, 1)

    multinomial = torch.multinomial
    model.decoder.forward = listen
    torch.multinomial = race
    try:
        model.generate(
            input_ids=words,
            attention_mask=mask,
            max_new_tokens=steps + 1,
            guidance_scale=GUIDANCE,
            do_sample=drawn,
            **({"top_k": TOP_K} if drawn else {}),
            **more,
        )
    finally:
        model.decoder.forward = forward
        torch.multinomial = multinomial
    return made


def opened(path: DecodePath, shape: DecoderShape, made: Made, group: slice, *, drawn: bool) -> list[int]:
    """The same takes on one of our paths."""
    assert made.states is not None
    prompts = len(made.states) // 2
    takes = []
    for take in range(prompts)[group]:
        rows = made.states[[take, prompts + take]].float().numpy()
        if shape.cross_attention:
            assert made.mask is not None
            conditioning = Conditioning(rows, made.mask[[take, prompts + take]].bool().numpy())
        else:
            conditioning = Conditioning(prepended=rows)
        sampling = Sampling(
            guidance=(GUIDANCE, 1 - GUIDANCE),
            temperature=1.0 if drawn else 0.0,
            top_k=TOP_K,
            seeds=codebook_seeds(take, shape.codebooks),
        )
        takes.append(path.open(conditioning, sampling, len(made.columns)))
    return takes


def compared(path: DecodePath, shape: DecoderShape, greedy: Made, drawn: Made) -> tuple[float, int, int, int]:
    """The largest difference of logits; tokens that differ, likeliest and drawn; and how many there were.

    Some takes at a time: the caches of all would need more memory than the weights.
    """
    prompts = len(greedy.columns[0])
    groups = [slice(first, first + AT_ONCE) for first in range(0, prompts, AT_ONCE)]
    worst, others, count = 0.0, 0, 0
    for group in groups:
        takes = opened(path, shape, greedy, group, drawn=False)
        for at, column in enumerate(greedy.columns[:-1]):
            logits = path.logits(takes, column[group])
            reference = greedy.logits[at][group]
            worst = max(worst, float(np.abs(logits - reference).max()))
            ours, free = logits.argmax(-1), greedy.columns[at + 1][group] != shape.vocabulary
            differ = (ours != reference.argmax(-1)) & free
            likeliest = np.take_along_axis(reference, ours[..., None], -1)[..., 0]
            others += int((differ & (likeliest <= reference.max(-1) - TOLERANCE)).sum())
            count += int(free.sum())
        for take in takes:
            path.close(take)
    drawn_others = 0
    for group in groups:
        takes = opened(path, shape, drawn, group, drawn=True)
        for at, column in enumerate(drawn.columns[:-1]):
            tokens, following = path.step(takes, column[group]), drawn.columns[at + 1][group]
            drawn_others += int(((tokens != following) & (following != shape.vocabulary)).sum())
        for take in takes:
            path.close(take)
    return worst, others, drawn_others, count


def decoder_parity(kind: str, prompts: int, steps: int, paths: list[str]) -> bool:
    """Compare the exact paths with transformers; True when they agree."""
    shape = SHAPES[kind]
    begun = time.monotonic()
    rival = random_rival(kind, shape)
    greedy, drawn = (generated(rival, kind, shape, prompts, steps, drawn=each) for each in (False, True))
    tensors = our_tensors(rival.decoder, shape)
    del rival
    gc.collect()
    print(f"{kind}: {prompts} prompts, transformers took {time.monotonic() - begun:.0f} s", flush=True)
    makes: dict[str, Callable[[], DecodePath]] = {"torch": lambda: TorchPath(shape, tensors, "fp32")}
    if native_available():
        makes["native"] = lambda: NativePath(shape, tensors, "fp32")
    agrees = True
    for name, make in makes.items():
        if name not in paths:
            continue
        begun = time.monotonic()
        path = make()
        worst, others, drawn_others, count = compared(path, shape, greedy, drawn)
        path.release()
        print(
            f"  {name} fp32: {steps} steps, logits differ by at most {worst:.1e} (limit {TOLERANCE:g});"
            f" other tokens: {others} likeliest, {drawn_others} drawn, of {count} each"
            f" ({time.monotonic() - begun:.0f} s)",
            flush=True,
        )
        agrees = agrees and worst <= TOLERANCE and not others and not drawn_others
        del path
        gc.collect()
    return agrees


@torch.inference_mode()
def codec_parity(seconds: float = 5.0) -> bool:
    """Compare the codec of the real size."""
    shape = CodecShape()
    rival = theirs(shape)
    codec = Codec(shape, folded(rival.state_dict()))
    torch.manual_seed(2)
    audio = 0.3 * torch.randn(1, 1, round(seconds * shape.rate))
    codes = rival.encode(audio, bandwidth=rival.config.target_bandwidths[0]).audio_codes[0]
    others = int((codec.encode(audio) != codes).sum())
    random = torch.randint(shape.entries, codes.shape)
    worst = float((codec.decode(random) - rival.decode(random[None], [None]).audio_values).abs().max())
    print(f"codec: {others} of {codes.numel()} tokens differ; sound differs by at most {worst:.1e}")
    return others == 0 and worst <= TOLERANCE


@torch.inference_mode()
def text_parity() -> bool:
    """Compare T5-base."""
    shape = TextShape()
    torch.manual_seed(3)
    config = T5Config(
        vocab_size=shape.vocabulary,
        d_model=shape.width,
        d_kv=shape.key_width,
        d_ff=shape.feed_forward,
        num_layers=shape.layers,
        num_heads=shape.heads,
    )
    rival: Any = T5EncoderModel(config).eval()
    words = {"<unk>": 0} | {f"w{number}": number for number in range(1, 200)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))  # noqa: S106 - a token of text
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tokenizer.json"
        tokenizer.save(str(file))
        ours = TextEncoder(shape, rival.state_dict(), file)
    ids = [5, 9, 13, 140, 2, 77]
    # In a longer batch, as transformers pads prompts.
    padded = torch.tensor([[*ids, 0, 0, 0]])
    states = rival(input_ids=padded, attention_mask=(padded > 0).long()).last_hidden_state[0, : len(ids)]
    worst = float(np.abs(ours.encode(" ".join(f"w{number}" for number in ids)) - states.numpy()).max())
    print(f"text encoder: states differ by at most {worst:.1e}")
    return worst <= TOLERANCE


def main() -> int:
    """Print what was found; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", nargs="*", choices=[*SHAPES, "codec", []], help="all unless said")
    parser.add_argument("--prompts", type=int, default=20)
    parser.add_argument("--steps", type=int, default=64)
    parser.add_argument("--paths", nargs="+", choices=PATHS, default=PATHS)
    wish = parser.parse_args()
    logging.set_verbosity_error()
    print(machine_text(), flush=True)
    agrees = True
    for what in wish.what or ["codec", *SHAPES]:
        if what == "codec":
            agrees = codec_parity() and text_parity() and agrees
        else:
            with torch.inference_mode():
                agrees = decoder_parity(what, wish.prompts, wish.steps, wish.paths) and agrees
    print("all agree" if agrees else "something differs")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())

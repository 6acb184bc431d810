"""The rival: `generate` of transformers, with the same weights, which it shares where it may."""

import threading
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from transformers import (
    EncodecConfig,
    EncodecModel,
    MusicgenDecoderConfig,
    MusicgenForCausalLM,
    MusicgenForConditionalGeneration,
    T5Config,
    T5EncoderModel,
)
from transformers.generation.stopping_criteria import StoppingCriteria, StoppingCriteriaList
from transformers.models.musicgen.modeling_musicgen import MusicgenSinusoidalPositionalEmbedding

from musicgen_desktop.generation.musicgen.shape import DecoderShape

_WORDS = 12  # tokens of text, as a prompt usually has


def transformers_musicgen(
    shape: DecoderShape, tensors: Mapping[str, Tensor], precision: str, device: str
) -> MusicgenForConditionalGeneration:
    """Their model around our decoder's weights; text encoder and codec are tiny, for they are not timed.

    Args:
        shape: of a decoder with cross-attention.
        tensors: by our names; float32 ones are shared on a processor, not copied.
        precision: “fp32”, “bf16” or “fp16”.
        device: where it runs.
    """
    kind = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]
    config = MusicgenDecoderConfig(
        vocab_size=shape.vocabulary,
        num_hidden_layers=shape.layers,
        ffn_dim=shape.feed_forward,
        num_attention_heads=shape.heads,
        hidden_size=shape.width,
        num_codebooks=shape.codebooks,
        pad_token_id=shape.vocabulary,
        bos_token_id=shape.vocabulary,
    )
    with torch.device("meta"):
        decoder = MusicgenForCausalLM(config)
    text = T5EncoderModel(
        T5Config(vocab_size=64, d_model=shape.text_width, d_kv=8, d_ff=8, num_layers=1, num_heads=1)
    )
    bits = (shape.vocabulary - 1).bit_length()
    codec = EncodecModel(
        EncodecConfig(
            target_bandwidths=[0.05 * bits * shape.codebooks],  # 50 steps a second
            sampling_rate=32_000,
            num_filters=2,
            hidden_size=4,
            codebook_dim=4,
            codebook_size=shape.vocabulary,
            upsampling_ratios=[8, 5, 4, 4],
            use_causal_conv=False,
        )
    )
    model = MusicgenForConditionalGeneration(text_encoder=text, audio_encoder=codec, decoder=decoder)
    # Only now: a new model draws weights of its own, also into tensors that it was given.
    theirs = {name: tensor.to(device, kind) for name, tensor in _their_tensors(shape, tensors).items()}
    decoder.load_state_dict(theirs, assign=True)
    positions = MusicgenSinusoidalPositionalEmbedding(config.max_position_embeddings, shape.width)
    decoder.model.decoder.embed_positions = positions.to(device, kind)
    if shape.text_width != shape.width:
        projection = {part: tensors[f"text_projection.{part}"] for part in ("weight", "bias")}
        model.enc_to_dec_proj.load_state_dict(projection)
    model.decoder.set_attn_implementation("sdpa")  # as loading a checkpoint does
    settings: Any = model.generation_config
    settings.pad_token_id = settings.bos_token_id = settings.decoder_start_token_id = shape.vocabulary
    untyped: Any = model
    untyped.eval().to(device, kind)
    return model


class RivalRun:
    """`generate` on a thread of its own, which makes as many steps as it is allowed.

    Args:
        model: theirs.
        steps: of the whole run.
    """

    def __init__(self, model: MusicgenForConditionalGeneration, steps: int) -> None:
        self._model, self._steps = model, steps
        self._gate = _Gate()
        self._thread = threading.Thread(target=self._generate, name="rival", daemon=True)
        self._thread.start()

    def advance(self, steps: int) -> None:
        """Make the next steps, and wait for them."""
        self._gate.allowed.release(steps)
        for _ in range(steps):
            self._gate.done.acquire()
        if self._gate.failure is not None:
            raise self._gate.failure

    def close(self) -> None:
        """End it wherever it is."""
        self._gate.closed = True
        self._gate.allowed.release(self._steps)
        self._thread.join()

    def _generate(self) -> None:
        words = torch.full((1, _WORDS), 7, device=self._model.device)
        try:
            self._gate.wait()
            self._model.generate(
                input_ids=words,
                attention_mask=torch.ones_like(words),
                max_new_tokens=self._steps + 1,  # the last step waits in the gate
                guidance_scale=3.0,
                do_sample=True,
                top_k=250,
                use_cache=True,
                stopping_criteria=StoppingCriteriaList([self._gate]),
            )
        except _ClosedError:
            pass
        except Exception as error:  # noqa: BLE001 - handed to who waits
            self._gate.failure = error
            self._gate.done.release(self._steps + 1)


class _ClosedError(Exception):
    """Nobody waits for more steps."""


class _Gate(StoppingCriteria):
    """Is asked after each step, and keeps the thread that made it until the next one is wished for."""

    def __init__(self) -> None:
        self.allowed, self.done = threading.Semaphore(0), threading.Semaphore(0)
        self.closed = False
        self.failure: Exception | None = None

    def wait(self) -> None:
        """Return when a step is wished for."""
        self.allowed.acquire()
        if self.closed:
            raise _ClosedError

    def __call__(self, input_ids: Tensor, _scores: Tensor, **_more: object) -> Tensor:
        """A step was made; no row is to stop by itself."""
        self.done.release()
        self.wait()
        return torch.zeros(len(input_ids), dtype=torch.bool, device=input_ids.device)


def _their_tensors(shape: DecoderShape, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """By their names; parts of our joined matrices are views."""
    at = "model.decoder"
    theirs: dict[str, Tensor] = {}
    for k in range(shape.codebooks):
        theirs[f"{at}.embed_tokens.{k}.weight"] = tensors["embeddings"][k]
        theirs[f"lm_heads.{k}.weight"] = tensors["heads"][k]

    def give_norm(name: str, ours: str) -> None:
        for part in ("weight", "bias"):
            theirs[f"{at}.{name}.{part}"] = tensors[f"{ours}.{part}"]

    give_norm("layer_norm", "norm")
    for i in range(shape.layers):
        layer, ours = f"layers.{i}", f"layers.{i}"
        parts = zip("qkv", tensors[f"{ours}.self.qkv"].chunk(3), strict=True)
        matrices = {f"self_attn.{part}_proj": matrix for part, matrix in parts}
        matrices |= {"self_attn.out_proj": tensors[f"{ours}.self.out"]}
        matrices |= {"fc1": tensors[f"{ours}.up"], "fc2": tensors[f"{ours}.down"]}
        parts = zip("kv", tensors[f"{ours}.cross.kv"].chunk(2), strict=True)
        matrices |= {f"encoder_attn.{part}_proj": matrix for part, matrix in parts}
        matrices |= {"encoder_attn.q_proj": tensors[f"{ours}.cross.q"]}
        matrices |= {"encoder_attn.out_proj": tensors[f"{ours}.cross.out"]}
        theirs |= {f"{at}.{layer}.{name}.weight": matrix for name, matrix in matrices.items()}
        give_norm(f"{layer}.self_attn_layer_norm", f"{ours}.self.norm")
        give_norm(f"{layer}.encoder_attn_layer_norm", f"{ours}.cross.norm")
        give_norm(f"{layer}.final_layer_norm", f"{ours}.norm")
    return theirs

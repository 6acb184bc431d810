"""What is measured, and what was found: plain values that travel between processes."""

import msgspec

from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape


def _model(layers: int, width: int, heads: int) -> ModelShape:
    decoder = DecoderShape(layers=layers, width=width, heads=heads, feed_forward=4 * width, codebooks=4)
    return ModelShape(decoder, CodecShape(), TextShape())


MODELS: dict[str, ModelShape] = {
    "small": _model(24, 1024, 16),
    "medium": _model(48, 1536, 24),
    "large": _model(48, 2048, 32),
}
"""The public mono models. Source: their configurations; arXiv:2306.05284, section 3.1."""


class DecodeTask(msgspec.Struct, frozen=True, tag=True):
    """A wish for figures.

    Attributes:
        model: its sizes.
        device: “cpu”, “cuda” or “mps”.
        seconds: of music, 50 steps each, decoded by every path and every rival.
        precision: only paths with such weights; None for all.
        passes: how often each stretch is decoded; the best counts, for ours and for rivals alike.
        home: a folder for the user's data, where a model with the same weights is installed at the end;
            empty for none.
    """

    model: ModelShape
    device: str = "cpu"
    seconds: float = 10.0
    precision: str | None = None
    passes: int = 2
    home: str = ""

    @property
    def steps(self) -> int:
        """Tokens of each codebook that are decoded, with those that only the delay pattern needs."""
        return round(50 * self.seconds) + max(self.model.decoder.delays)


class TakesTask(msgspec.Struct, frozen=True, tag=True):
    """A wish for takes of the model that a `DecodeTask` left in `home`, each of so many seconds."""

    home: str
    seconds: tuple[float, ...] = (10.0, 30.0)


class RivalFigures(msgspec.Struct, frozen=True):
    """`generate` of transformers with the same weights.

    Attributes:
        steps_per_s: with guidance, over the whole length.
    """

    precision: str
    steps_per_s: float


class PathFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One of our paths.

    Attributes:
        name: “native”, “torch”, “cuda” or “mps”.
        detail: for a person.
        steps_per_s: with guidance and sampling, over the whole length.
        limit_steps_per_s: how often a second the same process can read what a step reads.
        logit_kl: mean divergence of next-token distributions from exact ones, in nats.
    """

    name: str
    precision: str
    detail: str
    steps_per_s: float
    limit_steps_per_s: float
    logit_kl: float

    @property
    def of_limit(self) -> float:
        """The share of the limit that it reaches."""
        return self.steps_per_s / self.limit_steps_per_s


class DecodeFigures(msgspec.Struct, frozen=True):
    """All that was found.

    Attributes:
        paths: of ours; the first is what takes are decoded with here unless another is chosen.
        rivals: the fastest first; empty where none fits into memory.
        left_out: what did not fit into memory, in words.
        read_gb_per_s: how fast the process reads memory.
        late_cost: a step of the first path at 1450 positions, times one at 20.
        batched: steps a second of 32 takes of the first path together, times that of one; 0 on a processor,
            where it is not measured.
        is_installed: a model with these weights was left in the task's `home`.
    """

    paths: tuple[PathFigures, ...]
    rivals: tuple[RivalFigures, ...]
    left_out: tuple[str, ...]
    read_gb_per_s: float
    late_cost: float
    batched: float
    is_installed: bool = False


class TakeFigures(msgspec.Struct, frozen=True):
    """One take of the engine as it is used, once the model is loaded.

    Attributes:
        seconds: of sound.
        elapsed_s: from the prompt to the written WAV file.
        first_sound_s: from the prompt to the first chunk.
        steps_per_s: of its codec, from the first step to the last.
        path: how it was decoded.
        peak_bytes: the most memory that the process has had until then.
    """

    seconds: float
    elapsed_s: float
    first_sound_s: float
    steps_per_s: float
    path: str
    peak_bytes: int


class TakesFigures(msgspec.Struct, frozen=True):
    """What a process that only makes takes needs.

    Attributes:
        load_s: from nothing to a model that is ready.
    """

    takes: tuple[TakeFigures, ...]
    load_s: float

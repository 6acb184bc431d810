"""How much memory a step reads: what its time cannot be below."""

from musicgen_desktop.generation.musicgen.shape import DecoderShape


def step_bytes(
    shape: DecoderShape, weight_bytes: float, cache_bytes: float, positions: float, folded_text: int = 0
) -> float:
    """What one step of one take with two guidance rows reads from memory.

    Args:
        shape: of the decoder.
        weight_bytes: of one weight, its share of the scales included.
        cache_bytes: of one number in the cache, its share of the scales included.
        positions: how many are heard.
        folded_text: how many tokens of text are folded into the weights of cross-attention, which are
            smaller then; 0 where they are not.
    """
    D, FF = shape.width, shape.feed_forward
    cross = 2 * D * min(D, shape.heads * folded_text or D) if shape.cross_attention else 0
    weights = shape.layers * (4 * D * D + 2 * D * FF + cross) + shape.codebooks * shape.vocabulary * D
    return weights * weight_bytes + 2 * shape.layers * 2 * D * cache_bytes * positions

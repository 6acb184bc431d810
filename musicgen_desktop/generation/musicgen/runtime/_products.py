"""A matrix becomes a product [N, in] → [N, out], as fast as torch has it on a processor, with no compiler."""

import warnings
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import linear

from ._layers import Linear

_LEVELS = 63  # of an activation, each side of 0: pairs of products of more bits do not fit 16 bits on AVX2
_FINE = 2 * _LEVELS  # steps of what rounding to those leaves, which is half a level at most
_NEVER_ZERO = 1e-30


def pack(precision: str) -> Callable[[Tensor], Linear]:
    """Makes products of float32 rows with weights [out, in] of a precision.

    Args:
        precision: “fp32”; “bf16”, rows too; “int8”, a scale for each output, rows nearly exact.
    """
    return _PACKS[precision]


def _fp32(weight: Tensor) -> Linear:
    matrix = weight.float().contiguous()
    return lambda x: linear(x, matrix)


def _bf16(weight: Tensor) -> Linear:
    matrix = weight.to(torch.bfloat16).contiguous()
    return lambda x: linear(x.bfloat16(), matrix).float()


def _int8(weight: Tensor) -> Linear:
    exact = weight.float()
    scale = (exact.abs().amax(dim=1) / 127.0).clamp(min=1e-12)
    return _packed_int8(exact, scale) if _packs_int8() else _plain_int8(exact, scale)


def _packs_int8() -> bool:
    """Whether this torch has FBGEMM, which is for x86 alone, and the old door to it."""
    return (
        "fbgemm" in torch.backends.quantized.supported_engines
        and hasattr(torch, "quantize_per_channel")
        and hasattr(torch.ops.quantized, "linear_with_input_q_dq_qweight_dq_output_fp32")
    )


def _packed_int8(weight: Tensor, scale: Tensor) -> Linear:
    """FBGEMM's product: weights in panels, read once for all rows, at the speed of memory.

    It takes 8-bit rows. A row is given to it twice, as levels of its greatest number and as what rounding
    to levels left, which makes 14 bits, finer than bfloat16; memory is what it waits for all the same. The
    levels are those of the row alone: a take must not depend on those that share the step with it.
    """
    engine = torch.backends.quantized.engine
    torch.backends.quantized.engine = "fbgemm"
    try:
        with warnings.catch_warnings():
            # A later torch may lack quantised tensors, and says so.
            warnings.filterwarnings("ignore", "torch.quantize_per_", UserWarning)
            zeros = torch.zeros(len(weight), dtype=torch.int64)
            levels = torch.quantize_per_channel(weight, scale.double(), zeros, 0, torch.qint8)
        panels = torch.ops.quantized.linear_prepack(levels, None)
    finally:
        torch.backends.quantized.engine = engine
    product = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32

    def multiply(x: Tensor) -> Tensor:
        N = len(x)
        unit = x.abs().amax(dim=1, keepdim=True).clamp_(min=_NEVER_ZERO).mul_(1.0 / _LEVELS)
        both = x.new_empty(2, N, x.shape[1])
        coarse, fine = both
        exact = x / unit
        torch.round(exact, out=coarse)
        torch.sub(exact, coarse, out=fine).mul_(_FINE)
        of_coarse, of_fine = product(both.flatten(0, 1), 1.0, _LEVELS + 1, panels).unflatten(0, (2, N))
        return torch.add(of_coarse, of_fine, alpha=1.0 / _FINE).mul_(unit)

    return multiply


def _plain_int8(weight: Tensor, scale: Tensor) -> Linear:
    matrix = (weight / scale[:, None]).round().to(torch.int8).contiguous()
    ones = torch.ones(len(weight), dtype=torch.bfloat16)
    # The scale is applied in float32: bf16 would round it, the same way for a whole output.
    return lambda x: torch._weight_int8pack_mm(x.bfloat16().contiguous(), matrix, ones).float() * scale  # noqa: SLF001


_PACKS: dict[str, Callable[[Tensor], Linear]] = {"fp32": _fp32, "bf16": _bf16, "int8": _int8}

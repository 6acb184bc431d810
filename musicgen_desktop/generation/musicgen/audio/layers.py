"""EnCodec's building blocks: convolutions that pad themselves, residual blocks and the LSTM.

Shapes: B batch, C channels, F frames at that layer's own rate. Source: arXiv:2210.13438, section 3.1; the
names of the parameters are those of transformers' EncodecModel with its weight norm folded.
"""

import math

from torch import Tensor, nn
from torch.nn.functional import pad

from musicgen_desktop.generation.musicgen.shape import CodecShape

LstmState = tuple[Tensor, Tensor]  # hidden and cell, each [layers, B, C]


class PaddedConv(nn.Module):
    """[B, C, F] to [B, C', ceil(F / stride)]."""

    def __init__(
        self, shape: CodecShape, inputs: int, outputs: int, kernel: int, stride: int = 1, dilation: int = 1
    ) -> None:
        super().__init__()
        self.conv = nn.Conv1d(inputs, outputs, kernel, stride, dilation=dilation)
        self.norm = _norm(shape, outputs)
        self._mode = shape.pad_mode
        self._stride = stride
        self.left, self.right = sides((kernel - 1) * dilation + 1 - stride, causal=shape.causal)

    def forward(self, x: Tensor) -> Tensor:
        """Pad so that no frame is lost, and convolve."""
        last_stride = -x.shape[-1] % self._stride
        padded = _padded(x, self.left, self.right + last_stride, self._mode)
        return self.norm(self.conv(padded))  # type: ignore[no-any-return]


class TrimmedTransposedConv(nn.Module):
    """[B, C, F] to [B, C', F * stride]."""

    def __init__(self, shape: CodecShape, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv = nn.ConvTranspose1d(inputs, outputs, 2 * stride, stride)
        self.norm = _norm(shape, outputs)
        surplus = stride  # of a kernel twice as long as the stride
        self._right = math.ceil(surplus * shape.trim_right_ratio) if shape.causal else surplus // 2
        self._left = surplus - self._right

    def forward(self, x: Tensor) -> Tensor:
        """Convolve, and trim what is too much."""
        y: Tensor = self.norm(self.conv(x))
        return y[..., self._left : y.shape[-1] - self._right]


class ResidualBlock(nn.Module):
    """[B, C, F] to the same shape: two convolutions beside a shortcut."""

    def __init__(self, shape: CodecShape, width: int, dilation: int) -> None:
        super().__init__()
        inner = width // shape.compress
        self.block = nn.Sequential(
            nn.ELU(),
            PaddedConv(shape, width, inner, shape.residual_kernel, dilation=dilation),
            nn.ELU(),
            PaddedConv(shape, inner, width, 1),
        )
        self.shortcut = nn.Identity() if shape.true_skip else PaddedConv(shape, width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Add the two ways."""
        return self.shortcut(x) + self.block(x)  # type: ignore[no-any-return]


class SkippedLstm(nn.Module):
    """[B, C, F] to the same shape: an LSTM that is added to its input."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(width, width, layers)

    def forward(self, x: Tensor) -> Tensor:
        """From the zero state."""
        return self.go_on(x, None)[0]

    def go_on(self, x: Tensor, state: LstmState | None) -> tuple[Tensor, LstmState]:
        """From a state (None: zero); also returns the state after the last frame."""
        steps = x.permute(2, 0, 1)
        y, state = self.lstm(steps, state)
        return (y + steps).permute(1, 2, 0), state


def sides(total: int, *, causal: bool) -> tuple[int, int]:
    """How a convolution's padding is shared out between left and right; the odd frame goes to the left."""
    right = 0 if causal else total // 2
    return total - right, right


def make_encoder(shape: CodecShape) -> nn.Sequential:
    """[B, channels, F] to [B, dimension, ceil(F / hop)]."""
    width = shape.filters
    layers: list[nn.Module] = [PaddedConv(shape, shape.channels, width, shape.kernel)]
    for ratio in reversed(shape.ratios):
        layers += _residuals(shape, width)
        layers += [nn.ELU(), PaddedConv(shape, width, 2 * width, 2 * ratio, ratio)]
        width *= 2
    layers += [SkippedLstm(width, shape.lstm_layers), nn.ELU()]
    layers += [PaddedConv(shape, width, shape.dimension, shape.last_kernel)]
    return nn.Sequential(*layers)


def make_decoder(shape: CodecShape) -> nn.Sequential:
    """[B, dimension, T] to [B, channels, T * hop]."""
    width = shape.filters * 2 ** len(shape.ratios)
    layers: list[nn.Module] = [PaddedConv(shape, shape.dimension, width, shape.kernel)]
    layers += [SkippedLstm(width, shape.lstm_layers)]
    for ratio in shape.ratios:
        layers += [nn.ELU(), TrimmedTransposedConv(shape, width, width // 2, ratio)]
        width //= 2
        layers += _residuals(shape, width)
    layers += [nn.ELU(), PaddedConv(shape, shape.filters, shape.channels, shape.last_kernel)]
    return nn.Sequential(*layers)


def upsampling_context(shape: CodecShape) -> int:
    """Codec steps on each side beyond which nothing reaches a frame of what follows the decoder's LSTM.

    The bound is walked back from the sound: every convolution adds its whole kernel, every transposed one
    divides by its stride and adds the one neighbour that its kernel overlaps. It holds for both kinds of
    padding, and for the reflections at the edges of a window.
    """
    reach = shape.last_kernel - 1
    for ratio in reversed(shape.ratios):
        for j in range(shape.residual_layers):
            reach += (shape.residual_kernel - 1) * shape.dilation_growth**j
        reach = math.ceil(reach / ratio) + 1
    return reach


def _residuals(shape: CodecShape, width: int) -> list[nn.Module]:
    return [ResidualBlock(shape, width, shape.dilation_growth**j) for j in range(shape.residual_layers)]


def _norm(shape: CodecShape, width: int) -> nn.Module:
    return nn.GroupNorm(1, width) if shape.normalisation == "time_group_norm" else nn.Identity()


def _padded(x: Tensor, left: int, right: int, mode: str) -> Tensor:
    if mode != "reflect":
        return pad(x, (left, right), mode)
    # A reflection needs more frames than it makes: shorter sound gets zeros first, which are cut off again.
    missing = max(0, max(left, right) - x.shape[-1] + 1)
    padded: Tensor = pad(pad(x, (0, missing)), (left, right), "reflect")
    return padded[..., : padded.shape[-1] - missing]

"""EnCodec's building blocks: convolutions that pad themselves, residual blocks and the LSTM.

Shapes: B batch, F frames at that layer's own rate, C channels. A convolution is a sum of matrix products, one
for each place of its kernel: with channels last nothing is moved for them, and the processor's libraries
are faster with them than with convolutions. Source: arXiv:2210.13438, section 3.1; the names of the
parameters are those of transformers' EncodecModel with its weight norm folded.
"""

import math
from abc import abstractmethod
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.shape import CodecShape

LstmState = tuple[Tensor, Tensor]  # hidden and cell, each [layers, B, C]


class _Products(nn.Module):
    """[B, F, C] to [B, F - (places - 1) * dilation, C'], with a matrix for each place of a kernel."""

    def __init__(self, places: int, inputs: int, outputs: int, dilation: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(places, inputs, outputs))
        self.bias = nn.Parameter(torch.empty(outputs))
        self._dilation = dilation

    def forward(self, x: Tensor) -> Tensor:
        """Add the products up, in place."""
        matrices = self.weight.unsqueeze(1).expand(-1, x.shape[0], -1, -1)
        frames = x.shape[1] - (len(matrices) - 1) * self._dilation
        total = torch.baddbmm(self.bias, x[:, :frames], matrices[0])
        for place in range(1, len(matrices)):
            start = place * self._dilation
            total.baddbmm_(x[:, start : start + frames], matrices[place])
        return total


class _Convolution(nn.Module):
    """Its parameters are kept as its products want them.

    Args:
        products: what it computes.
        norm: what follows it.
    """

    def __init__(self, products: _Products, norm: nn.Module) -> None:
        super().__init__()
        self.conv = products
        self.norm = norm

    @abstractmethod
    def arranged(self, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """The parameters of a convolution of torch's, as the products want them."""


class PaddedConv(_Convolution):
    """[B, F, C] to [B, ceil(F / stride), C'].

    The stride divides the kernel; where there is one, there is no dilation.
    """

    def __init__(
        self, shape: CodecShape, inputs: int, outputs: int, kernel: int, stride: int = 1, dilation: int = 1
    ) -> None:
        products = _Products(kernel // stride, stride * inputs, outputs, dilation)
        super().__init__(products, _norm(shape, outputs))
        self._mode = shape.pad_mode
        self._stride = stride
        self.left, self.right = sides((kernel - 1) * dilation + 1 - stride, causal=shape.causal)

    def arranged(self, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """From [C', C, kernel]: to each matrix the frames of a stride are one long row."""
        places = weight.reshape(*weight.shape[:2], -1, self._stride)
        parts = places.permute(2, 3, 1, 0)  # [places, stride, C, C']
        return parts.flatten(1, 2).contiguous(), bias

    def forward(self, x: Tensor) -> Tensor:
        """Pad so that no frame is lost, and convolve."""
        last_stride = -x.shape[1] % self._stride
        padded = _padded(x, self.left, self.right + last_stride, self._mode)
        strides = padded.reshape(x.shape[0], -1, self._stride * x.shape[2])
        return self.norm(self.conv(strides))  # type: ignore[no-any-return]


class TrimmedTransposedConv(_Convolution):
    """[B, F, C] to [B, F * stride, C']. Its kernel is twice as long as the stride."""

    def __init__(self, shape: CodecShape, inputs: int, outputs: int, stride: int) -> None:
        super().__init__(_Products(2, inputs, stride * outputs), _norm(shape, outputs))
        self._stride = stride
        surplus = stride  # of a kernel twice as long as the stride
        self._right = math.ceil(surplus * shape.trim_right_ratio) if shape.causal else surplus // 2
        self._left = surplus - self._right

    def arranged(self, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """From [C, C', kernel]: each stride of sound is made from the frame before it and its own."""
        places = weight.reshape(*weight.shape[:2], 2, self._stride)
        parts = places.flip(2).permute(2, 0, 3, 1)  # [2, C, stride, C']
        return parts.flatten(2).contiguous(), bias.repeat(self._stride)

    def forward(self, x: Tensor) -> Tensor:
        """Convolve, and trim what is too much."""
        strides: Tensor = self.conv(pad(x, (0, 0, 1, 1)))
        y: Tensor = self.norm(strides.reshape(x.shape[0], (x.shape[1] + 1) * self._stride, -1))
        return y[:, self._left : y.shape[1] - self._right]


class ResidualBlock(nn.Module):
    """[B, F, C] to the same shape: two convolutions beside a shortcut."""

    def __init__(self, shape: CodecShape, width: int, dilation: int) -> None:
        super().__init__()
        inner = width // shape.compress
        self.block = nn.Sequential(
            nn.ELU(),
            PaddedConv(shape, width, inner, shape.residual_kernel, dilation=dilation),
            nn.ELU(inplace=True),
            PaddedConv(shape, inner, width, 1),
        )
        self.shortcut = nn.Identity() if shape.true_skip else PaddedConv(shape, width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Add the two ways."""
        return self.block(x).add_(self.shortcut(x))  # type: ignore[no-any-return]


class SkippedLstm(nn.Module):
    """[B, F, C] to the same shape: an LSTM that is added to its input."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(width, width, layers, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        """From the zero state."""
        return self.go_on(x, None)[0]

    def go_on(self, x: Tensor, state: LstmState | None) -> tuple[Tensor, LstmState]:
        """From a state (None: zero); also returns the state after the last frame."""
        y, state = self.lstm(x, state)
        return y + x, state


class _TimeNorm(nn.GroupNorm):
    """[B, F, C] to the same shape: all numbers of a row are normalised together."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


def sides(total: int, *, causal: bool) -> tuple[int, int]:
    """How a convolution's padding is shared out between left and right; the odd frame goes to the left."""
    right = 0 if causal else total // 2
    return total - right, right


def make_encoder(shape: CodecShape) -> nn.Sequential:
    """[B, F, channels] to [B, ceil(F / hop), dimension]."""
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
    """[B, T, dimension] to [B, T * hop, channels]."""
    width = shape.filters * 2 ** len(shape.ratios)
    layers: list[nn.Module] = [PaddedConv(shape, shape.dimension, width, shape.kernel)]
    layers += [SkippedLstm(width, shape.lstm_layers)]
    for ratio in shape.ratios:
        layers += [nn.ELU(), TrimmedTransposedConv(shape, width, width // 2, ratio)]
        width //= 2
        layers += _residuals(shape, width)
    layers += [nn.ELU(), PaddedConv(shape, shape.filters, shape.channels, shape.last_kernel)]
    return nn.Sequential(*layers)


def load_layers(layers: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Give layers that were made on the device “meta” their weights, in float32.

    Args:
        layers: those of a codec, or its quantiser.
        tensors: by transformers' names within them; others are passed over. In float32 only those of
            convolutions are copied.

    Raises:
        UserInputError: when tensors are missing or of another size.
    """
    try:
        wanted = {name: tensors[name].float() for name in layers.state_dict()}
        for name, layer in layers.named_modules():
            if isinstance(layer, _Convolution):
                weight, bias = f"{name}.conv.weight", f"{name}.conv.bias"
                wanted[weight], wanted[bias] = layer.arranged(wanted[weight], wanted[bias])
        layers.load_state_dict(wanted, assign=True)
    except (KeyError, RuntimeError) as error:
        raise UserInputError(
            "The model's codec is damaged or incomplete; install the model again."
        ) from error
    layers.requires_grad_(requires_grad=False).eval()


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
    return _TimeNorm(1, width) if shape.normalisation == "time_group_norm" else nn.Identity()


def _padded(x: Tensor, left: int, right: int, mode: str) -> Tensor:
    """[B, F, C] to [B, left + F + right, C]."""
    if not left + right:
        return x
    if mode == "constant":
        return pad(x, (0, 0, left, right))
    if mode == "replicate":
        return torch.cat((x[:, :1].expand(-1, left, -1), x, x[:, -1:].expand(-1, right, -1)), 1)
    # A reflection needs more frames than it makes: shorter sound gets zeros first, which are cut off again.
    missing = max(0, max(left, right) - x.shape[1] + 1)
    whole = pad(x, (0, 0, 0, missing)) if missing else x
    last = whole.shape[1] - 1
    before, after = whole[:, 1 : left + 1].flip(1), whole[:, last - right : last].flip(1)
    return torch.cat((before, whole, after), 1)[:, : left + x.shape[1] + right]

"""The step on Apple's GPU, which is believed only after it computed the same as the processor."""

from collections.abc import Callable, Mapping

import msgspec
import numpy as np
import torch
from torch import Tensor

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import noise, seed_bits

from ._device import DevicePath
from ._torch import TorchPath
from .path import Conditioning, DecodePath, Sampling

_LAYERS, _STEPS, _TEXT = 2, 8, 4  # of the test
_TOLERANCE = 0.02  # of the exact logits' root mean square; 16-bit arithmetic stays far below


class DeviceDisagreesError(MusicgenDesktopError):
    """A device computes something else than the processor: another path must be taken."""

    def __init__(self, device: str) -> None:
        super().__init__(f"The device “{device}” computes other values than the processor; it is not used.")


class MpsPath(DevicePath):
    """A `DecodePath` on Apple's GPU; its noise comes from the processor, for it has no 64-bit floats.

    Args:
        tensors: by our names, any floating type.
        precision: of weights, cache and hidden states: “fp16”, “bf16” or “fp32”.
        device: as torch calls it.

    Raises:
        DeviceDisagreesError: when its first two layers and heads give other logits than on the processor.
    """

    name = "mps"

    def __init__(
        self,
        shape: DecoderShape,
        tensors: Mapping[str, Tensor],
        precision: str = "fp16",
        device: str = "mps",
    ) -> None:
        few = msgspec.structs.replace(shape, layers=min(_LAYERS, shape.layers))
        if not agree(DevicePath(few, tensors, precision, device), TorchPath(few, tensors, "fp32"), few):
            raise DeviceDisagreesError(device)
        super().__init__(shape, tensors, precision, device)

    def _race(self, B: int) -> Callable[[], Tensor]:
        """As `DevicePath._race`; free slots draw the noise of seed 0."""
        seeds, positions = [(0,) * self._shape.codebooks] * B, [0] * B
        for take in self._open.values():
            seeds[take.slot], positions[take.slot] = take.sampling.seeds, take.noise_position
        race = noise(seed_bits(seeds), torch.tensor(positions), self._shape.vocabulary).to(self._like.device)
        return lambda: race


def agree(path: DecodePath, exact: DecodePath, shape: DecoderShape) -> bool:
    """Whether two paths give the same logits, but for rounding, for the same tokens."""
    rng = np.random.default_rng(0)
    text = rng.standard_normal((2, _TEXT, shape.width)).astype(np.float32)
    text[1] = 0.0
    mask = np.array([[True] * _TEXT, [False] * _TEXT])
    conditioning = Conditioning(text, mask) if shape.cross_attention else Conditioning(prepended=text)
    sampling = Sampling(seeds=(0,) * shape.codebooks)
    ours, theirs = (one.open(conditioning, sampling, _STEPS) for one in (path, exact))
    columns = rng.integers(0, shape.vocabulary, (_STEPS, 1, shape.codebooks))
    for column in columns:
        reference = exact.logits([theirs], column)
        off = path.logits([ours], column) - reference
        # “Not less” is also true of nan.
        if not np.sqrt((off**2).mean()) < _TOLERANCE * np.sqrt((reference**2).mean()):
            return False
    return True

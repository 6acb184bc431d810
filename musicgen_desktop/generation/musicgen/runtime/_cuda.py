"""The step on an NVIDIA or AMD GPU: recorded once for each size of the batch, then replayed as a whole.

A step is several hundred small kernels; starting them one by one takes longer than they run. A graph starts
them at once, guidance, noise and sampling among them, and Python only brings tokens and fetches tokens.
"""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import noise

from ._device import DevicePath
from ._slots import Take

_LENGTHS = 256  # positions; each graph attends to a multiple of these
_WARM = 2  # steps before recording: libraries choose their kernels in the first


class CudaPath(DevicePath):
    """A `DecodePath` of recorded steps.

    Args:
        tensors: by our names, any floating type.
        precision: of weights, cache and hidden states: “bf16”, “fp16” or “fp32”.
        device: as torch calls it; on a processor nothing is recorded and all else is the same.
    """

    name = "cuda"

    def __init__(
        self,
        shape: DecoderShape,
        tensors: Mapping[str, Tensor],
        precision: str = "bf16",
        device: str = "cuda",
    ) -> None:
        super().__init__(shape, tensors, precision, device)
        self._is_recorded = self._like.is_cuda
        self._graphs: dict[tuple[int, int], tuple[torch.cuda.CUDAGraph, Tensor]] = {}

    @property
    def detail(self) -> str:
        """The device's name."""
        return torch.cuda.get_device_name(self._like.device) if self._like.is_cuda else "not recorded"

    def rest(self) -> None:
        """See `DecodePath.rest`; steps are recorded anew for the next take."""
        super().rest()
        self._graphs.clear()
        if self._like.is_cuda:
            torch.cuda.empty_cache()

    def release(self) -> None:
        """See `DecodePath.release`."""
        super().release()
        self._graphs.clear()
        if self._like.is_cuda:
            torch.cuda.empty_cache()

    def _draw(self, B: int, length: int) -> Tensor:
        room = self._slots.room
        size = min(1 << (B - 1).bit_length(), room.takes)
        length = min(-(-length // _LENGTHS) * _LENGTHS, room.positions)
        if not self._is_recorded:
            return super()._draw(size, length)
        if (size, length) not in self._graphs:
            self._graphs[size, length] = self._recorded(size, length)
        graph, drawn = self._graphs[size, length]
        graph.replay()
        return drawn

    def _recorded(self, size: int, length: int) -> tuple[torch.cuda.CUDAGraph, Tensor]:
        """A step of that size, and where it writes what it drew; no take moves on meanwhile."""
        taking_part = self._slots.fed[:, -1].clone()
        self._slots.fed[:, -1] = 0
        before = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        before.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(before):
            for _ in range(_WARM):
                super()._draw(size, length)
        torch.cuda.current_stream().wait_stream(before)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            drawn = super()._draw(size, length)
        self._slots.fed[:, -1] = taking_part
        return graph, drawn

    def _race(self, B: int) -> Callable[[], Tensor]:
        """As `DevicePath._race`, beside the layers: its hundred kernels are too small to fill a device."""
        if not self._is_recorded:
            return super()._race(B)
        slots, main = self._slots, torch.cuda.current_stream()
        side = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        positions = slots.heard[:B] + slots.ahead[:B]  # before the step moves on
        side.wait_stream(main)
        with torch.cuda.stream(side):
            race = noise(slots.seeds[:B], positions, self._shape.vocabulary)

        def wait() -> Tensor:
            main.wait_stream(side)
            return race

        return wait

    def _make_room(self, take: Take, text: int) -> None:
        before = self._slots
        super()._make_room(take, text)
        if self._slots is not before:
            self._graphs.clear()  # they know the old places

"""What the render thread does beside mixing: it knows numpy and `dsp`, nothing that could make it wait."""

from ._fades import crossfaded, faded_in, faded_out

__all__ = ["crossfaded", "faded_in", "faded_out"]

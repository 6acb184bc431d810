"""Noise that keeps rounding from distorting."""

import numpy as np

from ._audio import Audio, Sound, as_frames


class TpdfDither:
    """Adds triangular noise of ±1 least significant bit; the stream does not depend on block sizes.

    Samples that are exactly 0 stay so: digital silence remains digital silence.

    Args:
        bits: of the target, 8 … 24.
        seed: the same seed gives the same noise on every platform.

    Source: S. Lipshitz, R. Wannamaker, J. Vanderkooy, “Quantization and Dither: A Theoretical Survey”,
    JAES 40 (1992).
    """

    def __init__(self, bits: int, seed: int = 0) -> None:
        if not 8 <= bits <= 24:
            raise ValueError(f"Dither is for 8 to 24 bits, not {bits}.")
        self._step = np.float32(2.0 ** (1 - bits) / 65536.0)
        self._random = np.random.PCG64(seed)
        self._spare = np.zeros(0, np.uint32)

    def process(self, block: Sound) -> Audio:
        """The block with noise added.

        Args:
            block: [frames, channels] or [frames].

        Returns:
            [frames, channels] float32.
        """
        sound = np.asarray(as_frames(block), dtype=np.float32)
        # Each 32-bit word holds two even variables; their difference is triangular.
        missing = max(0, sound.size - len(self._spare))
        words = self._random.random_raw((missing + 1) // 2).astype("<u8").view("<u4")
        words = np.concatenate([self._spare, words])
        self._spare = words[sound.size :].copy()
        words = words[: sound.size].reshape(sound.shape)
        noise = (words >> np.uint32(16)).astype(np.float32)
        noise -= (words & np.uint32(0xFFFF)).astype(np.float32)
        noise *= self._step
        noise *= sound != 0.0
        noise += sound
        return noise


def tpdf_dither(audio: Sound, bits: int, seed: int = 0) -> Audio:
    """`audio` with triangular noise of ±1 least significant bit added, silence left alone. See `TpdfDither`.

    Args:
        audio: [frames, channels] or [frames].
        bits: of the target, 8 … 24.
        seed: of the noise.

    Returns:
        [frames, channels] float32, not rounded yet.
    """
    return TpdfDither(bits, seed).process(audio)

"""Everything that is plotted, worked out beside the window."""

import math
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.session.controllers.analysis import (
    Correlation,
    LoudnessOverTime,
    RenderSpan,
    Spectrogram,
    correlation,
    goniometer,
    loudness_over_time,
    spectrogram,
    spectrum,
)

_RENDERING = 0.8
"""So much of the progress is rendering; the rest is looking."""
_BLOCK_S = 0.1
_LOUD_DB = -1.0

Floats = NDArray[np.float64]


class Figures(msgspec.Struct, frozen=True):
    """One number for each thing, in the units of their names; silence is −inf."""

    peak_dbfs: float
    rms_dbfs: float
    crest_db: float
    true_peak_dbtp: float
    integrated_lufs: float
    range_lu: float
    correlation: float


class Analysis(msgspec.Struct, frozen=True, eq=False):
    """What the plots show of one sound.

    Attributes:
        seconds: how long it is.
        hertz, average_db: [bins] the averaged spectrum, both sides together.
        peak_hertz, peak_db: [bins] the highest level that each frequency reached.
        spectrogram: over time.
        loudness: over time.
        loud_s: where the samples come nearer to full scale than 1 dB.
        peak_s: where the highest sample is.
        stereo: correlation over time.
        points: [n, 2] of the goniometer.
        figures: of the whole.
    """

    seconds: float
    hertz: Floats
    average_db: Floats
    peak_hertz: Floats
    peak_db: Floats
    spectrogram: Spectrogram
    loudness: LoudnessOverTime
    loud_s: Floats
    peak_s: float
    stereo: Correlation
    points: NDArray[np.float32]
    figures: Figures


@dataclass(frozen=True)
class Analyse:
    """Render a part of the song and look at it.

    Attributes:
        render: what to look at.
    """

    render: RenderSpan

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> Analysis:
        """Do the work.

        Raises:
            UserInputError: as `RenderSpan`.
            Stopped: when `stop` was set.
        """
        stop = stop or StopFlag()
        sound, rate = self.render.run(lambda done, stage: report(done * _RENDERING, stage), stop)
        report(_RENDERING, "Looking at it")
        return analysed(sound, rate, stop)


def analysed(sound: NDArray[np.float32], rate: int, stop: StopFlag) -> Analysis:
    """Look at a sound.

    Args:
        sound: [frames, 2].
        rate: frames per second.
        stop: asked in between.

    Raises:
        Stopped: when `stop` was set.
    """
    averaged = spectrum(sound, rate, smoothing_octaves=1.0 / 12.0)
    power = np.mean(10.0 ** (averaged.level_db.astype(np.float64) / 10.0), axis=1)
    audible = (averaged.hertz >= 15.0) & (averaged.hertz <= 21_000.0)
    stop.raise_if_set()
    image = spectrogram(sound, rate, low_hz=20.0, stop=stop)
    stop.raise_if_set()
    loudness = loudness_over_time(sound, rate)
    stop.raise_if_set()
    stereo = correlation(sound, rate)
    blocks, peaks = _block_peaks(sound, rate)
    return Analysis(
        seconds=len(sound) / rate,
        hertz=averaged.hertz[audible],
        average_db=10.0 * np.log10(np.maximum(power[audible], 1e-18)),
        peak_hertz=image.hertz,
        peak_db=image.level_db.max(axis=1, initial=-180.0).astype(np.float64),
        spectrogram=image,
        loudness=loudness,
        loud_s=blocks[peaks >= 10.0 ** (_LOUD_DB / 20.0)],
        peak_s=float(blocks[int(np.argmax(peaks))]) if len(peaks) else 0.0,
        stereo=stereo,
        points=goniometer(sound),
        figures=_figures(sound, loudness, stereo),
    )


def _figures(sound: NDArray[np.float32], loudness: LoudnessOverTime, stereo: Correlation) -> Figures:
    peak = _db(float(np.max(np.abs(sound), initial=0.0)))
    rms = _db(math.sqrt(float(np.mean(np.square(sound, dtype=np.float64)))) if sound.size else 0.0)
    return Figures(
        peak_dbfs=peak,
        rms_dbfs=rms,
        crest_db=peak - rms if math.isfinite(rms) else 0.0,
        true_peak_dbtp=loudness.true_peak_dbtp,
        integrated_lufs=loudness.integrated_lufs,
        range_lu=loudness.range_lu,
        correlation=stereo.overall,
    )


def _block_peaks(sound: NDArray[np.float32], rate: int) -> tuple[Floats, Floats]:
    """(middle in seconds, highest sample) of each tenth of a second."""
    size = max(1, round(rate * _BLOCK_S))
    starts = np.arange(0, len(sound), size)
    if not len(starts):
        return np.zeros(0), np.zeros(0)
    highest = np.maximum.reduceat(np.abs(sound).max(axis=1), starts).astype(np.float64)
    return (starts + size / 2.0) / rate, highest


def _db(level: float) -> float:
    return 20.0 * math.log10(level) if level > 0.0 else -math.inf

"""Level over frequency. It loads pyqtgraph."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.theme import colour, tokens
from musicgen_desktop.ui.widgets import decibels

from ._analysis import Analysis
from ._axes import HertzAxis
from ._plot import Plot, drawable, pen
from ._words import hertz_words

_FLOOR_DB, _TOP_DB = -96.0, 0.0
_LOW, _HIGH = math.log10(20.0), math.log10(20_000.0)
TILT_DB_PER_OCTAVE = -4.5


class SpectrumPlot(Plot):
    """The average as a filled line, the peaks as a faint one above it, and a slope to hold them against."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        worn = tokens()
        super().__init__(name, HertzAxis("bottom"), unit="dBFS", read=self._words, parent=parent)
        self._analysis: Analysis | None = None
        self.setXRange(_LOW, _HIGH, padding=0)
        self.setYRange(_FLOOR_DB, _TOP_DB, padding=0)
        self._peak = self.plot(pen=pen(worn.text_faint, 1.0), antialias=True)
        self._average = self.plot(
            pen=pen(worn.accent, 1.5), fillLevel=_FLOOR_DB, brush=colour(worn.accent, 0.18), antialias=True
        )
        self._tilt = self.plot(pen=pen(worn.warn, 1.2, style=Qt.PenStyle.DashLine), antialias=True)
        self._tilt.hide()
        self._label = pg.TextItem(f"{TILT_DB_PER_OCTAVE:g} dB/oct".replace("-", "−"), color=colour(worn.warn))
        self._label.setAnchor((1, 1))
        self._label.hide()
        self.addItem(self._label, ignoreBounds=True)

    def show_analysis(self, analysis: Analysis) -> None:
        """Another sound."""
        self._analysis = analysis
        self._average.setData(np.log10(analysis.hertz), drawable(analysis.average_db, _FLOOR_DB))
        self._peak.setData(np.log10(analysis.peak_hertz), drawable(analysis.peak_db, _FLOOR_DB))
        loudest = float(np.max(analysis.average_db[analysis.hertz < 200.0], initial=-60.0))
        start = min(-6.0, max(-60.0, loudest))
        ends = np.array([50.0, 20_000.0])
        levels = start + TILT_DB_PER_OCTAVE * np.log2(ends / 50.0)
        self._tilt.setData(np.log10(ends), levels)
        at = 3_000.0
        self._label.setPos(math.log10(at) + 0.3, start + TILT_DB_PER_OCTAVE * math.log2(at / 50.0) + 4.0)

    def show_tilt(self, shown: bool) -> None:  # noqa: FBT001 - the one thing it says
        """The slope that much balanced music has."""
        self._tilt.setVisible(shown)
        self._label.setVisible(shown)

    def _words(self, x: float, _y: float) -> str:
        if self._analysis is None:
            return ""
        hertz = 10.0**x
        average = float(np.interp(hertz, self._analysis.hertz, self._analysis.average_db))
        peak = float(np.interp(hertz, self._analysis.peak_hertz, self._analysis.peak_db))
        return f"{hertz_words(hertz)}\n∅ {decibels(average, 'dBFS')}   ▲ {decibels(peak, 'dBFS')}"

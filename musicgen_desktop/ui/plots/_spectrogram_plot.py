"""Frequency over time. It loads pyqtgraph."""

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.ui.theme import blend, tokens
from musicgen_desktop.ui.widgets import decibels

from ._analysis import Analysis
from ._axes import BarAxis, HertzAxis, dressed
from ._plot import Plot
from ._target import Target
from ._words import hertz_words

_RANGE_DB, _STEP_DB = 72.0, 6.0
"""So much lies between dark and bright; the brightest is the loudest, rounded up."""


class SpectrogramPlot(Plot):
    """Each column a moment, each row a frequency, the brighter the louder; the scale stands at the right."""

    def __init__(self, name: str, clicked: Callable[[float], object], parent: QWidget | None = None) -> None:
        self._bars = BarAxis()
        super().__init__(
            name,
            self._bars,
            left=HertzAxis("left"),
            unit="Hz",
            read=self._words,
            clicked=clicked,
            parent=parent,
        )
        self._analysis: Analysis | None = None
        self._image = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._image)
        self.getPlotItem().showGrid(x=True, y=False, alpha=0.18)
        self._scale = scale = pg.ColorBarItem(
            values=(-_RANGE_DB, 0.0), colorMap=_colours(), interactive=False, width=10, pen=None
        )
        scale.setImageItem(self._image, insert_in=self.getPlotItem())
        dressed(scale.axis)
        scale.axis.setTickSpacing(24, 12)
        scale.axis.setWidth(34)
        scale.axis.tickStrings = lambda values, _scale, _spacing: [
            f"{value:.0f}".replace("-", "−") for value in values
        ]

    def show_analysis(self, analysis: Analysis, project: Project, target: Target) -> None:
        """Another sound."""
        self._analysis = analysis
        image = analysis.spectrogram
        low, high = math.log10(image.hertz[0]), math.log10(image.hertz[-1])
        loudest = float(image.level_db.max(initial=-180.0))
        top = min(0.0, max(-60.0, math.ceil(loudest / _STEP_DB) * _STEP_DB))
        self._image.setImage(image.level_db, autoLevels=False, levels=(top - _RANGE_DB, top))
        self._scale.setLevels((top - _RANGE_DB, top))
        self._image.setRect(QRectF(0.0, low, analysis.seconds, high - low))
        self._bars.show_bars(project, target)
        self.setXRange(0.0, analysis.seconds, padding=0)
        self.setYRange(low, high, padding=0)

    def _words(self, x: float, y: float) -> str:
        if self._analysis is None or not self._analysis.spectrogram.level_db.size:
            return ""
        image = self._analysis.spectrogram
        column = int(np.argmin(np.abs(image.times_s - x)))
        row = int(np.argmin(np.abs(np.log10(image.hertz) - y)))
        return f"{hertz_words(10.0**y)}   {decibels(float(image.level_db[row, column]), 'dBFS')}"


def _colours() -> pg.ColorMap:
    """From the ground through the accent to white: brightness alone tells the level, too."""
    worn = tokens()
    stops = (
        (0.0, worn.sunken),
        (0.3, blend(worn.accent_strong, worn.sunken, 0.35).name()),
        (0.6, worn.accent_strong),
        (0.82, blend(worn.warn, worn.accent, 0.75).name()),
        (1.0, blend(worn.text, worn.warn, 0.6).name()),
    )
    return pg.ColorMap([place for place, _ in stops], [code for _, code in stops])

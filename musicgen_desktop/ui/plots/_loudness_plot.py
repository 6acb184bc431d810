"""Loudness over time. It loads pyqtgraph."""

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.widgets import decibels

from ._analysis import Analysis, Floats
from ._axes import BarAxis
from ._plot import Plot, drawable, pen
from ._target import Target

_FLOOR_LUFS, _TOP_LUFS = -36.0, 0.0
TARGET_LUFS = -14.0


class LoudnessPlot(Plot):
    """Momentary as a filled line, short-term as a strong one; lines for the whole and for the target."""

    def __init__(self, name: str, clicked: Callable[[float], object], parent: QWidget | None = None) -> None:
        worn = tokens()
        self._bars = BarAxis()
        super().__init__(name, self._bars, unit="LUFS", read=self._words, clicked=clicked, parent=parent)
        self._analysis: Analysis | None = None
        self.setYRange(_FLOOR_LUFS, _TOP_LUFS, padding=0)
        self._momentary = self.plot(
            pen=pen(worn.text_faint, 1.0),
            fillLevel=_FLOOR_LUFS,
            brush=colour(worn.text_faint, 0.14),
            antialias=True,
        )
        self._short = self.plot(pen=pen(worn.accent, 2.0), antialias=True)
        dashed = Qt.PenStyle.DashLine
        self._target = _level_line(
            QCoreApplication.translate("Plots", "Target {level}").format(level=decibels(TARGET_LUFS, "LUFS")),
            worn.warn,
            dashed,
            0.98,
        )
        self._target.setPos(TARGET_LUFS)
        self.addItem(self._target, ignoreBounds=True)
        self._whole = _level_line("", worn.good, Qt.PenStyle.SolidLine, 0.62)
        self.addItem(self._whole, ignoreBounds=True)
        self._loud = pg.ScatterPlotItem(symbol="t", size=7, pen=None, brush=colour(worn.bad))
        self.addItem(self._loud, ignoreBounds=True)
        self._peak = pg.TextItem(color=colour(worn.text_soft), anchor=(0.5, 0))
        self._peak.setFont(font(Sizes.TINY, tabular=True))
        self.addItem(self._peak, ignoreBounds=True)

    def show_analysis(self, analysis: Analysis, project: Project, target: Target) -> None:
        """Another sound."""
        self._analysis = analysis
        loudness, figures = analysis.loudness, analysis.figures
        self._bars.show_bars(project, target)
        self.setXRange(0.0, max(analysis.seconds, 0.1), padding=0)
        self._momentary.setData(loudness.momentary_s, drawable(loudness.momentary_lufs, _FLOOR_LUFS))
        self._short.setData(loudness.short_term_s, drawable(loudness.short_term_lufs, _FLOOR_LUFS))
        self._whole.setVisible(math.isfinite(figures.integrated_lufs))
        if math.isfinite(figures.integrated_lufs):
            self._whole.setPos(figures.integrated_lufs)
            under = figures.integrated_lufs < TARGET_LUFS
            self._whole.label.anchors = [(1, 0), (1, 0)] if under else [(1, 1), (1, 1)]
            self._whole.label.setFormat(
                QCoreApplication.translate("Plots", "Integrated {level}").format(
                    level=decibels(figures.integrated_lufs, "LUFS")
                )
            )
        self._loud.setData(analysis.loud_s, np.full(len(analysis.loud_s), _TOP_LUFS - 1.0))
        self._peak.setVisible(math.isfinite(figures.true_peak_dbtp))
        self._peak.setText(f"▼ {decibels(figures.true_peak_dbtp, 'dBTP')}")
        margin = analysis.seconds * 0.06
        self._peak.setPos(min(max(analysis.peak_s, margin), analysis.seconds - margin), _TOP_LUFS - 0.5)

    def _words(self, x: float, _y: float) -> str:
        if self._analysis is None:
            return ""
        loudness, say = self._analysis.loudness, QCoreApplication.translate
        lines = [
            say("Plots", "Momentary {level}").format(
                level=_level_at(x, loudness.momentary_s, loudness.momentary_lufs)
            )
        ]
        if len(loudness.short_term_s) and x >= loudness.short_term_s[0]:
            lines.append(
                say("Plots", "Short-term {level}").format(
                    level=_level_at(x, loudness.short_term_s, loudness.short_term_lufs)
                )
            )
        return "\n".join(lines)


def _level_at(x: float, times: Floats, levels: Floats) -> str:
    if not len(times):
        return "–"
    return decibels(float(np.interp(x, times, drawable(levels, -150.0))), "LUFS")


def _level_line(text: str, code: str, style: Qt.PenStyle, place: float) -> pg.InfiniteLine:
    line = pg.InfiniteLine(
        angle=0,
        pen=pen(code, 1.2, style=style),
        label=text,
        labelOpts={
            "position": place,
            "color": colour(code),
            "fill": colour(tokens().sunken, 0.8),
            "anchors": [(1, 1), (1, 1)],
            "movable": False,
        },
    )
    line.label.setFont(font(Sizes.TINY, tabular=True))
    line.setZValue(15)
    return line

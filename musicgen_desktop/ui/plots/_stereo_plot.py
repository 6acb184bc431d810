"""Left against right: correlation over time, and a goniometer. It loads pyqtgraph."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from musicgen_desktop.document import Project
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.widgets import signed

from ._analysis import Analysis
from ._axes import BarAxis, LevelAxis
from ._plot import Plot, pen
from ._target import Target


class StereoPlot(QWidget):
    """Two plots side by side."""

    def __init__(self, name: str, clicked: Callable[[float], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.correlation = CorrelationPlot(name, clicked, self)
        self.goniometer = Goniometer(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.correlation, 3)
        row.addWidget(self.goniometer, 1)

    def show_analysis(self, analysis: Analysis, project: Project, target: Target) -> None:
        """Another sound."""
        self.correlation.show_analysis(analysis, project, target)
        self.goniometer.show_analysis(analysis)


class CorrelationPlot(Plot):
    """+1 is mono; what lies below nothing fades when the sides are summed."""

    def __init__(self, name: str, clicked: Callable[[float], object], parent: QWidget | None = None) -> None:
        worn = tokens()
        self._bars = BarAxis()
        super().__init__(name, self._bars, read=self._words, clicked=clicked, parent=parent)
        self._analysis: Analysis | None = None
        self.setYRange(-1.05, 1.05, padding=0)
        self.getPlotItem().getAxis("left").setTicks(
            [[(1.0, "+1"), (0.5, "+0.5"), (0.0, "0"), (-0.5, "−0.5"), (-1.0, "−1")]]
        )
        self.addItem(pg.InfiniteLine(0.0, angle=0, pen=pen(worn.line_strong, 1.0)), ignoreBounds=True)
        below = pg.LinearRegionItem(
            (-1.05, 0.0),
            orientation="horizontal",
            movable=False,
            brush=colour(worn.bad, 0.08),
            pen=pen(worn.bad, 0),
        )
        for line in below.lines:
            line.setPen(pg.mkPen(None))
        self.addItem(below, ignoreBounds=True)
        self._line = self.plot(
            pen=pen(worn.accent, 1.5), fillLevel=0.0, brush=colour(worn.accent, 0.16), antialias=True
        )

    def show_analysis(self, analysis: Analysis, project: Project, target: Target) -> None:
        """Another sound."""
        self._analysis = analysis
        self._bars.show_bars(project, target)
        self.setXRange(0.0, max(analysis.seconds, 0.1), padding=0)
        self._line.setData(analysis.stereo.times_s, analysis.stereo.values)

    def _words(self, x: float, _y: float) -> str:
        if self._analysis is None or not len(self._analysis.stereo.times_s):
            return ""
        stereo = self._analysis.stereo
        return signed(float(np.interp(x, stereo.times_s, stereo.values)), 2)


class Goniometer(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph publishes no types
    """Mono stands upright, left leans left; loud sound reaches far out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        worn = tokens()
        super().__init__(parent, background=colour(worn.raised), axisItems={"left": LevelAxis("left")})
        self.setAccessibleName(QCoreApplication.translate("Plots", "Goniometer"))
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        item = self.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setMouseEnabled(x=False, y=False)
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.setAspectLocked(True)
        item.getViewBox().setBackgroundColor(colour(worn.sunken))
        for x in (-1.0, 1.0):
            item.plot([-x, x], [-1.0, 1.0], pen=pen(worn.line_strong, 1.0))
        item.plot([0.0, 0.0], [-1.4, 1.4], pen=pen(worn.line_strong, 1.0, style=Qt.PenStyle.DashLine))
        item.plot([-1.4, 1.4], [0.0, 0.0], pen=pen(worn.line_strong, 1.0, style=Qt.PenStyle.DashLine))
        self._points = pg.ScatterPlotItem(size=2.0, pen=None, brush=colour(worn.accent, 0.5))
        item.addItem(self._points, ignoreBounds=True)
        say = QCoreApplication.translate
        for text, x, y in (
            (say("Plots", "L"), -1.08, 1.08),
            (say("Plots", "R"), 1.08, 1.08),
            (say("Plots", "M"), 0.0, 1.52),
            (say("Plots", "S"), 1.52, 0.0),
        ):
            label = pg.TextItem(text, color=colour(worn.text_soft), anchor=(0.5, 0.5))
            label.setFont(font(Sizes.TINY, 600))
            label.setPos(x, y)
            item.addItem(label, ignoreBounds=True)
        item.setRange(xRange=(-1.65, 1.65), yRange=(-1.65, 1.65), padding=0)

    def show_analysis(self, analysis: Analysis) -> None:
        """Another sound, scaled so that quiet music fills the picture, too."""
        points = analysis.points
        reach = float(np.max(np.abs(points), initial=0.0))
        if reach > 0.0:
            points = points * (1.35 / reach)
        self._points.setData(points[:, 0], points[:, 1])

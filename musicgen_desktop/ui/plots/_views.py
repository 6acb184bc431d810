"""The four plots in one stack. It loads pyqtgraph: import it when plots are first seen."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ._loudness_plot import LoudnessPlot
from ._plot import Plot
from ._spectrogram_plot import SpectrogramPlot
from ._spectrum_plot import SpectrumPlot
from ._stereo_plot import StereoPlot
from ._view_model import PlotsViewModel


class PlotViews(QStackedWidget):
    """Spectrum, spectrogram, loudness, stereo: shown one at a time, made of one analysis."""

    def __init__(self, model: PlotsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.spectrum = SpectrumPlot(self.tr("Spectrum"), self)
        self.spectrogram = SpectrogramPlot(self.tr("Spectrogram"), model.locate, self)
        self.loudness = LoudnessPlot(self.tr("Loudness over time"), model.locate, self)
        self.stereo = StereoPlot(self.tr("Correlation over time"), model.locate, self)
        for view in (self.spectrum, self.spectrogram, self.loudness, self.stereo):
            self.addWidget(view)

    @property
    def time_plots(self) -> tuple[Plot, ...]:
        """Those in which a click moves the play head."""
        return (self.spectrogram, self.loudness, self.stereo.correlation)

    def show_analysis(self) -> None:
        """The model has another one."""
        analysis = self._model.analysis
        if analysis is None:
            return
        self.spectrum.show_analysis(analysis)
        for view in (self.spectrogram, self.loudness, self.stereo):
            view.show_analysis(analysis, self._model.project, self._model.target)

    def show_play_head(self, tick: float) -> None:
        """Where the song is heard."""
        analysis = self._model.analysis
        if analysis is not None:
            second = self._model.seconds_at(tick)
            for plot in self.time_plots:
                if plot.isVisible():
                    plot.show_play_head(second, 0.0, analysis.seconds)

"""The panel: which plot, of what, how far it is, and its figures."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.ui.bridges import Bridges, JobsBridge
from musicgen_desktop.ui.theme import Sizes, font, tokens
from musicgen_desktop.ui.widgets import EmptyState, NoticeBar, TextButton

from ._view_model import PlotsViewModel
from ._words import loudness_words, spectrum_words, stereo_words, target_words

if TYPE_CHECKING:
    from ._views import PlotViews


class PlotsPanel(QFrame):
    """Plots of what is selected: clips, tracks, a span, else the whole song.

    Args:
        bridges: of the window.
        jobs: render the sound beside the window.
    """

    def __init__(self, bridges: Bridges, jobs: JobsBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAccessibleName(self.tr("Plots"))
        self._bridges = bridges
        self.model = PlotsViewModel(bridges, jobs, self)
        self.views: PlotViews | None = None
        self._worn = tokens()
        self.notice = NoticeBar(self)
        self._make_head()
        self._make_work()
        self._body = QStackedWidget(self)
        self._empty = EmptyState(
            "plots",
            self.tr("Nothing to look at yet"),
            self.tr("Compose or import something; its spectrum, loudness and stereo picture appear here."),
        )
        self._waiting = EmptyState(
            "plots",
            self.tr("Listening…"),
            self.tr("The selection is rendered once; then all plots show it."),
        )
        self._body.addWidget(self._empty)
        self._body.addWidget(self._waiting)
        self.figures = QLabel(self)
        self.figures.setFont(font(Sizes.SMALL, tabular=True))
        self.figures.setProperty("kind", "soft")
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(6)
        column.addLayout(self._head)
        column.addWidget(self.notice)
        column.addWidget(self._body, 1)
        column.addWidget(self.figures)
        self.model.state_changed.connect(self._show_state)
        self.model.analysed.connect(self._show_analysis)
        self.model.progressed.connect(self._show_progress)
        bridges.player.place_changed.connect(self._on_place)
        self._show_state()

    def sizeHint(self) -> QSize:
        """A dock's height."""
        return QSize(900, 300)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(360, 140)

    def showEvent(self, event: QShowEvent) -> None:
        """The plots are made when they are first seen, and what is selected is looked at."""
        super().showEvent(event)
        if self.views is None:
            self._make_views()
        self.model.watch(True)  # noqa: FBT003 - the one thing it says

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen is not looked at."""
        super().hideEvent(event)
        self.model.watch(False)  # noqa: FBT003 - the one thing it says

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: pyqtgraph knows no style sheet, so the plots are made anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            QTimer.singleShot(0, self, self._wear_theme)  # Qt is still walking over all widgets

    def show_plot(self, number: int) -> None:
        """0 spectrum, 1 spectrogram, 2 loudness, 3 stereo."""
        self._choices.button(number).setChecked(True)
        self.tilt.setVisible(number == 0)
        if self.views is not None:
            self.views.setCurrentIndex(number)
            self.views.show_play_head(self._bridges.player.tick)
        self._show_figures()

    def _wear_theme(self) -> None:
        if self.views is not None and self._worn is not tokens():
            self._body.removeWidget(self.views)
            self.views.deleteLater()
            self._make_views()
            self._show_analysis()

    def _make_views(self) -> None:
        from ._views import PlotViews  # noqa: PLC0415 - pyqtgraph takes its time

        self._worn = tokens()
        self.views = PlotViews(self.model, self)
        self.views.spectrum.show_tilt(self.tilt.isChecked())
        self._body.addWidget(self.views)
        self.show_plot(self._choices.checkedId())

    def _make_head(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(4)
        self._choices = QButtonGroup(self)
        names = (self.tr("Spectrum"), self.tr("Spectrogram"), self.tr("Loudness"), self.tr("Stereo"))
        for number, name in enumerate(names):
            button = TextButton(name, self, kind="tab", checkable=True)
            self._choices.addButton(button, number)
            self._head.addWidget(button)
        self._choices.button(0).setChecked(True)
        self._choices.idClicked.connect(self.show_plot)
        self.subject = QLabel(self)
        self.subject.setProperty("kind", "soft")
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.subject.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.tilt = QCheckBox(self.tr("Tilt −4.5 dB/oct"), self)
        self.tilt.setToolTip(self.tr("The slope that the spectrum of much balanced music follows"))
        self.tilt.toggled.connect(self._on_tilt)
        self._head.addSpacing(8)
        self._head.addWidget(self.subject, 1)
        self._head.addWidget(self.tilt)

    def _make_work(self) -> None:
        self._work = QWidget(self)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.stage = QLabel(self._work)
        self.stage.setProperty("kind", "soft")
        self.progress = QProgressBar(self._work)
        self.progress.setRange(0, 1000)
        self.progress.setFixedSize(120, 6)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Plots: share done"))
        self.stop = TextButton(self.tr("Stop"), self._work, kind="chip")
        self.stop.clicked.connect(self.model.stop)
        for widget in (self.stage, self.progress, self.stop):
            row.addWidget(widget)
        self._head.addWidget(self._work)

    def _show_state(self) -> None:
        state, model = self.model.state, self.model
        self._work.setVisible(state == "working")
        if state == "failed":
            self.notice.say(model.problem, mend=self.tr("Try again"), on_mend=model.again)
        elif state == "stopped":
            self.notice.say(
                self.tr("Stopped before the plots were made."),
                mood="info",
                mend=self.tr("Go on"),
                on_mend=model.again,
            )
        else:
            self.notice.hide()
        if model.analysis is not None and self.views is not None:
            self._body.setCurrentWidget(self.views)
        else:
            self._body.setCurrentWidget(self._waiting if state == "working" else self._empty)
        self._show_figures()

    def _show_progress(self, done: float, stage: str) -> None:
        self.progress.setValue(round(done * 1000))
        self.stage.setText(stage)

    def _show_analysis(self) -> None:
        if self.views is not None:
            self.views.show_analysis()
            self.views.show_play_head(self._bridges.player.tick)
        self._show_state()

    def _show_figures(self) -> None:
        analysis = self.model.analysis
        self.figures.setVisible(analysis is not None)
        if analysis is None:
            self.subject.setText("")
            return
        self.subject.setText(target_words(self.model.target, self.model.project))
        self.subject.setToolTip(self.subject.text())
        number = self._choices.checkedId()
        write = (spectrum_words, spectrum_words, loudness_words, stereo_words)[number]
        self.figures.setText("     ".join(write(analysis.figures)))
        view = None if self.views is None else self.views.widget(number)
        if view is not None:
            view.setAccessibleDescription(self.figures.text())

    def _on_tilt(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self.views is not None:
            self.views.spectrum.show_tilt(shown)

    def _on_place(self, tick: float) -> None:
        if self.views is not None and self.isVisible():
            self.views.show_play_head(tick)

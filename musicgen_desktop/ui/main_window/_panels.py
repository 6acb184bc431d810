"""Every panel of the window and the dock it lies in."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from musicgen_desktop.session.controllers.waveforms import Waveforms
from musicgen_desktop.ui.mixer import MixerPanel
from musicgen_desktop.ui.piano_roll import PianoRollPanel
from musicgen_desktop.ui.prompt import PromptPanel
from musicgen_desktop.ui.timeline import TimelinePanel

from ._focus import enter
from ._history import HistoryPanel
from ._layout import add_dock
from ._lazy import LazyPanel
from ._maximise import Maximise
from ._services import Services

_LEFT, _RIGHT, _BELOW = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
_COMPOSE_PX, _INSPECTOR_PX, _BELOW_PX = 340, 270, 320
_BELOW_SHARE = 0.4
"""Of a low window's height, at most."""

translate = QCoreApplication.translate


class Panels:
    """Built once; those that are seldom looked at are built when they are."""

    def __init__(self, window: QMainWindow, services: Services) -> None:
        self._window = window
        bridges = services.bridges
        self.waveforms = _waveforms(services)
        self.timeline = TimelinePanel(bridges, self.waveforms)
        self.timeline.use_takes(services.takes)
        self.prompt = PromptPanel(bridges, services.takes, handover=services.handover, sound=services.sound)
        self.prompt.takes.use_waveforms(self.waveforms)
        self.piano_roll = PianoRollPanel(bridges)
        self.mixer = MixerPanel(bridges)
        self.effect = LazyPanel(lambda: _effect(services))
        self.inspector = LazyPanel(lambda: _inspector(services))
        self.browser = LazyPanel(lambda: _browser(services))
        self.plots = LazyPanel(lambda: _plots(services))
        self.library = LazyPanel(lambda: _library(services))
        self._ends: list[Callable[[], None]] = []
        self.library.built.connect(lambda page: self._ends.append(page.end))
        self.browser.built.connect(lambda page: self._ends.append(page.close_all))
        self.bridge = LazyPanel(lambda: _bridge_page(services))
        self.history = HistoryPanel(bridges)
        self._by_name: dict[str, QDockWidget] = {}
        self._dock("compose", translate("Panels", "Compose"), self.prompt, _LEFT)
        self._dock("inspector", translate("Panels", "Inspector"), self.inspector, _RIGHT)
        self._dock("effect", translate("Panels", "Effect"), self.effect, _RIGHT)
        self._dock("history", translate("Panels", "History"), self.history, _RIGHT)
        self._dock("mixer", translate("Panels", "Mixer"), self.mixer, _BELOW)
        self._dock("piano_roll", translate("Panels", "Piano roll"), self.piano_roll, _BELOW)
        self._dock("plots", translate("Panels", "Plots"), self.plots, _BELOW)
        self._dock("browser", translate("Panels", "Browser"), self.browser, _BELOW)
        self._dock("library", translate("Panels", "Library"), self.library, _BELOW)
        self._dock("bridge", translate("Panels", "To your DAW"), self.bridge, _BELOW)
        self.below = Maximise(window, self.docks, self._usual_below_px)
        self.lay_out()

    @property
    def docks(self) -> tuple[QDockWidget, ...]:
        """All of them, in the order of the menu."""
        return tuple(self._by_name.values())

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """What the docks hold and the timeline, as the eye goes: left, middle, right, below."""
        widgets = {name: dock.widget() for name, dock in self._by_name.items()}
        return (widgets.pop("compose"), self.timeline, *widgets.values())

    def dock(self, name: str) -> QDockWidget:
        """The dock of that name.

        Raises:
            KeyError: when there is none.
        """
        return self._by_name[name]

    def show(self, name: str, *, focus: bool = True) -> None:
        """Bring a dock to the front."""
        dock = self._by_name[name]
        dock.show()
        dock.raise_()
        if focus:
            widget = dock.widget()
            enter(widget.panel if isinstance(widget, LazyPanel) else widget)

    def lay_out(self) -> None:
        """As at the first start."""
        layout = self._window.layout()
        assert layout is not None  # noqa: S101 - a main window has one
        # A panel that asks for room while Qt puts docks together makes it leave a tab bar that is nobody's.
        layout.setEnabled(False)
        self._place()
        layout.setEnabled(True)

    def use_folder(self, services: Services) -> None:
        """Another project lies on the desk, or this one moved: its outlines come from another folder."""
        before, self.waveforms = self.waveforms, _waveforms(services)
        self.timeline.use_waveforms(self.waveforms)
        self.prompt.takes.use_waveforms(self.waveforms)
        before.close()

    def close(self) -> None:
        """End what runs beside the panels."""
        for end in self._ends:
            end()
        self.waveforms.close()

    def _place(self) -> None:
        window, docks = self._window, self._by_name
        for group in (
            ("inspector", "effect", "history"),
            ("mixer", "piano_roll", "plots", "browser", "library", "bridge"),
        ):
            for name in group:
                docks[name].setFloating(False)
                docks[name].show()
            for name in group[1:]:
                window.tabifyDockWidget(docks[group[0]], docks[name])
            docks[group[0]].raise_()
        docks["compose"].show()
        window.resizeDocks(
            [docks["compose"], docks["inspector"]], [_COMPOSE_PX, _INSPECTOR_PX], Qt.Orientation.Horizontal
        )
        window.resizeDocks([docks["mixer"]], [self._usual_below_px()], Qt.Orientation.Vertical)

    def _usual_below_px(self) -> int:
        return min(_BELOW_PX, round(_BELOW_SHARE * self._window.height()))

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> None:
        self._by_name[name] = add_dock(self._window, name, title, widget, area)


def _waveforms(services: Services) -> Waveforms:
    made = Waveforms(services.bridges.project.folder)
    if services.desk.is_safe:
        made.close()  # it then shows none: no file is read
    return made


def _effect(services: Services) -> QWidget:
    from musicgen_desktop.ui.plugin_rack import EffectPanel

    return EffectPanel(services.bridges)


def _inspector(services: Services) -> QWidget:
    from musicgen_desktop.ui.inspector import InspectorPanel

    return InspectorPanel(services.bridges, services.handover)


def _browser(services: Services) -> QWidget:
    from musicgen_desktop.ui.browser import BrowserPanel

    return BrowserPanel(services.bridges)


def _plots(services: Services) -> QWidget:
    from musicgen_desktop.ui.plots import PlotsPanel

    return PlotsPanel(services.bridges, services.jobs)


def _library(services: Services) -> QWidget:
    from musicgen_desktop.ui.model_library import ModelLibraryPage

    page = ModelLibraryPage(sound=services.sound)
    page.settings_requested.connect(services.bridges.actions["file.settings"].trigger)
    page.models_changed.connect(services.sound.look_again)
    return page


def _bridge_page(services: Services) -> QWidget:
    from musicgen_desktop.ui.bridge_page import BridgePage

    return BridgePage(services.bridges)

"""Bounces of other programs in the exchange folder: noticed, offered, placed."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.session.controllers.exchange_folder import Arrival, ExchangeWatch, exchange_folder
from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.widgets import NoticeBar

from ._importing import Importing

_NAMED = 3


class Bounces(QObject):
    """Watches the folder while the settings say so; one notice offers what came until it is answered."""

    _told = Signal(object)

    def __init__(
        self, bridges: Bridges, importing: Importing, notice: NoticeBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._importing = importing
        self._notice = notice
        self._watch: ExchangeWatch | None = None
        self._waiting: dict[Path, Arrival] = {}
        self._told.connect(self.offer)
        notice.dismissed.connect(self._waiting.clear)

    @property
    def folder(self) -> Path | None:
        """What is watched; None while nothing is."""
        return None if self._watch is None else self._watch.folder

    def use(self, preferences: Preferences) -> None:
        """Watch as the settings say; a folder that is missing is made."""
        wanted = exchange_folder(preferences.exchange_folder) if preferences.exchange_watched else None
        if wanted == self.folder:
            return
        self.close()
        if wanted is None:
            return
        try:
            wanted.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError):
            self._bridges.status.say(
                self.tr(
                    "The exchange folder “{folder}” cannot be made; choose another one in Settings."
                ).format(folder=wanted),
                "warn",
            )
            return
        self._watch = ExchangeWatch(wanted, self._told.emit)

    def close(self) -> None:
        """Watch no more."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def offer(self, arrived: tuple[Arrival, ...]) -> None:
        """Ask whether these files, and those that nobody answered for yet, are to be placed."""
        self._waiting.update((arrival.path, arrival) for arrival in arrived)
        self._notice.say(self._question(), mood="info", mend=self.tr("Place"), on_mend=self._place)

    def _question(self) -> str:
        waiting = list(self._waiting.values())
        if len(waiting) == 1:
            words = self.tr("{name} has arrived: place it as a track, at bar {bar}?")
            return words.format(name=waiting[0].path.name, bar=self._bar_of(waiting[0]))
        names = ", ".join(arrival.path.name for arrival in waiting[:_NAMED])
        if len(waiting) > _NAMED:
            names = self.tr("{names} and others").format(names=names)
        words = self.tr("%n file(s) have arrived: place them as tracks? ({names})", "", len(waiting))
        return words.format(names=names)

    def _bar_of(self, arrival: Arrival) -> int:
        project = self._bridges.project.project
        tick = 0 if arrival.start_s is None else round(project.tempo_map.tick_at(arrival.start_s))
        return project.meter_map.bar_of(max(0, tick))

    def _place(self) -> None:
        paths = list(self._waiting)
        self._waiting.clear()
        self._importing.bring(paths)

"""Running with another machine's clock: when to start, where, and when to stop."""

import math
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.timing import PPQ, MasterClock, MasterClockPage

from ._commands import Play
from ._pace import Pace
from ._rolling import Rolling
from ._score import Score

_SOON_S = 0.03
"""What is asked for now is heard so much later, when its sound is there already."""
_LEAD_S = 0.5
"""A start on a bar line is made ready so long before."""
_EARLY_S = 1.0
_MISSED_S = 1.0
"""A start that has not come about so long after its moment is made anew, from a place still to come."""
_ASTRAY_S, _ASTRAY_FOR_S = 0.06, 0.4
_SETTLE_S = 1.0
_SILENT_S = 2.0
_NOBODY = "The clock that is followed is not heard any more."


class Follower:
    """Starts, locates and stops the song with a master. Belongs to the control thread.

    The song goes where the master goes. When the user plays it from a place of their own, it waits for the
    master's next bar and keeps its distance from then on.

    Args:
        score: the song.
        tell: takes sentences for the user.
    """

    def __init__(self, score: Score, tell: Callable[[str], None]) -> None:
        self._score, self._tell = score, tell
        self._page: MasterClockPage | None = None
        self._path = ""
        self._seen: tuple[int, bool] | None = None
        self._told = ""
        self._is_own = False
        """Whether the song stands at a distance from the master that the user chose."""
        self._is_held = False
        """The user stopped: nothing starts by itself until the master does."""
        self._is_due = False
        """The master runs, and we shall as soon as there is something to play."""
        self._astray_since: float | None = None
        self._begun_s = -math.inf
        self._wish = Play()
        self._waiting: Play | None = None
        """What the user wished for while the master stood."""
        self._is_late = False

    @property
    def is_on(self) -> bool:
        """Whether a master is followed."""
        return self._page is not None

    def follow(self, page: str) -> None:
        """Follow what is told on this page from now on; empty ends it.

        Args:
            page: the file.
        """
        self._page, self._path = None, page
        self._seen, self._told = None, ""
        self._is_own = self._is_held = self._is_due = False
        self._waiting = None
        if page:
            with suppress(OSError, ValueError):
                self._page = MasterClockPage.open(Path(page))

    def renew(self) -> None:
        """There is another device: what the master does is news again."""
        self._seen = None

    def play(self, rolling: Rolling, wish: Play) -> None:
        """The user plays: on the master's next bar, or when it starts.

        Raises:
            MusicgenDesktopError: when it should record, and cannot.
        """
        master, now = self._master(), time.monotonic()
        self._seen = _turn_of(master)
        self._is_held = self._is_due = False
        self._waiting = None
        if master.state != "rolling":
            if wish.record:
                rolling.check()
            if wish.tick is not None:
                rolling.locate(wish.tick)
            self._waiting = msgspec.structs.replace(wish, tick=None)  # the song stands there by now
            self._tell("Playing begins when the machine that is followed starts.")
            return
        tick = rolling.tick if wish.tick is None else max(wish.tick, 0.0)
        bar = self._next_bar(master, now + _LEAD_S)
        own = tick if master.unit == "ticks" else self._score.tempo_map.seconds_at(tick)
        self._is_own = True
        self._wish = msgspec.structs.replace(wish, tick=tick, count_in_bars=0)
        self._start(rolling, self._wish, own - bar)

    def stopped(self) -> None:
        """The user stopped the song."""
        self._is_held, self._is_due, self._waiting = True, False, None

    def look_around(self, rolling: Rolling) -> None:
        """Do what the master did since the last time."""
        if self._page is None:
            return
        master = self._master()
        if master.problem != self._told:
            self._told = master.problem
            if self._told:
                self._tell(self._told)
        if _turn_of(master) != self._seen:
            is_first, self._seen = self._seen is None, _turn_of(master)
            self._turn(rolling, master, is_first=is_first)
        if self._is_due:
            self._begin(rolling, master)
        elif rolling.transport.is_rolling and not rolling.has_begun:
            self._try_again(rolling, master)
        elif rolling.has_begun:
            self._keep(rolling, master)

    def _master(self) -> MasterClock:
        master = MasterClock() if self._page is None else self._page.read()
        if master.state == "rolling" and time.monotonic() - master.at_s > _SILENT_S:
            return msgspec.structs.replace(master, state="lost", problem=_NOBODY, starts=master.starts + 1)
        return master

    def _turn(self, rolling: Rolling, master: MasterClock, *, is_first: bool) -> None:
        """The master started, stopped or jumped."""
        if master.bar is not None:
            if self._waiting is not None and master.state == "rolling":
                self.play(rolling, self._waiting)
                return
            if is_first or master.plays is None:
                return
            if master.plays and not rolling.transport.is_rolling:
                self.play(rolling, Play())
            elif not master.plays and rolling.transport.is_rolling:
                rolling.stop(go_back=True)
            return
        self._is_held = False
        self._is_due = master.state == "rolling"
        if self._is_due or self._is_own:
            return  # a song that stands elsewhere goes its own way, until the master starts anew
        if rolling.transport.is_rolling:
            rolling.stop()
        if master.state == "stopped":
            rolling.locate(self._tick(master.place))

    def _begin(self, rolling: Rolling, master: MasterClock) -> None:
        if master.state != "rolling":
            self._is_due = False
            return
        soon_s = _LEAD_S if self._is_late else _SOON_S
        tick = self._tick(master.place_at(time.monotonic() + soon_s))
        if tick < 0.0 and self._score.tempo_map.seconds_at(tick) < -_EARLY_S:
            return  # bar 1 is still to come
        self._is_due = self._is_own = False
        # Where the master jumps while something is recorded, recording goes on behind the jump.
        wish = self._waiting or Play(record=rolling.transport.is_record_on)
        self._waiting = None
        # The master goes through the bars of a count-in itself.
        self._start(rolling, msgspec.structs.replace(wish, tick=max(tick, 0.0), count_in_bars=0), 0.0)

    def _try_again(self, rolling: Rolling, master: MasterClock) -> None:
        """Its sound was not there in time, and the master has gone on."""
        pace = rolling.pace
        if pace is None or master.state != "rolling" or rolling.course is None:
            return
        now = time.monotonic()
        wanted = pace.clock_at(now)
        if wanted is None or wanted - rolling.course.clock < _MISSED_S * self._score.rate:
            return
        self._is_late = True
        if self._is_own:
            self.play(rolling, self._wish)
        else:
            self._begin(rolling, master)

    def _start(self, rolling: Rolling, wish: Play, offset: float) -> None:
        score = self._score
        try:
            page = MasterClockPage.open(Path(self._path))  # the render thread's own
        except (OSError, ValueError):
            return
        self._astray_since, self._begun_s = None, time.monotonic()
        rolling.follow(
            lambda course: Pace(page.read, course, score.tempo_map, score.rate, offset),
            wish,
            loops=self._is_own,
        )

    def _keep(self, rolling: Rolling, master: MasterClock) -> None:
        """Start anew what has gone astray, and stop what the master has left."""
        pace, now = rolling.pace, time.monotonic()
        self._is_late = False
        if pace is None or self._is_held:
            return
        if master.state != "rolling":
            rolling.stop()
            return
        if pace.is_out_of_reach:
            if now - self._begun_s > _SETTLE_S:
                self._give_up(rolling, master)
            return
        if abs(pace.late_s) < _ASTRAY_S or now - self._begun_s < _SETTLE_S:
            self._astray_since = None
        elif self._astray_since is None:
            self._astray_since = now
        elif now - self._astray_since > _ASTRAY_FOR_S:
            self._is_due = not self._is_own

    def _give_up(self, rolling: Rolling, master: MasterClock) -> None:
        own = self._score.tempo_map.bpm_at(max(rolling.tick, 0.0))
        rolling.stop()
        self._is_held = True
        if master.bpm is None:
            self._tell("The time code runs too fast or too slowly to be followed; look at its frame rate.")
            return
        self._tell(
            f"The machine that is followed runs at {master.bpm:.1f} BPM and the song at {own:.1f}: more than"
            f" 12 % apart. Set the song's tempo to about {master.bpm:.0f} BPM, then start again."
        )

    def _tick(self, place: float) -> float:
        """The song's tick at a place of the master that it follows wherever it goes."""
        master = self._master()
        return place if master.unit == "ticks" else self._score.tempo_map.tick_at(place)

    def _next_bar(self, master: MasterClock, moment_s: float) -> float:
        """The place of the master's first bar line behind a moment, in its unit."""
        place = master.place_at(moment_s)
        if master.bar is not None:
            line, length = master.bar
            return line + math.ceil((place - line) / length) * length
        meters, tempo = self._score.meter_map, self._score.tempo_map
        tick = place if master.unit == "ticks" else tempo.tick_at(place)
        bar = meters.bar_of(math.floor(tick))
        line = meters.tick_of_bar(bar)
        if line < tick - PPQ / 1000:
            line = meters.tick_of_bar(bar + 1)
        return float(line) if master.unit == "ticks" else tempo.seconds_at(line)


def _turn_of(master: MasterClock) -> tuple[int, bool]:
    """What is another one whenever the master starts, stops or jumps."""
    return master.starts, master.state == "rolling"

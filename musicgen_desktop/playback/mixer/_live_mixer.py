"""A mixer that may be changed while it plays."""

from collections.abc import Callable, Sequence

from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

from ._effect import Planar
from ._live_strip import LiveStrip, Tap
from ._order import mixing_order
from ._parts import StripParts
from ._places import Places
from ._settings import StripSettings
from ._strip import no_warning, owned

LiveReader = Callable[[str, int, int], Planar | None]
"""(strip id, the stream's first frame, frames) → [2, frames] of its own source, a new array, or None."""


class Prepared:
    """What `LiveMixer.prepare` made and `LiveMixer.swap` takes: for one use.

    Attributes:
        rate: frames per second.
        tempo: for effects that count in beats.
        parts: by strip id, in the order of mixing, the master last.
        fresh: strips that have heard nothing, where nothing that sounds can be kept.
    """

    def __init__(
        self,
        rate: int,
        tempo: TempoMap,
        parts: dict[str, StripParts],
        fresh: dict[str, LiveStrip] | None = None,
    ) -> None:
        self.rate = rate
        self.tempo = tempo
        self.parts = parts
        self.fresh = fresh

    @property
    def master(self) -> StripSettings:
        """The last strip's settings."""
        return self.parts[next(reversed(self.parts))].settings


class LiveMixer:
    """Gives the samples of `Mixer` and the master's `Strip`, along a timeline that may jump.

    `process` and `swap` belong to one thread, `prepare` to any one other. What is prepared should be swapped
    in, one after the other: an effect that `prepare` could not foresee is made inside `swap`.

    Args:
        strips: sources before the buses they feed, the master last.
        rate: frames per second.
        tempo: for effects that count in beats.
    """

    def __init__(self, strips: Sequence[StripSettings], rate: int, tempo: TempoMap) -> None:
        self._plan = _prepare_fresh(strips, rate, tempo)
        self._strips: dict[str, LiveStrip] = dict(self._plan.fresh or {})
        self._order: list[LiveStrip] = list(self._strips.values())
        self._changes = False

    @property
    def latency_frames(self) -> int:
        """How far the output is behind the input."""
        master = self._plan.master
        return master.arrival_frames + master.latency_frames

    @property
    def repaired(self) -> int:
        """Samples so far that were no numbers and became silence."""
        return sum(strip.repaired for strip in self._order)

    def prepare(self, strips: Sequence[StripSettings], tempo: TempoMap, rate: int) -> Prepared:
        """Make what other settings need, effects above all; what sounds is neither changed nor looked at.

        Another rate, or another master, means to begin anew: nothing that sounds now is kept.

        Args:
            strips: all of them, as when the mixer was made. Those that are equal are not touched.
            tempo: for effects that count in beats.
            rate: frames per second.
        """
        now = self._plan
        if rate != now.rate or strips[-1].id != now.master.id:
            return _prepare_fresh(strips, rate, tempo)
        same_tempo = tempo is now.tempo or tempo == now.tempo
        parts: dict[str, StripParts] = {}
        for settings in strips:
            known = now.parts.get(settings.id)
            if (
                known is not None
                and same_tempo
                and (known.settings is settings or known.settings == settings)
            ):
                parts[settings.id] = known
            else:
                parts[settings.id] = StripParts(settings, rate, tempo, known)
        return Prepared(rate, tempo, parts)

    def swap(self, prepared: Prepared) -> None:
        """Change to what was prepared, between two blocks: the next one begins to fade over."""
        if prepared.fresh is not None:
            self._strips = dict(prepared.fresh)
            self._order = list(self._strips.values())
            self._plan, self._changes = prepared, False
            return
        for each, strip in self._strips.items():
            if each not in prepared.parts:
                strip.leave()
        strips: dict[str, LiveStrip] = {}
        for each, parts in prepared.parts.items():
            known = self._strips.get(each)
            if known is None:
                strips[each] = LiveStrip(parts, prepared.rate, joins=True)
                continue
            strips[each] = known
            if known.leaves or parts is not self._plan.parts.get(each):
                known.become(parts)
        leaving = {each: strip for each, strip in self._strips.items() if each not in strips}
        self._strips = leaving | strips
        self._plan, self._changes = prepared, True
        self._arrange()

    def process(
        self, clock: int, frames: int, course: Playhead, read: LiveReader, tap: Tap | None = None
    ) -> Planar:
        """The next block as it leaves the master, `latency_frames` late.

        Args:
            clock: the stream's frame where the block begins; each begins where the last one ended.
            frames: 1 or more.
            course: how the song runs.
            read: gives a strip's own source. A strip that was taken out is asked for some ten milliseconds
                more, while it fades.
            tap: is told each strip's block after fader and pan, the master's too.

        Returns:
            [2, frames].
        """
        if self._changes:
            self._let_go()
        places = Places(course, clock, frames)
        sums: dict[str, Planar] = {}

        def deliver(target: str, block: Planar) -> None:
            known = sums.get(target)
            if known is None:
                sums[target] = owned(block)
            else:
                known += block

        block: Planar
        with no_warning():
            for strip in self._order:
                source = strip.enter(read(strip.id, clock, frames))
                if source is not None:
                    deliver(strip.id, source)
                block = strip.process(sums.pop(strip.id, None), places, deliver, tap)
        return block

    def _let_go(self) -> None:
        """Forget ways and strips that have closed, and open those that had to wait for them."""
        ways_gone = [strip.drop_gone() for strip in self._order]
        for strip in self._order:
            if strip.leaves and not strip.deliveries:
                del self._strips[strip.id]
        if any(ways_gone) or len(self._strips) != len(self._order):
            self._arrange()
        self._changes = any(strip.changes for strip in self._order)

    def _arrange(self) -> None:
        """Put the strips in order, and open the new ways, unless one would close a circle with an old one."""
        ids = list(self._strips)
        open_ways = {
            each: {way.target for way in strip.deliveries if not way.waits}
            for each, strip in self._strips.items()
        }
        waiting = [
            (each, way)
            for each, strip in self._strips.items()
            for way in strip.deliveries
            if way.waits and not way.leaves
        ]
        order = None
        if waiting:
            wished = {each: set(targets) for each, targets in open_ways.items()}
            for each, way in waiting:
                wished[each].add(way.target)
            order = mixing_order(ids, wished)
            for each, way in waiting:
                if order is not None or mixing_order(ids, open_ways | {each: open_ways[each] | {way.target}}):
                    open_ways[each].add(way.target)
                    way.open()
        if order is None:
            order = mixing_order(ids, open_ways)
        assert order is not None  # noqa: S101 - for the type checker: what is open runs in no circle
        self._order = [self._strips[each] for each in order]


def _prepare_fresh(strips: Sequence[StripSettings], rate: int, tempo: TempoMap) -> Prepared:
    parts = {settings.id: StripParts(settings, rate, tempo) for settings in strips}
    fresh = {each: LiveStrip(made, rate, joins=False) for each, made in parts.items()}
    return Prepared(rate, tempo, parts, fresh)

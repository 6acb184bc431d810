"""All that a strip needs which takes time to make, made before the render thread asks for it."""

from collections.abc import Sequence
from itertools import pairwise

from musicgen_desktop.timing import TempoMap

from ._build import CLASSES, make_effect
from ._effect import Effect
from ._gains import SendGain, StripGain
from ._settings import InsertSettings, SendSettings, StripSettings
from ._specs import resolve_parameters
from ._stepped import initial_parameters
from ._strip import with_offsets


class InsertParts:
    """An insert, where it stands, and a fresh effect if one may be needed.

    Attributes:
        late: how many frames its input is behind the mixer's.
        key: tells whether a running effect can be turned into this one; None when bypassed.
    """

    def __init__(self, settings: InsertSettings, late: int, rate: int, tempo: TempoMap) -> None:
        self.settings = settings
        self.late = late
        self.key: tuple[object, ...] | None = None
        self.rest_frames: int | None = settings.latency_frames
        self._rate = rate
        self._tempo = tempo
        self._effect: Effect | None = None
        if not settings.bypassed:
            kind = CLASSES[settings.effect]
            values = resolve_parameters(settings.effect, initial_parameters(settings))
            place = late if kind.follows_timeline else None
            fixed = kind.fixed(values, rate, tempo)
            rest = None if settings.curves else kind.rest_frames(values, rate, tempo)
            self.rest_frames = None if rest is None else settings.latency_frames + rest
            self.key = (settings.effect, settings.latency_frames, place, rate, fixed)

    def build(self) -> None:
        """Make the effect now."""
        self._effect = self._made()

    def take_effect(self) -> Effect:
        """A fresh effect, for one use; made on the spot if `build` did not foresee that it is needed."""
        effect, self._effect = self._effect, None
        return self._made() if effect is None else effect

    def _made(self) -> Effect:
        insert = self.settings
        return make_effect(insert.effect, initial_parameters(insert), self._rate, self._tempo)


class StripParts:
    """A strip's settings, with gains and inserts ready to be taken over.

    Args:
        settings: of the strip.
        rate: frames per second.
        tempo: for effects that count in beats.
        before: the strip as it is now; effects that it has need not be made again.

    Attributes:
        rest_frames: after so much silence the strip may sleep; None for never.
    """

    def __init__(
        self, settings: StripSettings, rate: int, tempo: TempoMap, before: "StripParts | None" = None
    ) -> None:
        self.settings = settings
        self.gain: StripGain = (
            before.gain
            if before is not None and _gain_of(before.settings) == _gain_of(settings)
            else StripGain(settings)
        )
        known = {} if before is None else {send.id: send for send in before.settings.sends}
        self.send_gains: dict[str, SendGain] = {}
        for send in settings.sends:
            old_send = known.get(send.id)
            if before is None or old_send is None or _level_of(old_send) != _level_of(send):
                self.send_gains[send.id] = SendGain(send)
            else:
                self.send_gains[send.id] = before.send_gains[send.id]
        self.inserts = [
            InsertParts(insert, settings.arrival_frames + offset, rate, tempo)
            for insert, offset in with_offsets(settings.inserts)
        ]
        self.rest_frames = self._rest_frames(rate)
        old = [] if before is None else before.inserts
        stays = stays_in_order(
            [each.settings.id for each in old], [each.settings.id for each in self.inserts]
        )
        keys = {each.settings.id: each.key for each in old if each.settings.id in stays}
        for insert in self.inserts:
            if insert.key is not None and keys.get(insert.settings.id) != insert.key:
                insert.build()

    def _rest_frames(self, rate: int) -> int | None:
        """After how much silence the strip may sleep: tails have died away, and so has every fade."""
        rests = [insert.rest_frames for insert in self.inserts]
        if None in rests:
            return None
        delays = [self.settings.output_delay_frames, *(send.delay_frames for send in self.settings.sends)]
        return rate // 4 + max(delays) + sum(rest for rest in rests if rest is not None)


def stays_in_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Ids in both, so many that still follow each other in the same order; the others have moved."""
    place = {each: index for index, each in enumerate(before)}
    shared = [each for each in after if each in place]
    if all(place[a] < place[b] for a, b in pairwise(shared)):
        return set(shared)
    rows: list[list[str]] = []  # for each shared id, the longest ascending row that ends with it
    for each in shared:
        before_it = [row for row in rows if place[row[-1]] < place[each]]
        rows.append([*_longest(before_it), each])
    return set(_longest(rows))


def _longest(rows: list[list[str]]) -> list[str]:
    best: list[str] = []
    for row in rows:
        best = row if len(row) > len(best) else best
    return best


def _gain_of(strip: StripSettings) -> tuple[object, ...]:
    return (strip.is_mono, strip.gain_db, strip.pan, strip.gain_curve, strip.pan_curve, strip.muted_curve)


def _level_of(send: SendSettings) -> tuple[object, ...]:
    return (send.gain_db, send.curve)

"""A strip that is sounding and may be changed between two blocks."""

from collections.abc import Callable

import numpy as np

from ._delivery import Delivery
from ._effect import Planar
from ._gains import SendGain
from ._glide import Glide, fade_frames
from ._live_gain import LiveGain
from ._live_slot import LiveSlot
from ._parts import InsertParts, StripParts, stays_in_order
from ._places import Places
from ._settings import StripSettings
from ._strip import Deliver, mend_quietly, owned

Tap = Callable[[str, Planar], None]
"""Is told (strip id, its block after fader and pan), neither to be kept nor changed."""

_Way = tuple[str, str, bool]
"""(send id, target, pre-fader) tells deliveries apart; an output has no id."""

_ENTERED = Glide(1.0)


class LiveStrip:
    """The sound of `Strip`, to the sample, until it is changed; then without a click to the new settings.

    Args:
        parts: what it shall be.
        rate: frames per second.
        joins: whether it comes into a mixer that is sounding.
    """

    def __init__(self, parts: StripParts, rate: int, *, joins: bool) -> None:
        settings = parts.settings
        self.id = settings.id
        self.repaired = 0
        self.leaves = False
        self._rate = rate
        self._fade = fade_frames(rate)
        self._late_out = settings.arrival_frames + settings.latency_frames
        self._entrance = Glide(0.0 if joins else 1.0)
        if joins:
            self._entrance.to(1.0, self._fade)
        self._trim = Glide(settings.trim_gain)
        self._slots = [LiveSlot(insert, rate, joins=False) for insert in parts.inserts]
        self._gain = LiveGain(parts.gain, self._late_out, self._fade)
        self._ways: dict[_Way, Delivery] = {}
        self._set_ways(parts, joins=joins)
        self._rest_frames = parts.rest_frames
        self._silent_frames = 0

    @property
    def deliveries(self) -> list[Delivery]:
        """All that it hands on, closing ones too."""
        return list(self._ways.values())

    def become(self, parts: StripParts) -> None:
        """Change to these settings, from the next frame on."""
        settings = parts.settings
        self._rest_frames, self._silent_frames = parts.rest_frames, 0
        self.leaves = False
        self._late_out = settings.arrival_frames + settings.latency_frames
        if settings.trim_gain != self._trim.target.item():
            self._trim.to(settings.trim_gain, self._fade)
        self._set_slots(parts.inserts)
        self._gain.become(parts.gain, self._late_out)
        self._set_ways(parts, joins=True)

    def leave(self) -> None:
        """Close all ways out."""
        self.leaves = True
        self._silent_frames = 0
        for way in self._ways.values():
            way.leave()

    @property
    def sleeps(self) -> bool:
        """Whether it has been silent for so long that nothing of it would be heard."""
        return self._rest_frames is not None and self._silent_frames > self._rest_frames

    @property
    def changes(self) -> bool:
        """Whether anything of it is leaving, or waits to open."""
        return (
            self.leaves
            or any(way.leaves or way.waits for way in self._ways.values())
            or any(slot.leaves for slot in self._slots)
        )

    def drop_gone(self) -> bool:
        """Forget what has closed; whether a way was among it."""
        self._slots = [slot for slot in self._slots if not slot.is_gone]
        gone = [key for key, way in self._ways.items() if way.is_gone]
        for key in gone:
            del self._ways[key]
        return bool(gone)

    def enter(self, source: Planar | None) -> Planar | None:
        """The strip's own source, faded in if the strip is new; overwritten. None for silence."""
        # Digital silence seldom begins with sound: most blocks need no look at all their frames.
        if source is None or not (source[0, 0] or source[1, -1] or source.any()):
            self._entrance = _ENTERED
            return None
        if not self._entrance.is_settled:
            source *= self._entrance.next(source.shape[1]).astype(np.float32)
        return source

    def process(self, block: Planar | None, places: Places, deliver: Deliver, tap: Tap | None) -> Planar:
        """Bring the block through the strip and hand it on. After a long silence it sleeps until it ends.

        Args:
            block: [2, frames], overwritten; None for silence.
            places: of the block at the mixer's input.
            deliver: gets what goes to each send and to the output.
            tap: told the block after fader and pan.

        Returns:
            [2, frames] after fader and pan; not to be changed when the strip has an output.
        """
        if block is None:
            block = np.zeros((2, places.frames), np.float32)
            self._silent_frames += places.frames
            if self.sleeps:
                if tap is not None:
                    tap(self.id, block)
                return block
        else:
            self._silent_frames = 0
        block = self._inserted(block, places)
        self._hand_on(block, places, deliver, pre_fader=True)
        block = owned(block)
        gain = self._gain.next(places)
        if gain.shape[1] > 1 or (gain != 1.0).any():
            block *= gain
        if tap is not None and not self.leaves:
            tap(self.id, block)
        self._hand_on(block, places, deliver, pre_fader=False)
        return block

    def _inserted(self, block: Planar, places: Places) -> Planar:
        self.repaired += mend_quietly(block)
        if not self._trim.is_settled or self._trim.target.item() != 1.0:
            block *= self._trim.next(block.shape[1]).astype(np.float32)
        if not self._slots:
            return block
        for slot in self._slots:
            block = slot.process(owned(block), places)
        block = owned(block)
        self.repaired += mend_quietly(block)
        return block

    def _hand_on(self, block: Planar, places: Places, deliver: Deliver, *, pre_fader: bool) -> None:
        # The output comes last: it may hand on the block itself, which its target then changes.
        for (_send, _target, is_pre), way in self._ways.items():
            if is_pre == pre_fader and not way.waits:
                deliver(way.target, way.process(block, places))

    def _set_slots(self, inserts: list[InsertParts]) -> None:
        """Keep what follows in the same order; what moved leaves its place and joins afresh elsewhere."""
        staying = [slot.id for slot in self._slots if not slot.leaves]
        stays = stays_in_order(staying, [insert.settings.id for insert in inserts])
        slots: list[LiveSlot] = []
        old = iter(self._slots)
        for insert in inserts:
            if insert.settings.id not in stays:
                slots.append(LiveSlot(insert, self._rate, joins=True))
                continue
            for slot in old:
                slots.append(slot)
                if slot.id == insert.settings.id and not slot.leaves:
                    slot.become(insert)
                    break
                slot.leave()
        for slot in old:
            slot.leave()
            slots.append(slot)
        self._slots = slots

    def _set_ways(self, parts: StripParts, *, joins: bool) -> None:
        wanted = _wanted_ways(parts)
        for key, way in self._ways.items():
            if key not in wanted:
                way.leave()
        for key, (gain, delay) in wanted.items():
            known = self._ways.get(key)
            if known is None:
                self._ways[key] = Delivery(key[1], gain, self._late_out, delay, self._fade, joins=joins)
            else:
                known.become(gain, self._late_out, delay)
        # As in the settings, for sums to come in the same order; closing ones first, the output last.
        order = {key: place for place, key in enumerate(wanted)}
        self._ways = dict(sorted(self._ways.items(), key=lambda item: order.get(item[0], -1)))


def _wanted_ways(parts: StripParts) -> dict[_Way, tuple[SendGain | None, int]]:
    settings: StripSettings = parts.settings
    ways: dict[_Way, tuple[SendGain | None, int]] = {
        (send.id, send.target, send.pre_fader): (parts.send_gains[send.id], send.delay_frames)
        for send in settings.sends
    }
    if settings.output is not None:
        ways["", settings.output, False] = (None, settings.output_delay_frames)
    return ways

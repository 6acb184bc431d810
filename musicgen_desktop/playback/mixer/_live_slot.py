"""An insert that can be turned, bypassed, replaced and taken out while sound runs through it."""

from ._crossfade import Crossfade
from ._effect import Planar
from ._glide import fade_frames
from ._parts import InsertParts
from ._places import Places
from ._voice import Dry, Voice, Wet


class LiveSlot:
    """An insert's place in a running strip.

    Args:
        parts: what it shall be.
        rate: frames per second.
        joins: whether it comes into a strip that is sounding; then it takes over from the dry sound.
    """

    def __init__(self, parts: InsertParts, rate: int, *, joins: bool) -> None:
        self.id = parts.settings.id
        self.leaves = False
        if joins:
            self._fade: Crossfade[Voice] = Crossfade(Dry(), fade_frames(rate))
            self.become(parts)
        else:
            self._fade = Crossfade(_first_voice(parts), fade_frames(rate))

    @property
    def is_gone(self) -> bool:
        """Whether it has been taken out and is no longer heard."""
        return self.leaves and self._fade.is_settled

    def become(self, parts: InsertParts) -> None:
        """Change to these settings: by its knobs where they can move, else by another voice."""
        if parts.key is None:
            wanted = self._fade.wanted
            if not isinstance(wanted, Dry) or wanted.frames != parts.settings.latency_frames:
                self._fade.change(Dry(parts.settings.latency_frames))
            return
        for voice in self._fade.alive:
            if isinstance(voice, Wet) and voice.key == parts.key:
                voice.turn(parts.settings, parts.late)
                self._fade.change(voice)
                return
        self._fade.change(Wet(parts.take_effect(), parts.key, parts.settings, parts.late, joins=True))

    def leave(self) -> None:
        """Give way to the dry sound."""
        if not self.leaves:
            self.leaves = True
            self._fade.change(Dry())

    def process(self, block: Planar, places: Places) -> Planar:
        """The next frames; `block` may be overwritten."""
        return self._fade.process(block, places)


def _first_voice(parts: InsertParts) -> Voice:
    if parts.key is None:
        return Dry(parts.settings.latency_frames)
    return Wet(parts.take_effect(), parts.key, parts.settings, parts.late, joins=False)

"""What renders a source from any place of the timeline on, and what it leaves behind at a jump."""

from functools import lru_cache
from typing import Protocol

import numpy as np

from musicgen_desktop.dsp import fade_out
from musicgen_desktop.instruments import Instrument, ScheduledNote, make_instrument
from musicgen_desktop.playback.mixer import Planar
from musicgen_desktop.playback.plan import ClipReader, ClipsSource, SoundFiles

from ._messages import NotesToPlay

_SEAM_S = 0.02
_KEPT_CHASES = 4


class Player(Protocol):
    """Renders one source. Quickest when blocks follow each other."""

    starts_slowly: bool
    """Whether a block that follows no other takes much longer."""

    def read(self, place: int, frames: int) -> Planar:
        """[2, frames], a new array, from this frame of the timeline on; place ≥ 0."""

    def seam(self, left: int, place: int) -> Planar | None:
        """What is added to the sound after a jump so that the seam is not heard.

        Args:
            left: the frame of the timeline before which the song broke off.
            place: the one with which it goes on.

        Returns:
            [2, frames], or None for nothing.
        """


class SilentPlayer:
    """For a source that cannot be played."""

    starts_slowly = False

    def read(self, _place: int, frames: int) -> Planar:
        """Silence."""
        return np.zeros((2, frames), np.float32)

    def seam(self, _left: int, _place: int) -> Planar | None:
        """Nothing."""
        return None


class ClipsPlayer:
    """Audio clips: they jump as they are, to the frame."""

    starts_slowly = False

    def __init__(self, source: ClipsSource, files: SoundFiles) -> None:
        self._reader = ClipReader(source, files)

    def read(self, place: int, frames: int) -> Planar:
        """[2, frames]."""
        return self._reader.read(place, frames)

    def seam(self, _left: int, _place: int) -> Planar | None:
        """Nothing: a loop that was cut to fit must not be faded."""
        return None


class NotesPlayer:
    """An instrument. After a jump, notes that rang before it fade out, and notes that had begun before the
    place it jumped to fade in; notes that begin there are heard as they are.

    Args:
        wanted: what to play.
        like: the player that it replaces, whose sounds it uses again.

    Raises:
        UserInputError: as `make_instrument`.
    """

    starts_slowly = True

    def __init__(self, wanted: NotesToPlay, like: Player | None = None) -> None:
        self._wanted = wanted
        before = like.instrument if isinstance(like, NotesPlayer) else None
        self.instrument: Instrument = self._made(wanted.source.notes, before)
        self._fall = fade_out(max(round(_SEAM_S * wanted.rate), 1), "s_curve")
        self._chased = lru_cache(_KEPT_CHASES)(self._chased_at)

    def read(self, place: int, frames: int) -> Planar:
        """[2, frames]."""
        return np.ascontiguousarray(self.instrument.render(place, frames).T)

    def seam(self, left: int, place: int) -> Planar | None:
        """What rings on, minus what rings already, both falling."""
        ringing = self.read(max(left, 0), len(self._fall))
        chased = self._chased(place)
        if chased is not None:
            ringing -= chased
        ringing *= self._fall
        return ringing

    def _chased_at(self, place: int) -> Planar | None:
        """[2, frames] from `place` on of the notes alone that begin before it."""
        notes = self._wanted.source.notes
        reach = self.instrument.tail_frames
        # A pedal holds notes that ended long ago.
        held = any(control.kind == "cc" and control.number == 64 for control in self._wanted.source.controls)
        earlier = tuple(
            note for note in notes if note.start_frame < place and (held or note.end_frame + reach > place)
        )
        if not earlier:
            return None
        return np.ascontiguousarray(self._made(earlier, self.instrument).render(place, len(self._fall)).T)

    def _made(self, notes: tuple[ScheduledNote, ...], like: Instrument | None) -> Instrument:
        wanted = self._wanted
        return make_instrument(
            wanted.source.patch,
            notes,
            wanted.rate,
            soundfont=wanted.soundfont,
            controls=wanted.source.controls,
            like=like,
        )

"""Audio and notes placed on a track."""

import math
from typing import Literal, Self

import msgspec

from musicgen_desktop.foundation import new_id
from musicgen_desktop.music import Control, Note
from musicgen_desktop.timing import TempoMap

from ._origin import Origin

FadeShape = Literal["equal_power", "linear", "s_curve"]


class _Placed(msgspec.Struct, frozen=True):
    """What all clips are: something with a name, at a place, that can be muted."""

    id: str
    name: str
    start_ticks: int
    length_ticks: int

    @property
    def end_ticks(self) -> int:
        """The first tick after the clip."""
        return self.start_ticks + self.length_ticks

    def moved_to(self, start_ticks: int) -> Self:
        """The clip at another place."""
        return msgspec.structs.replace(self, start_ticks=start_ticks)

    def renamed(self, name: str) -> Self:
        """The clip under another name."""
        return msgspec.structs.replace(self, name=name)

    def muted_as(self, muted: bool) -> Self:  # noqa: FBT001 - the one thing it says
        """The clip silenced or heard again."""
        return msgspec.structs.replace(self, muted=muted)

    def duplicated(self, start_ticks: int) -> Self:
        """The same material once more, as a clip of its own."""
        return msgspec.structs.replace(self, id=new_id("clip"), start_ticks=start_ticks)

    def _refuse_split_outside(self, tick: int) -> None:
        if not self.start_ticks < tick < self.end_ticks:
            raise ValueError("a clip is split between its ends")


class AudioClip(_Placed, frozen=True, forbid_unknown_fields=True, tag="audio"):
    """A span of an audio file, placed on a track at the file's own speed.

    The span begins `source_offset_frames` (frames of the *source's* rate) into the file and lasts as long as
    `length_ticks` do at the clip's place in the tempo map. `reversed` plays that same span backwards.
    """

    source_id: str
    source_offset_frames: int = 0
    gain_db: float = 0.0
    fade_in_ms: float = 0.0
    fade_out_ms: float = 0.0
    fade_shape: FadeShape = "equal_power"
    muted: bool = False
    reversed: bool = False
    take_id: str | None = None
    color: str | None = None

    def trimmed_to(
        self, start_ticks: int, length_ticks: int, *, tempo_map: TempoMap, source_rate: int
    ) -> Self:
        """The clip with other ends, the sound staying where it is in the song.

        The clip cannot begin before its file does: an earlier start is moved to the file's first frame.

        Args:
            start_ticks: where it begins.
            length_ticks: at least 1.
            tempo_map: the song's, to tell how many frames lie between two ticks.
            source_rate: the rate of the clip's source.

        Raises:
            ValueError: when nothing would be left.
        """
        end_ticks = start_ticks + length_ticks
        if self.reversed:
            # Backwards, the right end is where the span begins in the file.
            limit_s = tempo_map.seconds_at(self.end_ticks) + self.source_offset_frames / source_rate
            end_ticks = min(end_ticks, math.floor(tempo_map.tick_at(limit_s) + 1e-6))
            moved_s = tempo_map.seconds_between(end_ticks, self.end_ticks)
        else:
            limit_s = tempo_map.seconds_at(self.start_ticks) - self.source_offset_frames / source_rate
            if limit_s > 0.0:
                start_ticks = max(start_ticks, math.ceil(tempo_map.tick_at(limit_s) - 1e-6))
            moved_s = tempo_map.seconds_between(self.start_ticks, start_ticks)
        if end_ticks <= start_ticks:
            raise ValueError("a clip is at least one tick long")
        return msgspec.structs.replace(
            self,
            start_ticks=start_ticks,
            length_ticks=end_ticks - start_ticks,
            source_offset_frames=max(0, self.source_offset_frames + round(moved_s * source_rate)),
        )

    def split_at(self, tick: int, *, tempo_map: TempoMap, source_rate: int) -> tuple[Self, Self]:
        """The parts left and right of a tick; the right one gets an id of its own.

        Raises:
            ValueError: when the tick is not inside the clip.
        """
        self._refuse_split_outside(tick)
        left = self.trimmed_to(
            self.start_ticks, tick - self.start_ticks, tempo_map=tempo_map, source_rate=source_rate
        )
        right = self.trimmed_to(tick, self.end_ticks - tick, tempo_map=tempo_map, source_rate=source_rate)
        return (
            msgspec.structs.replace(left, fade_out_ms=0.0),
            msgspec.structs.replace(right, fade_in_ms=0.0, id=new_id("clip")),
        )


class NotesClip(_Placed, frozen=True, forbid_unknown_fields=True, tag="notes"):
    """Notes placed on a track.

    Notes and controls lie on the content's own ruler; its tick `content_offset_ticks` sounds at the clip's
    start. With `loop_length_ticks` the content's first so many ticks repeat until the clip ends.
    """

    notes: tuple[Note, ...] = ()
    controls: tuple[Control, ...] = ()
    content_offset_ticks: int = 0
    loop_length_ticks: int | None = None
    muted: bool = False
    take_id: str | None = None
    color: str | None = None
    origins: tuple[Origin, ...] = ()
    """The files of others that notes in it came from."""

    def with_notes(self, notes: tuple[Note, ...]) -> Self:
        """The clip with other notes."""
        return msgspec.structs.replace(self, notes=notes)

    def trimmed_to(self, start_ticks: int, length_ticks: int) -> Self:
        """The clip with other ends, the notes staying where they are in the song.

        Raises:
            ValueError: when nothing would be left.
        """
        if length_ticks < 1:
            raise ValueError("a clip is at least one tick long")
        offset = self.content_offset_ticks + start_ticks - self.start_ticks
        if self.loop_length_ticks is not None:
            offset %= self.loop_length_ticks
        return msgspec.structs.replace(
            self, start_ticks=start_ticks, length_ticks=length_ticks, content_offset_ticks=offset
        )

    def split_at(self, tick: int) -> tuple[Self, Self]:
        """The parts left and right of a tick; the right one gets an id of its own.

        Raises:
            ValueError: when the tick is not inside the clip.
        """
        self._refuse_split_outside(tick)
        left = self.trimmed_to(self.start_ticks, tick - self.start_ticks)
        right = self.trimmed_to(tick, self.end_ticks - tick)
        return left, msgspec.structs.replace(right, id=new_id("clip"))

    def notes_inside(self) -> tuple[Note, ...]:
        """The notes of the content that lie in the clip's ends and loop, wholly or in part, each once."""
        spans = {(low, high) for _, low, high in self._windows()}
        return tuple(
            note
            for note in self.notes
            if any(
                note.start_ticks < high and note.start_ticks + note.length_ticks > low for low, high in spans
            )
        )

    def sounding_notes(self) -> tuple[Note, ...]:
        """What is heard of a clip: `unrolled_notes`, or nothing of a muted one."""
        return () if self.muted else self.unrolled_notes()

    def unrolled_notes(self) -> tuple[Note, ...]:
        """The notes in ticks of the song: the loop written out, cut at its seam and at the clip's ends.

        A note that is already sounding where the clip begins starts there: both halves of a split clip
        together sound as long as the whole. Sorted by start, then pitch.
        """
        placed: list[Note] = []
        for shift, low, high in self._windows():
            for note in self.notes:
                start = max(note.start_ticks, low)
                end = min(note.start_ticks + note.length_ticks, high)
                if start >= end:
                    continue
                if shift == 0 and start == note.start_ticks and end - start == note.length_ticks:
                    placed.append(note)
                else:
                    placed.append(Note(start + shift, end - start, note.pitch, note.velocity))
        placed.sort(key=lambda note: (note.start_ticks, note.pitch))
        return tuple(placed)

    def sounding_controls(self) -> tuple[Control, ...]:
        """The controls in ticks of the song; of those before a window the last of each kind opens it."""
        if self.muted:
            return ()
        placed: list[Control] = []
        for shift, low, high in self._windows():
            held: dict[tuple[str, int], Control] = {}
            for control in self.controls:
                if control.tick <= low:
                    known = held.get((control.kind, control.number))
                    if known is None or known.tick <= control.tick:
                        held[control.kind, control.number] = control
                elif control.tick < high:
                    placed.append(msgspec.structs.replace(control, tick=control.tick + shift))
            placed += [msgspec.structs.replace(control, tick=low + shift) for control in held.values()]
        placed.sort(key=lambda control: control.tick)
        return tuple(placed)

    def _windows(self) -> list[tuple[int, int, int]]:
        """(content → song shift, first, end) of each stretch of content that the clip shows."""
        offset, length, loop = self.content_offset_ticks, self.length_ticks, self.loop_length_ticks
        if loop is None:
            return [(self.start_ticks - offset, offset, offset + length)]
        windows: list[tuple[int, int, int]] = []
        at, low = self.start_ticks, offset % loop
        while at < self.end_ticks:
            high = min(loop, low + self.end_ticks - at)
            windows.append((at - low, low, high))
            at, low = at + high - low, 0
        return windows


Clip = AudioClip | NotesClip

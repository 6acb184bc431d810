"""Messages of a file's tracks → notes, controls and sounds."""

from collections import defaultdict, deque
from collections.abc import Sequence

import mido

from musicgen_desktop.music import GM_PROGRAMS, Control, Note, Patch, note_order

from ._channels import DRUM_CHANNEL
from ._read_values import MidiTrack

Event = tuple[int, mido.Message | mido.MetaMessage]

_BANK_HIGH, _BANK_LOW = 0, 32
_DRUMS = "Drums"


class _Part:
    """What one track plays on one channel, while it is read."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.controls: list[Control] = []
        self.programs: list[tuple[int, int, int]] = []  # tick, bank, program
        self._bank = [0, 0]
        self._held: dict[int, deque[tuple[int, int]]] = defaultdict(deque)

    def take(self, tick: int, message: mido.Message) -> None:
        """One more message of the channel."""
        match message.type:
            case "note_on" if message.velocity:
                self._held[message.note].append((tick, message.velocity))
            case "note_on" | "note_off":
                self._let_go(message.note, tick)
            case "control_change" if message.control in (_BANK_HIGH, _BANK_LOW):
                self._bank[message.control == _BANK_LOW] = message.value
            case "control_change":
                self.controls.append(Control(tick, "cc", message.control, message.value))
            case "pitchwheel":
                self.controls.append(Control(tick, "pitch_bend", value=message.pitch))
            case "aftertouch":
                self.controls.append(Control(tick, "pressure", value=message.value))
            case "program_change":
                high, low = self._bank
                self.programs.append((tick, high << 7 | low, message.program))

    def end(self, tick: int) -> None:
        """The track is over: keys that are still held are let go."""
        for pitch, held in self._held.items():
            while held:
                self._let_go(pitch, tick)

    def patch(self, channel: int) -> Patch | None:
        """The sound with which the first note plays."""
        first = min(note.start_ticks for note in self.notes)
        chosen = [each for each in self.programs if each[0] <= first][-1:] or self.programs[:1]
        if channel == DRUM_CHANNEL:
            program = chosen[0][2] if chosen else 0
            return Patch("general_midi", program=program, is_drums=True, name=_DRUMS)
        if not chosen:
            return None
        _, bank, program = chosen[0]
        return Patch("general_midi", program=program, bank=bank, name=GM_PROGRAMS[program])

    def _let_go(self, pitch: int, tick: int) -> None:
        """The key that was struck first ends first; one that nobody struck is passed over."""
        if self._held[pitch]:
            start, velocity = self._held[pitch].popleft()
            self.notes.append(Note(start, max(1, tick - start), pitch, velocity))


class TrackReader:
    """Collects the tracks of a file, one for each of its tracks and channels that plays something."""

    def __init__(self) -> None:
        self.tracks: list[MidiTrack] = []
        self.remarks: list[str] = []

    def read(self, name: str, events: Sequence[Event]) -> bool:
        """Take one track of the file in; whether it plays something.

        Args:
            name: of the track.
            events: by tick, in our ticks.
        """
        parts: dict[int, _Part] = defaultdict(_Part)
        for tick, message in events:
            if not message.is_meta and hasattr(message, "channel"):
                parts[message.channel].take(tick, message)
        for part in parts.values():
            part.end(events[-1][0])
        playing = {channel: part for channel, part in sorted(parts.items()) if part.notes}
        for channel, part in playing.items():
            patch = part.patch(channel)
            self.tracks.append(
                MidiTrack(
                    name=_named(name, channel, patch, alone=len(playing) == 1),
                    channel=channel,
                    patch=patch,
                    notes=tuple(sorted(part.notes, key=note_order)),
                    controls=tuple(part.controls),
                )
            )
            if len({each[1:] for each in part.programs}) > 1:
                called = self.tracks[-1].name or f"channel {channel + 1}"
                self.remarks.append(f"“{called}” changes its sound along the way; it keeps the first.")
        return bool(playing)


def _named(name: str, channel: int, patch: Patch | None, *, alone: bool) -> str:
    """A track that plays on one channel keeps its name; others go by their sounds."""
    if alone and name:
        return name
    if patch is not None:
        return patch.name
    return f"{name} {channel + 1}" if name else ""

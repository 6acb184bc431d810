"""Play notes with samples: one preset of a SoundFont through TinySoundFont."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musicgen_desktop.music import Patch

from ._attack import LISTEN_S, leads
from ._controls import Controls
from ._sampled_preset import REFERENCE_VELOCITY, SampledPreset, apply_control
from ._schedule import (
    GRID_FRAMES,
    Audio,
    GridInstrument,
    Instrument,
    ScheduledControl,
    ScheduledNote,
)

LONGEST_TAIL_S = 5.0
_SEEK_BACK_S = 8.0
_OFF, _CONTROL, _ON = 0, 1, 2
_WHEEL = -1


class _Wanted(NamedTuple):
    """What a part needs of a SoundFont."""

    patch: Patch
    rate: int
    soundfont: Path
    keys: frozenset[int]
    softest: int
    loudest: int


class _Loaded:
    """What is loaded for a part, and by how many frames each key is started before its note."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        velocities = wanted.softest, wanted.loudest
        self.preset = SampledPreset(wanted.patch, wanted.rate, wanted.soundfont, wanted.keys, velocities)
        self.leads = self._leads()

    def has(self, other: _Wanted) -> bool:
        """Whether it holds all that another part needs."""
        mine = self._wanted
        return (
            other[:3] == mine[:3]
            and other.keys <= mine.keys
            and mine.softest <= other.softest
            and other.loudest <= mine.loudest
        )

    def _leads(self) -> dict[int, int]:
        """A fraction of a millisecond per key."""
        rate = self._wanted.rate
        ordered = sorted(self._wanted.keys)
        sounds = np.zeros((len(ordered), int(LISTEN_S * rate), 2), np.float32)
        for key, sound in zip(ordered, sounds, strict=True):
            player = self.preset.player()
            player.channel_note_on(0, key, REFERENCE_VELOCITY / 127)
            player.render(sound)
        return dict(zip(ordered, leads(sounds, rate).tolist(), strict=True))


class SoundFontInstrument(GridInstrument):
    """One General MIDI part, whose notes start so early that their attacks stand on the notes.

    Seeking starts a few seconds early, so notes that still ring there are heard.
    """

    def __init__(
        self,
        patch: Patch,
        notes: Sequence[ScheduledNote],
        rate: int,
        soundfont: Path,
        controls: Sequence[ScheduledControl] = (),
        like: Instrument | None = None,
    ) -> None:
        """Load what the notes need of the patch, a matter of milliseconds; nothing if `like` has it already.

        Raises:
            BadSoundFontError: when the file cannot be played.
        """
        super().__init__()
        self._rate = rate
        keys = frozenset(note.pitch for note in notes)
        loudness = [note.velocity for note in notes] or [REFERENCE_VELOCITY]
        wanted = _Wanted(patch, rate, soundfont, keys, min(loudness), max(loudness))
        known = like.loaded if isinstance(like, SoundFontInstrument) else None
        self.loaded: _Loaded = known if known is not None and known.has(wanted) else _Loaded(wanted)
        self._preset = self.loaded.preset
        self.tail_frames = int(rate * (min(self._preset.release_s, LONGEST_TAIL_S) + 0.05))
        self._events = _events(notes, controls, rate, self.loaded.leads)
        # A lead may reach back before the song: that part is rendered and thrown away.
        self._first_cell = min(self._events[0][0] // GRID_FRAMES, 0) if self._events else 0
        self._next = 0
        self._player = self._preset.player()

    def _seek(self, cell: int) -> None:
        """Start earlier and throw that away: exact where nothing older than a few seconds still sounds."""
        self._player = self._preset.player()
        early = max(self._first_cell, cell - int(_SEEK_BACK_S * self._rate / GRID_FRAMES))
        self._next = 0
        start = early * GRID_FRAMES
        sounding: dict[int, int] = {}
        while self._next < len(self._events) and self._events[self._next][0] < start:
            _, kind, first, second = self._events[self._next]
            if kind == _CONTROL:
                self._apply(kind, first, second)
            elif kind == _ON:
                sounding[first] = second
            else:
                sounding.pop(first, None)
            self._next += 1
        for pitch, velocity in sounding.items():
            self._apply(_ON, pitch, velocity)
        for earlier in range(early, cell):
            self._render_cell(earlier)

    def _render_cell(self, cell: int) -> Audio:
        """The player works in sub-blocks of 64 frames counted from each call: calls end only at cells and
        events.
        """
        result = np.zeros((GRID_FRAMES, 2), np.float32)
        start = cell * GRID_FRAMES
        done = 0
        events = self._events
        while self._next < len(events) and events[self._next][0] < start + GRID_FRAMES:
            frame, kind, first, second = events[self._next]
            if frame - start > done:
                self._player.render(result[done : frame - start])
                done = frame - start
            self._apply(kind, first, second)
            self._next += 1
        if done < GRID_FRAMES:
            self._player.render(result[done:])
        result *= self._preset.gain
        return result

    def _apply(self, kind: int, first: int, second: int) -> None:
        if kind == _ON:
            self._player.channel_note_on(0, first, second / 127)
        elif kind == _OFF:
            self._player.channel_note_off(0, first)
        else:
            apply_control(self._player, "pitch_bend" if first == _WHEEL else "cc", first, second)


def _events(
    notes: Sequence[ScheduledNote],
    controls: Sequence[ScheduledControl],
    rate: int,
    leads_of: Mapping[int, int],
) -> list[tuple[int, int, int, int]]:
    """(frame, kind, pitch or controller, velocity or value), note-offs first and note-ons last in a frame.

    Each key's notes are early by its lead, at both ends; the first may come before frame 0.
    """
    events: list[tuple[int, int, int, int]] = []
    pedal = Controls(controls, rate)
    for note in notes:
        start = max(note.start_frame, 0)
        lead = leads_of.get(note.pitch, 0)
        events.append((start - lead, _ON, note.pitch, note.velocity))
        # The player knows no sustain pedal: a note that the pedal holds is simply longer.
        end = pedal.held_until(max(note.end_frame, start + 1))
        events.append((end - lead, _OFF, note.pitch, 0))
    first = min([0, *(event[0] for event in events)])
    for control in controls:
        # What is set before the song holds for a note that starts before it.
        frame = control.frame if control.frame > 0 else first
        if control.kind == "cc" and control.number in {1, 7, 10, 11}:
            events.append((frame, _CONTROL, control.number, control.value))
        elif control.kind == "pitch_bend":
            events.append((frame, _CONTROL, _WHEEL, control.value))
    events.sort()
    return events

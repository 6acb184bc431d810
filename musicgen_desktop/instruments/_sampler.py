"""Play notes with samples: one preset of a SoundFont through TinySoundFont."""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from musicgen_desktop.music import Patch

from ._attack import LISTEN_S, leads
from ._controls import Controls
from ._schedule import GRID_FRAMES, Audio, GridInstrument, ScheduledControl, ScheduledNote
from ._sound_font_file import BadSoundFontError, SoundFontTables, read_sound_font
from ._subset import subset_preset

_DRUM_BANK = 128
_MOST_VOICES = 192
_LONGEST_TAIL_S = 5.0
_SEEK_BACK_S = 8.0
# The level every patch is brought to: velocity 100 of a middle note at −18 dBFS RMS, drums by their kick's
# peak.
_REFERENCE_VELOCITY, _REFERENCE_STROKE = 100, 110
_REFERENCE_RMS = 10 ** (-18 / 20)
_REFERENCE_DRUM_PEAK = 10 ** (-7 / 20)
_HIGHEST_PEAK = 10 ** (-5 / 20)
_TRIM_RANGE = (10 ** (-12 / 20), 10 ** (30 / 20))
_OFF, _CONTROL, _ON = 0, 1, 2


def player_available() -> bool:
    """Whether TinySoundFont can be imported; it is optional."""
    return _player_module() is not None


def _player_module() -> Any:
    try:
        from tinysoundfont import _tinysoundfont  # noqa: PLC0415 - optional, and slow to import
    except ImportError:
        return None
    return _tinysoundfont


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
    ) -> None:
        """Load what the notes need of the patch, a matter of milliseconds.

        Raises:
            BadSoundFontError: when the file cannot be played.
        """
        super().__init__()
        module = _player_module()
        if module is None:
            raise ValueError("tinysoundfont is not installed: ask available_soundfont() first")
        self._module = module
        self._rate = rate
        self._drums = patch.is_drums
        reference = _reference_key(patch)
        keys = frozenset(note.pitch for note in notes)
        loudness = [_REFERENCE_VELOCITY, _REFERENCE_STROKE, *(note.velocity for note in notes)]
        tables = _tables(soundfont)
        index = _preset_for(tables, patch)
        subset = subset_preset(tables, index, keys | {reference}, (min(loudness), max(loudness)))
        try:
            self._loaded = module.SoundFont(subset.data)
        except RuntimeError as error:
            raise BadSoundFontError(soundfont, "its instrument could not be loaded") from error
        low, high = subset.key_span
        self._gain = self._trim(min(max(reference, low), high))
        self.tail_frames = int(rate * (min(subset.release_s, _LONGEST_TAIL_S) + 0.05))
        self._events = _events(notes, controls, rate, self._leads(keys))
        # A lead may reach back before the song: that part is rendered and thrown away.
        self._first_cell = min(self._events[0][0] // GRID_FRAMES, 0) if self._events else 0
        self._next = 0
        self._player = self._fresh()

    def _fresh(self) -> Any:
        """A player at rest: a clone, since TinySoundFont's own reset leaves traces in the sound."""
        player = self._module.SoundFont(self._loaded)
        player.set_output(self._module.OutputMode.StereoInterleaved, self._rate, 0.0)
        player.set_max_voices(_MOST_VOICES)
        player.channel_set_bank(0, 0)
        player.channel_set_preset_number(0, 0, self._drums)
        player.channel_set_pan(0, 0.5)
        return player

    def _trim(self, key: int) -> np.float32:
        """The gain that brings a reference note of this patch to the level all instruments share."""
        player = self._fresh()
        tenth = self._rate // 10
        audio = np.zeros((15 * tenth, 2), np.float32)
        player.channel_note_on(0, key, (_REFERENCE_STROKE if self._drums else _REFERENCE_VELOCITY) / 127)
        player.render(audio)
        peak = float(np.max(np.abs(audio)))
        if not 1e-6 < peak < 1e6:
            return np.float32(1)
        if self._drums:
            gain = _REFERENCE_DRUM_PEAK / peak
        else:
            # The loudest three tenths of a second: the body of a piano note, the full swell of a pad.
            energy = np.mean(np.square(audio).reshape(15, -1), axis=1)
            level = float(np.sqrt(np.max(np.convolve(energy, np.ones(3) / 3, "valid"))))
            gain = min(_REFERENCE_RMS / level, _HIGHEST_PEAK / peak)
        return np.float32(min(max(gain, _TRIM_RANGE[0]), _TRIM_RANGE[1]))

    def _leads(self, keys: frozenset[int]) -> dict[int, int]:
        """By how many frames each key is started before its note; a fraction of a millisecond per key."""
        ordered = sorted(keys)
        sounds = np.zeros((len(ordered), int(LISTEN_S * self._rate), 2), np.float32)
        for key, sound in zip(ordered, sounds, strict=True):
            player = self._fresh()
            player.channel_note_on(0, key, _REFERENCE_VELOCITY / 127)
            player.render(sound)
        return dict(zip(ordered, leads(sounds, self._rate).tolist(), strict=True))

    def _seek(self, cell: int) -> None:
        """Start earlier and throw that away: exact where nothing older than a few seconds still sounds."""
        self._player = self._fresh()
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
        result *= self._gain
        return result

    def _apply(self, kind: int, first: int, second: int) -> None:
        if kind == _ON:
            self._player.channel_note_on(0, first, second / 127)
        elif kind == _OFF:
            self._player.channel_note_off(0, first)
        elif first < 0:
            self._player.channel_set_pitch_wheel(0, second)
        else:
            self._player.channel_midi_control(0, first, second)


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
            events.append((frame, _CONTROL, control.number, min(max(control.value, 0), 127)))
        elif control.kind == "pitch_bend":
            events.append((frame, _CONTROL, -1, min(max(control.value + 8192, 0), 16383)))
    events.sort()
    return events


def _reference_key(patch: Patch) -> int:
    """A key from the middle of what the program usually plays."""
    if patch.is_drums:
        return 36
    return 40 if 32 <= patch.program < 40 else 60


def _preset_for(tables: SoundFontTables, patch: Patch) -> int:
    """The preset asked for, else the nearest one the font has."""
    if patch.is_drums:
        wanted = [(_DRUM_BANK, patch.program), (_DRUM_BANK, 0)]
    else:
        wanted = [(patch.bank, patch.program), (0, patch.program), (0, 0)]
    for bank, program in wanted:
        index = tables.preset_index(bank, program)
        if index is not None:
            return index
    return 0


def _tables(path: Path) -> SoundFontTables:
    try:
        status = path.stat()
    except OSError as error:
        raise BadSoundFontError(path, error.strerror or "it cannot be opened") from error
    return _tables_of(path, status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=4)
def _tables_of(path: Path, _changed_ns: int, _size: int) -> SoundFontTables:
    return read_sound_font(path)

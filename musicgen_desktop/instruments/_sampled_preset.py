"""One preset of a SoundFont, loaded: players of it, and the gain that brings it to the shared level."""

import functools
from pathlib import Path
from typing import Any

import numpy as np

from musicgen_desktop.music import Patch

from ._sound_font_file import BadSoundFontError, SoundFontTables, read_sound_font
from ._subset import subset_preset

_DRUM_BANK = 128
_MOST_VOICES = 192
# The level every patch is brought to: velocity 100 of a middle note at −18 dBFS RMS, drums by their kick's
# peak.
REFERENCE_VELOCITY, _REFERENCE_STROKE = 100, 110
_REFERENCE_RMS = 10 ** (-18 / 20)
_REFERENCE_DRUM_PEAK = 10 ** (-7 / 20)
_HIGHEST_PEAK = 10 ** (-5 / 20)
_TRIM_RANGE = (10 ** (-12 / 20), 10 ** (30 / 20))


def player_available() -> bool:
    """Whether TinySoundFont can be imported; it is optional."""
    return _player_module() is not None


def _player_module() -> Any:
    try:
        from tinysoundfont import _tinysoundfont  # noqa: PLC0415 - optional, and slow to import
    except ImportError:
        return None
    return _tinysoundfont


class SampledPreset:
    """What some keys and velocities of a patch need.

    Args:
        patch: a General MIDI one.
        rate: frames per second.
        soundfont: the file.
        keys: that will be played.
        velocities: least and greatest that will be played.

    Raises:
        BadSoundFontError: when the file cannot be played.
    """

    def __init__(
        self, patch: Patch, rate: int, soundfont: Path, keys: frozenset[int], velocities: tuple[int, int]
    ) -> None:
        module = _player_module()
        if module is None:
            raise ValueError("tinysoundfont is not installed: ask available_soundfont() first")
        self._module = module
        self._rate = rate
        self._drums = patch.is_drums
        reference = _reference_key(patch)
        tables = _tables(soundfont)
        index = _preset_for(tables, patch)
        softest, loudest = velocities
        span = min(softest, REFERENCE_VELOCITY), max(loudest, _REFERENCE_STROKE)
        subset = subset_preset(tables, index, keys | {reference}, span)
        try:
            self._loaded = module.SoundFont(subset.data)
        except RuntimeError as error:
            raise BadSoundFontError(soundfont, "its instrument could not be loaded") from error
        low, high = subset.key_span
        self.release_s = subset.release_s
        self.gain = self._trim(min(max(reference, low), high))

    def player(self) -> Any:
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
        player = self.player()
        tenth = self._rate // 10
        audio = np.zeros((15 * tenth, 2), np.float32)
        player.channel_note_on(0, key, (_REFERENCE_STROKE if self._drums else REFERENCE_VELOCITY) / 127)
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


def apply_control(player: Any, kind: str, number: int, value: int) -> None:
    """Tell a player of a controller; those that it does not know are passed over."""
    if kind == "cc" and number in {1, 7, 10, 11}:
        player.channel_midi_control(0, number, min(max(value, 0), 127))
    elif kind == "pitch_bend":
        player.channel_set_pitch_wheel(0, min(max(value + 8192, 0), 16383))


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

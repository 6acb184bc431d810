"""What a person typed becomes a request; every value is refused in one sentence when it cannot be."""

import re
from typing import cast, get_args

from musicgen_desktop.exchange.midi_file import MidiForm, MidiType, TicksPerQuarter
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import STEMS, Request, check_request
from musicgen_desktop.media import Bits
from musicgen_desktop.music import Key, parse_progression_bars
from musicgen_desktop.timing import Meter

RATES = (44_100, 48_000, 88_200, 96_000)


def request_of(
    prompt: str,
    *,
    engine: str = "composer",
    model: str | None = None,
    style: str | None = None,
    bars: int | None = None,
    seconds: float | None = None,
    tempo: float | None = None,
    key: str | None = None,
    meter: str | None = None,
    chords: str | None = None,
    stems: str | None = None,
    seed: int = 0,
) -> Request:
    """A checked request from plain text values.

    Raises:
        UserInputError: when a value is unknown or out of range.
    """
    request = Request(
        # What the terminal could not decode arrives as lone surrogates, which no file can hold.
        prompt=prompt.encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        engine=engine,
        model=model,
        style=style,
        bars=bars,
        seconds=seconds,
        tempo_bpm=tempo,
        key=None if key is None else Key.parse(key),
        meter=None if meter is None else Meter.parse(meter),
        chords=None if chords is None else parse_progression_bars(chords),
        stems=None if stems is None else stems_of(stems),
        seed=seed,
    )
    check_request(request)
    return request


def checked_bits(bits: int) -> Bits:
    """The bit depth, when a WAV file can have it.

    Raises:
        UserInputError: naming the ones that are possible.
    """
    for depth in get_args(Bits):
        if bits == depth:
            return cast("Bits", depth)
    raise UserInputError(f"WAV files have 16, 24 or 32 (float) bits, not {bits}.")


def checked_midi(midi_type: int, ppq: int) -> MidiForm:
    """The form of MIDI files, when one is written so.

    Raises:
        UserInputError: naming the types, or the ticks per quarter note, that are possible.
    """
    if midi_type not in get_args(MidiType):
        raise UserInputError(f"MIDI files are written as type 0 or 1, not {midi_type}.")
    if ppq not in get_args(TicksPerQuarter):
        raise UserInputError(f"MIDI files are written with 480 or 960 ticks per quarter note, not {ppq}.")
    return MidiForm(cast("MidiType", midi_type), cast("TicksPerQuarter", ppq))


def checked_rate(rate: int) -> int:
    """The sample rate, when DAWs expect it.

    Raises:
        UserInputError: naming the ones that are possible.
    """
    if rate not in RATES:
        raise UserInputError(f"Choose a sample rate of {', '.join(map(str, RATES))} Hz, not {rate}.")
    return rate


def stems_of(text: str) -> tuple[str, ...]:
    """`drums, bass` → names, each once and in the order of the song; unknown names are left for the check."""
    names = [name for name in re.split(r"[,;\s]+", text.strip().lower()) if name]
    known = [stem for stem in STEMS if stem in names]
    return (*known, *(name for name in names if name not in STEMS))


def bars_of(text: str) -> tuple[int, int]:
    """`5-8` or `5` → first and last bar, both included.

    Raises:
        UserInputError: when the text is no such range.
    """
    found = re.fullmatch(r"\s*(\d{1,4})\s*(?:[-–:]\s*(\d{1,4})\s*)?", text)
    if found is None:
        raise UserInputError(f"“{text[:40]}” is no range of bars; write it like 5-8, or 5 for one bar.")
    first = int(found[1])
    return first, int(found[2] or first)

"""What is asked of an engine: a new song, or some bars of it made again."""

import difflib
import math
from collections.abc import Mapping
from typing import Any

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Chord, Key
from musicgen_desktop.timing import Meter

STEMS = ("drums", "percussion", "bass", "chords", "pad", "arp", "melody", "counter")
"""The stems a song can have, in the order in which they are listed and exported."""

MIN_BARS, MAX_BARS = 1, 999
MIN_TEMPO_BPM, MAX_TEMPO_BPM = 20.0, 400.0
MIN_SECONDS, MAX_SECONDS = 1.0, 3600.0
MIN_SEED, MAX_SEED = -(2**63), 2**64 - 1  # what a project's file keeps to the digit
MAX_PROMPT_CHARACTERS = 2000


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A wish for a song. Whatever is None is taken from the prompt, else chosen by the style and the seed.

    Attributes:
        prompt: plain English, at most `MAX_PROMPT_CHARACTERS`.
        style: id or name of a style; beats the prompt.
        bars: 1..999. `seconds` (1..3600) is rounded to whole bars; giving both is refused.
        tempo_bpm: quarter notes per minute, 20..400.
        chords: bars of chords, kept exactly; repeated when the song is longer.
        stems: names out of `STEMS`.
        seed: `MIN_SEED` to `MAX_SEED`; request and seed make the same song on every platform.
    """

    prompt: str = ""
    engine: str = "composer"
    model: str | None = None
    style: str | None = None
    bars: int | None = None
    seconds: float | None = None
    tempo_bpm: float | None = None
    key: Key | None = None
    meter: Meter | None = None
    chords: tuple[tuple[Chord, ...], ...] | None = None
    stems: tuple[str, ...] | None = None
    seed: int = 0


class Remake(msgspec.Struct, frozen=True):
    """A wish to make some stems again between two bars (both included, counted from 1)."""

    stems: tuple[str, ...]
    first_bar: int
    last_bar: int
    seed: int


def check_request(request: Request) -> None:
    """Refuse what no engine can do.

    Raises:
        UserInputError: with one sentence that names the value, its limits and the mend.
    """
    if len(request.prompt) > MAX_PROMPT_CHARACTERS:
        raise UserInputError(
            f"The prompt has {len(request.prompt)} characters; shorten it to at most {MAX_PROMPT_CHARACTERS}."
        )
    check_seed(request.seed)
    if request.bars is not None and request.seconds is not None:
        raise UserInputError("Give a length in bars or in seconds, not both.")
    if request.bars is not None:
        check_bars(request.bars)
    if request.seconds is not None:
        check_seconds(request.seconds)
    if request.tempo_bpm is not None:
        check_tempo(request.tempo_bpm)
    if request.stems is not None:
        check_stems(request.stems)
    if request.chords is not None and not any(request.chords):
        raise UserInputError(
            "The chord list is empty; write chords such as “Am F C G” or leave the option out."
        )


def check_seed(seed: int) -> None:
    """Raise UserInputError unless it can be kept with a take."""
    if not MIN_SEED <= seed <= MAX_SEED:
        raise UserInputError("The seed is too large; ask for one of at most 18 digits.")


def check_bars(bars: int) -> None:
    """Raise UserInputError unless a song may be so many bars long."""
    if not MIN_BARS <= bars <= MAX_BARS:
        raise UserInputError(f"A song cannot be {bars} bars long; ask for {MIN_BARS} to {MAX_BARS} bars.")


def check_seconds(seconds: float) -> None:
    """Raise UserInputError unless a song may be so many seconds long."""
    if not (math.isfinite(seconds) and MIN_SECONDS <= seconds <= MAX_SECONDS):
        raise UserInputError(
            f"A song cannot be {seconds:g} seconds long; ask for {MIN_SECONDS:g} to {MAX_SECONDS:g} seconds."
        )


def check_tempo(bpm: float) -> None:
    """Raise UserInputError unless a song may be so fast, in quarter notes per minute."""
    if not (math.isfinite(bpm) and MIN_TEMPO_BPM <= bpm <= MAX_TEMPO_BPM):
        raise UserInputError(
            f"The tempo cannot be {bpm:g} BPM; ask for {MIN_TEMPO_BPM:g} to {MAX_TEMPO_BPM:g} BPM."
        )


def check_stems(stems: tuple[str, ...]) -> None:
    """Raise UserInputError unless every name is one of `STEMS` and there is at least one."""
    if not stems:
        raise UserInputError(f"No stem is chosen; choose at least one of {', '.join(STEMS)}.")
    for stem in stems:
        if stem not in STEMS:
            near = difflib.get_close_matches(stem.lower(), STEMS, n=1, cutoff=0.6)
            hint = f"did you mean “{near[0]}”?" if near else f"choose from {', '.join(STEMS)}."
            raise UserInputError(f"There is no stem called “{stem[:40]}”; {hint}")


def check_remake(remake: Remake, stems: tuple[str, ...], bars: int) -> None:
    """Refuse a remake that does not fit a song with these stems and so many bars.

    Raises:
        UserInputError: for a stem the song does not have or bars outside it.
    """
    check_stems(remake.stems)
    for stem in remake.stems:
        if stem not in stems:
            raise UserInputError(f"The song has no stem “{stem}”; remake one of {', '.join(stems)}.")
    if not 1 <= remake.first_bar <= remake.last_bar <= bars:
        raise UserInputError(
            f"Bars {remake.first_bar} to {remake.last_bar} cannot be remade; give a range within 1 to {bars}."
        )


def request_values(request: Request) -> dict[str, Any]:
    """The request as JSON values, keys, meters and chords as text, only what was given."""
    values: dict[str, Any] = {"prompt": request.prompt, "engine": request.engine, "seed": request.seed}
    for name in ("model", "style", "bars", "seconds", "tempo_bpm"):
        if getattr(request, name) is not None:
            values[name] = getattr(request, name)
    if request.key is not None:
        values["key"] = str(request.key)
    if request.meter is not None:
        values["meter"] = str(request.meter)
    if request.chords is not None:
        values["chords"] = [[str(chord) for chord in bar] for bar in request.chords]
    if request.stems is not None:
        values["stems"] = list(request.stems)
    return values


def request_from_values(values: Mapping[str, Any]) -> Request:
    """The inverse of `request_values`; what it does not know is left out.

    Raises:
        UserInputError: when the values are not those of a request.
    """
    known = {name: values[name] for name in Request.__struct_fields__ if name in values}
    try:
        if isinstance(known.get("key"), str):
            known["key"] = Key.parse(known["key"])
        if isinstance(known.get("meter"), str):
            known["meter"] = Meter.parse(known["meter"])
        if known.get("chords") is not None:
            known["chords"] = tuple(tuple(Chord.parse(symbol) for symbol in bar) for bar in known["chords"])
        return msgspec.convert(known, Request)
    except (msgspec.ValidationError, TypeError) as error:
        raise UserInputError(
            f"The take does not say properly how it was made ({error}); it cannot be remade."
        ) from error

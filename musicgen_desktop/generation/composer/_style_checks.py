"""What a style must be beyond having the right types."""

from collections.abc import Iterator

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.request import MAX_TEMPO_BPM, MIN_TEMPO_BPM, STEMS
from musicgen_desktop.music import SCALES, Key, Patch, gm_program, parse_progression_bars
from musicgen_desktop.timing import Meter

from ._plan import SECTION_NAMES
from ._style import Style

COLOURS = ("as written", "triads", "sevenths", "ninths", "sixths", "sus", "power")


def parse_patch(text: str) -> Patch:
    """The patch of "gm:electric piano 1", "gm:4", "synth:warm_pad", "kit:kit_808" or "gm_drums:0".

    Raises:
        UserInputError: when the text is none of these.
    """
    source, _, name = text.partition(":")
    name = name.strip()
    if source == "gm" and name:
        program = int(name) if name.isdigit() else gm_program(name)
        if program <= 127:
            return Patch(source="general_midi", program=program, name="" if name.isdigit() else name)
    if source == "gm_drums" and name.isdigit() and int(name) <= 127:
        return Patch(source="general_midi", program=int(name), bank=128, is_drums=True)
    if source in ("synth", "kit") and name:
        return Patch(source="synth", preset=name, is_drums=source == "kit")
    raise UserInputError(
        f"“{text}” is no patch; write gm:NAME or gm:NUMBER, synth:PRESET, kit:PRESET or gm_drums:NUMBER."
    )


def check_style(style: Style) -> str:
    """What is wrong with a style, as the end of a sentence; empty when nothing is."""
    return next(filter(None, _complaints(style)), "")


def _complaints(style: Style) -> Iterator[str]:
    tempo, harmony = style.tempo, style.harmony
    if not MIN_TEMPO_BPM <= tempo.low <= tempo.usual <= tempo.high <= MAX_TEMPO_BPM:
        yield (
            f"tempo must be low ≤ usual ≤ high within {MIN_TEMPO_BPM:g} to {MAX_TEMPO_BPM:g}, "
            f"not {tempo.low:g}, {tempo.usual:g}, {tempo.high:g}."
        )
    if not 0.0 <= style.feel.swing <= 1.0 or not 0.0 <= style.feel.energy <= 1.0:
        yield "feel.swing and feel.energy lie between 0 and 1."
    if harmony.colour not in COLOURS:
        yield f"harmony.colour is “{harmony.colour}”; use one of {', '.join(COLOURS)}."
    for mode, weight in harmony.modes.items():
        if mode not in SCALES or weight <= 0:
            yield f"harmony.modes has “{mode}” = {weight:g}; use a known scale and a weight above 0."
    if not harmony.modes or not harmony.progressions:
        yield "harmony needs modes and progressions."
    yield _about_progressions(style)
    yield _about_form(style)
    yield _about_roles(style)
    yield _about_sounds(style)


def _about_progressions(style: Style) -> str:
    for mode, kinds in style.harmony.progressions.items():
        if mode not in SCALES:
            return (
                f"[harmony.progressions.{mode}] is no scale; use major, minor, dorian or another known one."
            )
        for kind, texts in kinds.items():
            if kind != "any" and kind not in SECTION_NAMES:
                return (
                    f"harmony.progressions.{mode}.{kind} is no kind of section; "
                    f"use any, {', '.join(SECTION_NAMES)}."
                )
            for text in texts:
                try:
                    parse_progression_bars(text, Key.of(0, mode))
                except UserInputError as error:
                    return f"harmony.progressions.{mode}.{kind} has “{text[:60]}”: {error}"
        if not any(kinds.values()):
            return f"harmony.progressions.{mode} has no progression; write one under any."
    return ""


def _about_form(style: Style) -> str:
    form = style.form
    if form.phrase not in (1, 2, 4, 8, 12):
        return f"form.phrase is {form.phrase}; use 1, 2, 4, 8 or 12 bars."
    if not form.short or any(not text.split() for text in form.short):
        return "form.short needs at least one line of letters, like “A A B A”."
    if any(not letter.isalpha() or not letter.isupper() for text in form.short for letter in text.split()):
        return "form.short has letters such as “A A B A” only."
    for text in form.long:
        for word in text.split():
            name = word.rstrip("0123456789")
            if name not in SECTION_NAMES or name == word or int(word.removeprefix(name)) == 0:
                return f"form.long has “{word[:40]}”; write sections like intro4 or verse8."
    for table, kinds in (("stems", form.stems), ("intensity", form.intensity)):
        for kind in kinds:
            if kind not in SECTION_NAMES:
                return f"form.{table}.{kind} is no kind of section; use one of {', '.join(SECTION_NAMES)}."
    return ""


def _about_roles(style: Style) -> str:
    for table, roles in (("stems", style.stems), ("mix", style.mix)):
        for role in roles:
            if role not in STEMS:
                return f"[{table}.{role}] is no role; use one of {', '.join(STEMS)}."
    return "" if style.stems else "it has no [stems.…]; name at least one role and its patches."


def _about_sounds(style: Style) -> str:
    try:
        Meter.parse(style.meter.usual)
        for tonic in style.harmony.tonics:
            Key.parse(tonic)
        for role, stem in style.stems.items():
            if not stem.patches:
                return f"stems.{role}.patches is empty; name at least one patch."
            for text in stem.patches:
                if parse_patch(text).is_drums != (role in ("drums", "percussion")):
                    return f"stems.{role} has “{text}”; drums and percussion take kits, other roles do not."
    except UserInputError as error:
        return str(error)
    return ""

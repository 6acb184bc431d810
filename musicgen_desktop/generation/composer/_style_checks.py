"""What a style must be beyond having the right types."""

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.request import MAX_TEMPO_BPM, MIN_TEMPO_BPM, STEMS
from musicgen_desktop.music import SCALES, Patch, gm_program
from musicgen_desktop.timing import Meter

from ._style import Style

_COLOURS = ("as written", "triads", "sevenths", "ninths", "sixths", "sus", "power")


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
    tempo = style.tempo
    if not MIN_TEMPO_BPM <= tempo.low <= tempo.usual <= tempo.high <= MAX_TEMPO_BPM:
        return (
            f"tempo must be low ≤ usual ≤ high within {MIN_TEMPO_BPM:g} to {MAX_TEMPO_BPM:g}, "
            f"not {tempo.low:g}, {tempo.usual:g}, {tempo.high:g}."
        )
    if style.harmony.colour not in _COLOURS:
        return f"harmony.colour is “{style.harmony.colour}”; use one of {', '.join(_COLOURS)}."
    if not style.harmony.modes or not style.harmony.progressions:
        return "harmony needs modes and progressions."
    for mode, weight in style.harmony.modes.items():
        if mode not in SCALES or weight <= 0:
            return f"harmony.modes has “{mode}” = {weight:g}; use a known scale and a weight above 0."
    if not style.stems:
        return "it has no [stems.…]; name at least one role and its patches."
    for table, roles in (("stems", style.stems), ("mix", style.mix)):
        for role in roles:
            if role not in STEMS:
                return f"[{table}.{role}] is no role; use one of {', '.join(STEMS)}."
    try:
        Meter.parse(style.meter.usual)
        for stem in style.stems.values():
            for patch in stem.patches:
                parse_patch(patch)
    except UserInputError as error:
        return str(error)
    return ""

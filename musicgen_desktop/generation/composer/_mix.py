"""Which stems a song has, what sounds them and how they sit in the mix."""

from collections.abc import Sequence

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.request import STEMS
from musicgen_desktop.generation.result import Effect, Return, StemMix
from musicgen_desktop.music import GM_PROGRAMS, Patch

from ._dice import Dice
from ._plan import StemPlan
from ._style import MixStyle, Style
from ._style_checks import parse_patch
from .prompt import Reading

_FALLBACK_PATCHES = {
    "drums": "gm_drums:0",
    "percussion": "gm_drums:0",
    "bass": "gm:electric bass (finger)",
    "chords": "gm:acoustic grand piano",
    "pad": "gm:string ensemble 1",
    "arp": "gm:electric piano 1",
    "melody": "gm:vibraphone",
    "counter": "gm:clarinet",
}
_DUST = (
    Effect("bitcrush", {"bits": 11.0}),
    Effect("equalizer", {"high_cut_hz": 8000.0, "low_cut_hz": 35.0}),
)


def choose_roles(style: Style, reading: Reading, stems: Sequence[str] | None, dice: Dice) -> tuple[str, ...]:
    """The stems of the song in the order of `STEMS`: those of the request, else of prompt and style.

    Raises:
        UserInputError: when the prompt leaves none.
    """
    if stems is not None:
        return tuple(role for role in STEMS if role in stems)
    if reading.only:
        chosen = set(reading.wanted)
    else:
        chosen = {
            role
            for role in STEMS
            if role in style.stems and dice.child(role).chance(style.stems[role].chance)
        }
        chosen |= set(reading.wanted)
    chosen -= set(reading.refused)
    if not chosen:
        raise UserInputError("The prompt leaves no stem to play; take back one of its “no …” or name a stem.")
    return tuple(role for role in STEMS if role in chosen)


def plan_stems(
    style: Style, reading: Reading, roles: tuple[str, ...], dice: Dice, flavours: Sequence[Style] = ()
) -> tuple[StemPlan, ...]:
    """A patch and a place in the mix for every role."""
    stems: list[StemPlan] = []
    for role in roles:
        die = dice.child("patch", role)
        patch = _named(_choose_patch(style, reading, role, die, flavours, stems))
        mix = style.mix.get(role, MixStyle())
        inserts = _DUST + mix.inserts if "dusty" in reading.hints and role == "drums" else mix.inserts
        sends = {
            name: max(-60.0, min(0.0, level + reading.reverb_db))
            for name, level in mix.sends.items()
            if name in style.returns
        }
        stems.append(
            StemPlan(role, patch, StemMix(level_lu=mix.level_lu, pan=mix.pan, inserts=inserts, sends=sends))
        )
    return tuple(stems)


def _choose_patch(
    style: Style,
    reading: Reading,
    role: str,
    die: Dice,
    flavours: Sequence[Style],
    before: Sequence[StemPlan],
) -> Patch:
    """What the prompt names, else one of the style's, or of a flavour's, that no other stem has."""
    if role in reading.patches:
        return parse_patch(reading.patches[role])
    own = style.stems[role].patches if role in style.stems else (_FALLBACK_PATCHES[role],)
    for flavour in flavours:
        if role in ("chords", "melody", "pad", "counter") and role in flavour.stems and die.chance(0.5):
            own = flavour.stems[role].patches
    taken = {(stem.patch.program, stem.patch.preset) for stem in before if not stem.patch.is_drums}
    patches = [parse_patch(text) for text in own]
    fresh = [patch for patch in patches if patch.is_drums or (patch.program, patch.preset) not in taken]
    # One pianist may play every part of a piano style.
    return die.choice(fresh or patches)


def _named(patch: Patch) -> Patch:
    """The patch with a name for people."""
    if patch.source == "synth":
        name = patch.preset.replace("_", " ").capitalize()
    elif patch.is_drums:
        name = {8: "Room kit", 16: "Power kit", 32: "Jazz kit", 40: "Brush kit", 48: "Orchestra kit"}.get(
            patch.program, "Standard kit"
        )
    else:
        name = GM_PROGRAMS[patch.program]
    return msgspec.structs.replace(patch, name=name)


def plan_returns(style: Style, stems: Sequence[StemPlan]) -> tuple[Return, ...]:
    """The returns that some stem sends to."""
    used = {name for stem in stems for name in stem.mix.sends}
    return tuple(Return(name, inserts) for name, inserts in style.returns.items() if name in used)

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
# Who plays where the prompt wants none of those whom the style has.
_INSTEAD = {
    "bass": ("gm:electric bass (finger)", "gm:acoustic bass", "synth:synth_bass"),
    "chords": ("gm:acoustic grand piano", "gm:drawbar organ", "gm:electric piano 1", "gm:string ensemble 1"),
    "pad": ("gm:string ensemble 1", "gm:drawbar organ", "synth:warm_pad"),
    "arp": ("gm:electric piano 1", "gm:vibraphone", "gm:orchestral harp", "synth:synth_pluck"),
    "melody": ("gm:rock organ", "gm:vibraphone", "gm:tenor sax", "gm:violin", "synth:saw_lead"),
    "counter": ("gm:clarinet", "gm:string ensemble 1", "gm:vibraphone"),
}
_STRINGED = ("guitar", "banjo", "mandolin", "fiddle", "violin")
_HORNS = ("trumpet", "sax", "trombone", "brass", "horn", "clarinet")
_OF_STRINGS = ((4, 9, 2, 7, 0), (4, 9, 2, 11, 7))  # major: E A D G C; minor: E A D B G
_OF_HORNS = ((5, 10, 3, 8, 0), (2, 7, 0, 5, 10))  # major: F Bb Eb Ab C; minor: D G C F Bb
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
        chosen |= _missing(chosen, style, reading, dice)
    chosen -= set(reading.refused)
    if not chosen:
        raise UserInputError("The prompt leaves no stem to play; take back one of its “no …” or name a stem.")
    return tuple(role for role in STEMS if role in chosen)


def _missing(chosen: set[str], style: Style, reading: Reading, dice: Dice) -> set[str]:
    """What makes it music when chance left only a beat: harmony, and something that sings, runs or floats."""
    added: set[str] = set()
    for group in (("chords", "pad"), ("melody", "arp", "pad")):
        can = [role for role in group if role in style.stems and role not in reading.refused]
        if can and not (chosen | added).intersection(group):
            added.add(dice.child("missing", *group).choice(can, [style.stems[role].chance for role in can]))
    return added


def handy_tonics(stems: Sequence[StemPlan], *, minor: bool) -> tuple[int, ...]:
    """Tonics that lie well under the hands: open strings for guitars, flats for horns, else all twelve."""
    names = " ".join(
        stem.patch.name.lower() for stem in stems if not stem.patch.is_drums and stem.role != "bass"
    )
    tonics: list[int] = []
    if any(word in names for word in _STRINGED):
        tonics += _OF_STRINGS[minor]
    if any(word in names for word in _HORNS):
        tonics += _OF_HORNS[minor]
    return tuple(dict.fromkeys(tonics)) or tuple(range(12))


def plan_stems(
    style: Style, reading: Reading, roles: tuple[str, ...], dice: Dice, flavours: Sequence[Style] = ()
) -> tuple[StemPlan, ...]:
    """A patch and a place in the mix for every role."""
    stems: list[StemPlan] = []
    for role in roles:
        die = dice.child("patch", role)
        patch = _named(_choose_patch(style, reading, role, die, flavours, stems))
        mix = style.mix.get(role, MixStyle())
        inserts = _dusted(mix.inserts) if "dusty" in reading.hints and role == "drums" else mix.inserts
        sends = {
            name: max(-60.0, min(0.0, level + reading.reverb_db))
            for name, level in mix.sends.items()
            if name in style.returns
        }
        stems.append(
            StemPlan(role, patch, StemMix(level_lu=mix.level_lu, pan=mix.pan, inserts=inserts, sends=sends))
        )
    return tuple(stems)


def _dusted(inserts: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Dirt in front; drums that a style crushes anyway are crushed further instead, and not twice."""
    crush = _DUST[0]
    if any(each.kind == crush.kind for each in inserts):
        return tuple(crush if each.kind == crush.kind else each for each in inserts)
    return _DUST + inserts


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
    own = _without(own, reading.avoided) or _without(_INSTEAD.get(role, ()), reading.avoided) or own
    for flavour in flavours:
        if role in ("chords", "melody", "pad", "counter") and role in flavour.stems and die.chance(0.5):
            own = _without(flavour.stems[role].patches, reading.avoided) or own
    taken = {(stem.patch.program, stem.patch.preset) for stem in before if not stem.patch.is_drums}
    patches = [parse_patch(text) for text in own]
    fresh = [patch for patch in patches if patch.is_drums or (patch.program, patch.preset) not in taken]
    # One pianist may play every part of a piano style.
    return die.choice(fresh or patches)


def _without(patches: Sequence[str], avoided: Sequence[str]) -> tuple[str, ...]:
    """The patches in whose names none of the words stands."""
    names = [(text, f"{text.replace('_', ' ').replace(':', ' ')} ") for text in patches]
    return tuple(text for text, name in names if not any(word in name for word in avoided))


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

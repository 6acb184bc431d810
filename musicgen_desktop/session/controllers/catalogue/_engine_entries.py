"""The engines that can be asked for music, and on which terms."""

from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, metadata

import msgspec

from musicgen_desktop.generation import STEMS
from musicgen_desktop.generation.licence import COMPOSER_LICENCE
from musicgen_desktop.generation.sound import ENTRY_POINTS as SOUND_ENTRY_POINTS
from musicgen_desktop.session.controllers._engines import ENTRY_POINTS

_LONGEST = 200
_MUSICGEN = "musicgen"


class EngineEntry(msgspec.Struct, frozen=True):
    """One engine.

    Attributes:
        id: as `Request.engine` names it.
        name: for a person.
        description: what it does, in a sentence.
        licence: whose the music is, in words.
        commercial_use: whether it may be sold; None when only a take of its own tells.
        stems: the parts it can write; empty when the engine alone knows.
        can_remake: whether bars of a stem can be made again.
        needs_download: whether weights have to be installed first.
        makes_sound: it makes audio by one of its models, and lives in the sound process.
    """

    id: str
    name: str
    description: str
    licence: str
    commercial_use: bool | None
    stems: tuple[str, ...] = ()
    can_remake: bool = True
    needs_download: bool = False
    makes_sound: bool = False


def engines() -> tuple[EngineEntry, ...]:
    """Our own engines first, then those that installed packages bring. None of them is loaded for it."""
    ours = EngineEntry(
        id="composer",
        name="Composer",
        description="Writes form, harmony and every part by the rules of a style, in about a second.",
        licence=COMPOSER_LICENCE,
        commercial_use=True,
        stems=STEMS,
    )
    others = [
        EngineEntry(
            id=point.name,
            name=point.name.replace("_", " ").capitalize(),
            description=_summary(point.dist.name if point.dist is not None else ""),
            licence="Its takes say on which terms they may be used.",
            commercial_use=None,
        )
        for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
        if point.name != ours.id
    ]
    sound = sorted(
        entry_points(group=SOUND_ENTRY_POINTS), key=lambda point: (point.name != _MUSICGEN, point.name)
    )
    musicgen = [_sound_entry(point) for point in sound if point.name == _MUSICGEN]
    return (ours, *musicgen, *others, *(_sound_entry(point) for point in sound if point.name != _MUSICGEN))


def _sound_entry(point: EntryPoint) -> EngineEntry:
    is_ours = point.name == _MUSICGEN
    return EngineEntry(
        id=point.name,
        name="MusicGen" if is_ours else point.name.replace("_", " ").capitalize(),
        description=(
            "Makes sound from words, a melody or a beginning, by a model that is installed on this machine."
            if is_ours
            else _summary(point.dist.name if point.dist is not None else "")
        ),
        licence="Each of its models says on which terms its music may be used.",
        commercial_use=None,
        can_remake=False,
        needs_download=is_ours,
        makes_sound=True,
    )


def _summary(package: str) -> str:
    try:
        summary = metadata(package)["Summary"] if package else None
    except (PackageNotFoundError, KeyError):
        summary = None
    return (summary or "An engine of another package.")[:_LONGEST]

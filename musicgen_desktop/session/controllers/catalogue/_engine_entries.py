"""The engines that can be asked for music, and on which terms."""

from importlib.metadata import PackageNotFoundError, entry_points, metadata

import msgspec

from musicgen_desktop.generation import STEMS
from musicgen_desktop.generation.licence import COMPOSER_LICENCE
from musicgen_desktop.session.controllers._engines import ENTRY_POINTS

_LONGEST = 200


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
    """

    id: str
    name: str
    description: str
    licence: str
    commercial_use: bool | None
    stems: tuple[str, ...] = ()
    can_remake: bool = True
    needs_download: bool = False


def engines() -> tuple[EngineEntry, ...]:
    """Our own engine first, then those that installed packages bring. None of them is loaded for it."""
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
    return (ours, *others)


def _summary(package: str) -> str:
    try:
        summary = metadata(package)["Summary"] if package else None
    except (PackageNotFoundError, KeyError):
        summary = None
    return (summary or "An engine of another package.")[:_LONGEST]

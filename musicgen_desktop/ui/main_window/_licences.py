"""What the program is made of, and under which licences."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires

import msgspec

_OURS = "musicgen-desktop"
_ASKED_FOR_ALONE = ("pyside6-essentials", "qtawesome", "tinysoundfont")
"""Installed beside what the package's own list asks for, or before it did."""
_LONGEST = 60


class Ingredient(msgspec.Struct, frozen=True):
    """A part by others, its version and its licence."""

    name: str
    version: str
    licence: str


def ingredients() -> tuple[Ingredient, ...]:
    """Font and SoundFont that ship, then the libraries that are installed, by name."""
    found = [
        Ingredient("Inter", "3.19", "SIL Open Font License 1.1"),
        Ingredient("FluidR3Mono GM", "", "MIT"),
    ]
    try:
        wanted = requires(_OURS) or []
    except PackageNotFoundError:
        wanted = []
    names = {
        match[0].casefold()
        for each in wanted
        if "extra ==" not in each and (match := re.match(r"[\w.-]+", each))
    }
    for name in sorted({*names, *_ASKED_FOR_ALONE}):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        found.append(Ingredient(package.name, package.version, _licence(package)))
    return tuple(found)


def _licence(package: Distribution) -> str:
    about = package.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    classes = about.get_all("Classifier") or []
    kinds = [each.rpartition(" :: ")[2] for each in classes if each.startswith("License :: ")]
    if kinds:
        return ", ".join(kinds)
    first = about["License"].strip().partition("\n")[0].strip() if "License" in about else ""
    return first if 0 < len(first) <= _LONGEST else "see its package"

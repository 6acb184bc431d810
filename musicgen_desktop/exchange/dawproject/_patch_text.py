"""An instrument's patch as the words behind the colon of a device's id."""

from musicgen_desktop.music import Patch

_DRUMS = "drums"


def patch_text(patch: Patch) -> str:
    """The patch in one line.

    >>> patch_text(Patch("synth", preset="kit_808", is_drums=True))
    'synth:0:0:drums:kit_808'
    """
    kind = _DRUMS if patch.is_drums else ""
    return f"{patch.source}:{patch.bank}:{patch.program}:{kind}:{patch.preset}"


def patch_of(text: str, name: str) -> Patch | None:
    """The inverse of `patch_text`; None when a stranger wrote the line."""
    parts = text.split(":", 4)
    if len(parts) != 5 or not (parts[1].isdecimal() and parts[2].isdecimal()) or len(text) > 300:
        return None
    source, bank, program, kind, preset = parts
    if source not in ("general_midi", "synth"):
        return None
    try:
        return Patch(
            source="synth" if source == "synth" else "general_midi",
            program=int(program),
            bank=int(bank),
            preset=preset,
            is_drums=kind == _DRUMS,
            name=name,
        )
    except ValueError:
        return None

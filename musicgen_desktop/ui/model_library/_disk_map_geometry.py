"""Where each part of the disk map lies."""

from collections.abc import Sequence

import msgspec

from musicgen_desktop.session.controllers.models import ModelEntry

GAP_PX = 2
LEAST_PX = 6


class DiskPart(msgspec.Struct, frozen=True):
    """Room that one thing takes.

    Attributes:
        model: its id.
        is_download: it is what has arrived of a download, not the installed model.
        is_broken: it takes room and cannot be used.
    """

    model: str
    name: str
    size: int
    is_download: bool = False
    is_broken: bool = False


def parts_of(models: Sequence[ModelEntry]) -> tuple[DiskPart, ...]:
    """What takes room, the largest first."""
    parts = [
        DiskPart(model.id, model.name, model.disk_bytes, is_broken=model.state == "broken")
        for model in models
        if model.disk_bytes
    ]
    parts += [
        DiskPart(model.id, model.name, model.arrived_bytes, is_download=True)
        for model in models
        if model.arrived_bytes
    ]
    return tuple(sorted(parts, key=lambda part: -part.size))


def spans(sizes: Sequence[int], width: float) -> tuple[tuple[float, float], ...]:
    """Left edge and width of each part, in pixels: its share, but wide enough to be seen and hit.

    Args:
        sizes: in bytes.
        width: of the whole map; where it is too narrow for all, the parts share it evenly.
    """
    if not sizes:
        return ()
    room = max(0.0, width - GAP_PX * (len(sizes) - 1))
    least = min(LEAST_PX, room / len(sizes))
    total = sum(sizes)
    wide = [size for size in sizes if size / total * room >= least]
    rest = room - least * (len(sizes) - len(wide))
    left, found = 0.0, []
    for size in sizes:
        part = rest * size / sum(wide) if size in wide else least
        found.append((left, part))
        left += part + GAP_PX
    return tuple(found)

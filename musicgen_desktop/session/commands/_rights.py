"""What clips that become one tell of their rights."""

from collections.abc import Iterable

from musicgen_desktop.document import Project


def strictest_take(project: Project, take_ids: Iterable[str | None]) -> str | None:
    """The first of the takes that forbids commercial use, else the first at all; None without any."""
    used = [take_id for take_id in take_ids if take_id is not None]
    forbidden = {take.id for take in project.takes if not take.commercial_use}
    return min(used, key=lambda take_id: take_id not in forbidden, default=None)

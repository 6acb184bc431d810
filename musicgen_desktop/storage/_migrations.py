"""How project files of older versions become today's."""

from collections.abc import Callable
from typing import Any

SCHEMA_VERSION = 4
"""Counts up whenever the meaning of the file changes; a program opens its own number and all lower ones."""

Tree = dict[str, Any]
"""The `project` part of the file as JSON values."""


def _from_0(project: Tree) -> Tree:
    """Schema 0, the layout before the first release: one `tempo_bpm`, and faders called `volume_db`."""
    changed = {key: value for key, value in project.items() if key != "tempo_bpm"}
    if "tempo_bpm" in project:
        changed["tempo_map"] = {"points": [{"tick": 0, "bpm": project["tempo_bpm"]}]}
    changed["master"] = _with_gain(project["master"])
    changed["tracks"] = [_with_gain(track) for track in project.get("tracks", [])]
    return changed


def _with_gain(strip: Tree) -> Tree:
    renamed = {("gain_db" if key == "volume_db" else key): value for key, value in strip.items()}
    if "sends" in strip:
        renamed["sends"] = [
            {("gain_db" if key == "volume_db" else key): value for key, value in send.items()}
            for send in strip["sends"]
        ]
    return renamed


def _from_1(project: Tree) -> Tree:
    """Schema 1, without frozen tracks and takes made from others: a file may leave both out."""
    return project


def _from_2(project: Tree) -> Tree:
    """Schema 2, without learned controllers and MIDI ports of tracks: a file may leave both out."""
    return project


def _from_3(project: Tree) -> Tree:
    """Schema 3, without the files that notes and sound came from: nobody noted them."""
    return project


MIGRATIONS: dict[int, Callable[[Tree], Tree]] = {0: _from_0, 1: _from_1, 2: _from_2, 3: _from_3}
"""From a schema to the next one. A step never changes what it is given."""


def migrated(project: Tree, schema: int) -> Tree:
    """The project part of a file of an older schema in today's shape.

    Raises:
        KeyError, TypeError, AttributeError: when the file does not have the shape of its schema.
    """
    for version in range(schema, SCHEMA_VERSION):
        project = MIGRATIONS[version](project)
    return project

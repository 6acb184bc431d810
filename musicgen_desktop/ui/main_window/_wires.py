"""What one panel asks of another: panels do not know each other."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt

from ._importing import Importing
from ._panels import Panels
from ._services import Services

translate = QCoreApplication.translate


def connect_panels(panels: Panels, services: Services, importing: Importing) -> None:
    """Opening clips and effects, dropped and dragged files."""
    bridges, handover = services.bridges, services.handover
    timeline = panels.timeline

    def edit(_clip_id: str) -> None:
        panels.show("piano_roll")

    def drop(paths: Sequence[Path], tick: int, track_id: str | None) -> None:
        importing.bring(paths, tick, track_id)

    def show_effect(track_id: str, insert_id: str) -> None:
        panels.effect.show_insert(track_id, insert_id)
        panels.show("effect")

    def files_of_clip(_kind: str, clip_id: str, modifiers: Qt.KeyboardModifier) -> Sequence[Path]:
        chosen = bridges.selection.clip_ids
        return handover.files("clip", chosen if clip_id in chosen else (clip_id,), modifiers)

    def prepare_clip(clip_id: str) -> None:
        chosen = bridges.selection.clip_ids
        handover.prepare("clip", *(chosen if clip_id in chosen else (clip_id,)))

    timeline.edit_requested.connect(edit)
    timeline.files_dropped.connect(drop)
    timeline.files_wanted.connect(prepare_clip)
    timeline.set_files_for(files_of_clip)
    panels.mixer.effect_requested.connect(show_effect)
    handover.ready.connect(lambda names: bridges.status.say(_ready(names)))
    handover.failed.connect(lambda sentence: bridges.status.say(sentence, "warn"))
    services.takes.failed.connect(lambda sentence: bridges.status.say(sentence, "bad"))


def _ready(names: str) -> str:
    return translate("Wires", "Ready to be dragged: {names}").format(names=names)

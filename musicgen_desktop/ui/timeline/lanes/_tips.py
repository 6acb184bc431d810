"""What the parts of the lanes say when the mouse rests on them."""

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.ui.bridges import text_of_place

from ._hit import Hit
from ._texts import lane_name
from ._view_model import LanesModel

translate = QCoreApplication.translate


def tip_of(model: LanesModel, hit: Hit | None) -> str:
    """One sentence; empty outside the lanes."""
    if hit is None:
        return ""
    if hit.key:
        text = model.text_of(hit)
        if hit.lane != "tempo":
            return text
        return f"{text} BPM  {text_of_place(hit.tick, model.project.meter_map)}"
    return {
        "loop": translate("Lanes", "Drag to set the loop"),
        "brace": translate("Lanes", "The loop: drag it, drag its ends, double-click switches it"),
        "start": translate("Lanes", "Drag the loop's start"),
        "end": translate("Lanes", "Drag the loop's end"),
        "locate": translate("Lanes", "Click to move the play head, Shift+drag to select bars"),
        "song_end": translate(
            "Lanes", "The song's end: drag it; double-click lets it end with its last clip"
        ),
    }.get(hit.part, translate("Lanes", "{lane}: double-click to add").format(lane=lane_name(hit.lane)))

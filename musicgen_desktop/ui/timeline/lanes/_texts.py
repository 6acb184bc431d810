"""What the lanes are called, and what an empty one says."""

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.document import Project
from musicgen_desktop.ui.timeline._view_state import SongLane

translate = QCoreApplication.translate


def lane_name(lane: SongLane) -> str:
    """What a lane is called."""
    return {
        "sections": translate("Lanes", "Sections"),
        "chords": translate("Lanes", "Chords"),
        "key": translate("Lanes", "Key"),
        "meter": translate("Lanes", "Meter"),
        "tempo": translate("Lanes", "Tempo"),
        "ruler": translate("Lanes", "Ruler"),
    }[lane]


def lane_hint(lane: SongLane, project: Project) -> str:
    """How something comes into a lane that has nothing yet; empty for all others."""
    match lane:
        case "sections" if not project.sections:
            return translate("Lanes", "Double-click to add a section")
        case "chords" if not project.chords:
            return translate("Lanes", "Double-click to type a chord")
        case "key" if not project.keys:
            return translate("Lanes", "Double-click to type the key")
        case _:
            return ""

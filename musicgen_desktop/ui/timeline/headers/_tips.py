"""What the parts of a header say when the mouse rests on them."""

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.document import Track
from musicgen_desktop.ui.widgets import HandleState, drag_tip

from ._geometry import Hit

translate = QCoreApplication.translate


def tip_of(hit: Hit, track: Track | None, *, carries: bool, state: HandleState = "rest") -> str:
    """One sentence; empty where there is nothing to say.

    Args:
        hit: the part.
        track: whose header it is; None for the button below the last one.
        carries: headers have a handle that carries files out.
        state: how far those files are.
    """
    if track is None:
        return translate("Headers", "Add an instrument, audio or bus track")
    kind = (
        translate("Headers", "Choose the instrument")
        if track.kind == "notes"
        else translate("Headers", "Choose where it plays to")
    )
    grip = translate("Headers", "Drag “{name}” into your DAW").format(name=track.name)
    tips = {
        "colour": translate("Headers", "Colour of the track"),
        "name": translate("Headers", "{name}: double-click to rename").format(name=track.name),
        "kind": "" if track.kind == "master" else kind,
        "mute": translate("Headers", "Mute (M)"),
        "solo": translate("Headers", "Solo (S); Ctrl+click: this one alone"),
        "arm": translate("Headers", "Arm for recording (Shift+R)"),
        "gain": translate("Headers", "Level: double-click for 0 dB, Shift for small steps"),
        "value": translate("Headers", "Level: double-click to type it"),
        "automation": translate("Headers", "Show or hide automation (A)"),
        "grip": drag_tip(grip, state, has_notes=track.kind in ("notes", "master")) if carries else "",
        "resize": translate("Headers", "Drag for the row's height"),
        "target": translate("Headers", "Choose what this lane shows"),
        "enable": translate("Headers", "Automation on or off"),
        "close": translate("Headers", "Close this lane; its automation goes on"),
    }
    return tips.get(hit.part, "")

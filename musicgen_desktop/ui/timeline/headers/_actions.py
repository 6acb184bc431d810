"""What one can do to the selected tracks by name: menus, keys and the command palette use the same."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.bridges import Actions

from ._view_model import HeadersModel

translate = QCoreApplication.translate


def add_track_actions(
    actions: Actions,
    model: HeadersModel,
    view: QWidget,
    *,
    rename: Callable[[], object],
    instrument: Callable[[], object],
) -> None:
    """Add them. Plain letters work where the headers have the keyboard, as other panels use them too.

    Args:
        actions: of the window.
        model: of the headers.
        view: the headers.
        rename: opens the field of the current track's name.
        instrument: opens the chooser of its instrument.
    """
    group = translate("Headers", "Tracks")

    def add(
        name: str, text: str, slot: Callable[[], object], *keys: str, icon: str = "", everywhere: bool = False
    ) -> None:
        owner = None if everywhere else view
        actions.add(f"track.{name}", group, text, slot, shortcuts=keys, icon=icon, owner=owner)

    add(
        "add_notes",
        translate("Headers", "Add instrument track"),
        lambda: model.add("notes"),
        "Ctrl+Shift+T",
        icon="notes",
        everywhere=True,
    )
    add(
        "add_audio",
        translate("Headers", "Add audio track"),
        lambda: model.add("audio"),
        "Ctrl+T",
        icon="audio",
        everywhere=True,
    )
    add(
        "add_bus",
        translate("Headers", "Add bus"),
        lambda: model.add("bus"),
        "Ctrl+Alt+T",
        icon="group",
        everywhere=True,
    )
    add("rename", translate("Headers", "Rename track…"), rename, "F2")
    add("duplicate", translate("Headers", "Duplicate track"), model.duplicate, "Ctrl+D", icon="copy")
    add("group", translate("Headers", "Group tracks"), model.group, "Ctrl+G", icon="group")
    add("delete", translate("Headers", "Delete tracks"), model.delete, "Del", "Backspace", icon="trash")
    add(
        "mute",
        translate("Headers", "Mute or unmute tracks"),
        lambda: model.mute(model.current),
        "M",
        icon="mute",
    )
    add(
        "solo",
        translate("Headers", "Solo or unsolo tracks"),
        lambda: model.solo(model.current),
        "S",
        icon="solo",
    )
    add(
        "arm",
        translate("Headers", "Arm or disarm tracks"),
        lambda: model.arm(model.current),
        "Shift+R",
        icon="arm",
    )
    add("instrument", translate("Headers", "Choose instrument…"), instrument, "Return", icon="keyboard")
    add(
        "lanes",
        translate("Headers", "Show or hide automation"),
        lambda: model.toggle_lanes(model.current),
        "A",
        icon="automation",
    )

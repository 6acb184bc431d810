"""Context menus of the canvas: made of the actions, with their keys beside them."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from musicgen_desktop.document import AudioClip, Clip
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import TRACK_COLOURS, colour

from ._clip_edits import ClipEdits

translate = QCoreApplication.translate

_SWATCH_PX = 14


def clip_menu(bridges: Bridges, edits: ClipEdits, clip: Clip, parent: QWidget) -> QMenu:
    """What one can do to the clip under the mouse, and to those selected with it."""
    actions, menu = bridges.actions, QMenu(parent)
    names = ["clip.split", "clip.duplicate", "clip.glue", "", "clip.cut", "clip.copy", "clip.delete", ""]
    if isinstance(clip, AudioClip):
        names += ["clip.mute", "clip.reverse", "clip.crossfade", "clip.reset_gain", ""]
    else:
        names = ["clip.open", "", *names, "clip.mute", "clip.reverse"]
        names += ["clip.unloop", ""] if clip.loop_length_ticks is not None else [""]
    names += ["time.loop_selection", "timeline.zoom_selection", "", "clip.copy_file", "clip.reveal_file", ""]
    names += ["clip.rename"]
    _fill(menu, bridges, names)
    colours = menu.addMenu(translate("TimelineMenu", "Colour"))
    colours.addAction(translate("TimelineMenu", "As the track"), lambda: edits.color(None))
    for number, each in enumerate(TRACK_COLOURS):
        swatch = QPixmap(_SWATCH_PX, _SWATCH_PX)
        swatch.fill(colour(each))
        text = translate("TimelineMenu", "Colour {number}").format(number=number + 1)
        colours.addAction(QIcon(swatch), text, lambda each=each: edits.color(each))
    menu.addAction(actions["clip.select_all"])
    return menu


def ground_menu(bridges: Bridges, edits: ClipEdits, tick: int, parent: QWidget) -> QMenu:
    """What one can do where there is no clip."""
    menu = QMenu(parent)
    paste = menu.addAction(translate("TimelineMenu", "Paste clips here"), lambda: edits.paste(tick))
    paste.setEnabled(edits.can_paste)
    _fill(menu, bridges, ["clip.paste", "clip.select_all", ""])
    if bridges.selection.span is not None:
        names = [
            "time.loop_selection",
            "timeline.zoom_selection",
            "clip.delete",
            "time.insert",
            "time.delete",
            "",
        ]
        _fill(menu, bridges, names)
    _fill(menu, bridges, ["timeline.fit", "timeline.follow", ""])
    tools = menu.addMenu(translate("TimelineMenu", "Tool"))
    for each in bridges.actions.listed():
        if each.id.startswith("tool."):
            tools.addAction(each.action)
    return menu


def _fill(menu: QMenu, bridges: Bridges, names: list[str]) -> None:
    for name in names:
        if not name:
            menu.addSeparator()
        elif name in bridges.actions:
            menu.addAction(bridges.actions[name])

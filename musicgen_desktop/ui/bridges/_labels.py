"""What edits are called, in the language of the window. In the project their labels are English."""

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_TEMPLATES = (
    QT_TRANSLATE_NOOP("Edit", "Add audio track"),
    QT_TRANSLATE_NOOP("Edit", "Add bus"),
    QT_TRANSLATE_NOOP("Edit", "Add clip"),
    QT_TRANSLATE_NOOP("Edit", "Add instrument track"),
    QT_TRANSLATE_NOOP("Edit", "Add marker"),
    QT_TRANSLATE_NOOP("Edit", "Add note"),
    QT_TRANSLATE_NOOP("Edit", "Add point"),
    QT_TRANSLATE_NOOP("Edit", "Add section"),
    QT_TRANSLATE_NOOP("Edit", "Add send to {name}"),
    QT_TRANSLATE_NOOP("Edit", "Add {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Add {name}"),
    QT_TRANSLATE_NOOP("Edit", "Adjust {name}"),
    QT_TRANSLATE_NOOP("Edit", "Arm track"),
    QT_TRANSLATE_NOOP("Edit", "Arm {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Automate {name}"),
    QT_TRANSLATE_NOOP("Edit", "Bounce {name}"),
    QT_TRANSLATE_NOOP("Edit", "Bypass {name}"),
    QT_TRANSLATE_NOOP("Edit", "Change controller"),
    QT_TRANSLATE_NOOP("Edit", "Change velocity"),
    QT_TRANSLATE_NOOP("Edit", "Choose sound"),
    QT_TRANSLATE_NOOP("Edit", "Colour clip"),
    QT_TRANSLATE_NOOP("Edit", "Colour track"),
    QT_TRANSLATE_NOOP("Edit", "Colour {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Copy clip"),
    QT_TRANSLATE_NOOP("Edit", "Copy note"),
    QT_TRANSLATE_NOOP("Edit", "Copy {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Copy {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Crossfade clips"),
    QT_TRANSLATE_NOOP("Edit", "Delete chord"),
    QT_TRANSLATE_NOOP("Edit", "Delete clip"),
    QT_TRANSLATE_NOOP("Edit", "Delete controller"),
    QT_TRANSLATE_NOOP("Edit", "Delete key"),
    QT_TRANSLATE_NOOP("Edit", "Delete marker"),
    QT_TRANSLATE_NOOP("Edit", "Delete meter"),
    QT_TRANSLATE_NOOP("Edit", "Delete note"),
    QT_TRANSLATE_NOOP("Edit", "Delete point"),
    QT_TRANSLATE_NOOP("Edit", "Delete section"),
    QT_TRANSLATE_NOOP("Edit", "Delete tempo"),
    QT_TRANSLATE_NOOP("Edit", "Delete time"),
    QT_TRANSLATE_NOOP("Edit", "Delete track"),
    QT_TRANSLATE_NOOP("Edit", "Delete {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Delete {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Delete {count} points"),
    QT_TRANSLATE_NOOP("Edit", "Delete {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Disable automation"),
    QT_TRANSLATE_NOOP("Edit", "Disarm track"),
    QT_TRANSLATE_NOOP("Edit", "Disarm {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Draw automation"),
    QT_TRANSLATE_NOOP("Edit", "Draw controller"),
    QT_TRANSLATE_NOOP("Edit", "Draw velocity"),
    QT_TRANSLATE_NOOP("Edit", "Duplicate clip"),
    QT_TRANSLATE_NOOP("Edit", "Duplicate clips"),
    QT_TRANSLATE_NOOP("Edit", "Duplicate note"),
    QT_TRANSLATE_NOOP("Edit", "Duplicate track"),
    QT_TRANSLATE_NOOP("Edit", "Duplicate {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Duplicate {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Duplicate {name}"),
    QT_TRANSLATE_NOOP("Edit", "Empty span"),
    QT_TRANSLATE_NOOP("Edit", "Enable automation"),
    QT_TRANSLATE_NOOP("Edit", "Enable {name}"),
    QT_TRANSLATE_NOOP("Edit", "Find {count} audio files"),
    QT_TRANSLATE_NOOP("Edit", "Find {name}"),
    QT_TRANSLATE_NOOP("Edit", "Forget controller"),
    QT_TRANSLATE_NOOP("Edit", "Forget {count} controllers"),
    QT_TRANSLATE_NOOP("Edit", "Freeze {name}"),
    QT_TRANSLATE_NOOP("Edit", "Glue clip"),
    QT_TRANSLATE_NOOP("Edit", "Glue note"),
    QT_TRANSLATE_NOOP("Edit", "Glue {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Glue {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Group track"),
    QT_TRANSLATE_NOOP("Edit", "Group {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Hold tempo"),
    QT_TRANSLATE_NOOP("Edit", "Hold value"),
    QT_TRANSLATE_NOOP("Edit", "Humanize note"),
    QT_TRANSLATE_NOOP("Edit", "Humanize {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Import {name}"),
    QT_TRANSLATE_NOOP("Edit", "Insert time"),
    QT_TRANSLATE_NOOP("Edit", "Invert note"),
    QT_TRANSLATE_NOOP("Edit", "Invert polarity"),
    QT_TRANSLATE_NOOP("Edit", "Invert {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Keep {name}"),
    QT_TRANSLATE_NOOP("Edit", "Learn controller for {name}"),
    QT_TRANSLATE_NOOP("Edit", "Legato"),
    QT_TRANSLATE_NOOP("Edit", "Lengthen clip"),
    QT_TRANSLATE_NOOP("Edit", "Load preset of {name}"),
    QT_TRANSLATE_NOOP("Edit", "Loop clip"),
    QT_TRANSLATE_NOOP("Edit", "Move chord"),
    QT_TRANSLATE_NOOP("Edit", "Move clip"),
    QT_TRANSLATE_NOOP("Edit", "Move controllers"),
    QT_TRANSLATE_NOOP("Edit", "Move fader"),
    QT_TRANSLATE_NOOP("Edit", "Move key"),
    QT_TRANSLATE_NOOP("Edit", "Move marker"),
    QT_TRANSLATE_NOOP("Edit", "Move meter"),
    QT_TRANSLATE_NOOP("Edit", "Move note"),
    QT_TRANSLATE_NOOP("Edit", "Move point"),
    QT_TRANSLATE_NOOP("Edit", "Move section"),
    QT_TRANSLATE_NOOP("Edit", "Move tempo"),
    QT_TRANSLATE_NOOP("Edit", "Move track"),
    QT_TRANSLATE_NOOP("Edit", "Move {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Move {count} faders"),
    QT_TRANSLATE_NOOP("Edit", "Move {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Move {count} points"),
    QT_TRANSLATE_NOOP("Edit", "Move {name}"),
    QT_TRANSLATE_NOOP("Edit", "Mute clip"),
    QT_TRANSLATE_NOOP("Edit", "Mute track"),
    QT_TRANSLATE_NOOP("Edit", "Mute {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Mute {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Pan track"),
    QT_TRANSLATE_NOOP("Edit", "Paste clip"),
    QT_TRANSLATE_NOOP("Edit", "Paste note"),
    QT_TRANSLATE_NOOP("Edit", "Paste {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Paste {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Quantize note"),
    QT_TRANSLATE_NOOP("Edit", "Quantize {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Ramp tempo"),
    QT_TRANSLATE_NOOP("Edit", "Record"),
    QT_TRANSLATE_NOOP("Edit", "Remove automation"),
    QT_TRANSLATE_NOOP("Edit", "Remove send"),
    QT_TRANSLATE_NOOP("Edit", "Remove {name}"),
    QT_TRANSLATE_NOOP("Edit", "Redo {edit}"),
    QT_TRANSLATE_NOOP("Edit", "Rename clip"),
    QT_TRANSLATE_NOOP("Edit", "Rename marker"),
    QT_TRANSLATE_NOOP("Edit", "Rename section"),
    QT_TRANSLATE_NOOP("Edit", "Rename song"),
    QT_TRANSLATE_NOOP("Edit", "Rename take"),
    QT_TRANSLATE_NOOP("Edit", "Rename track"),
    QT_TRANSLATE_NOOP("Edit", "Repeat clip"),
    QT_TRANSLATE_NOOP("Edit", "Resize chord"),
    QT_TRANSLATE_NOOP("Edit", "Resize note"),
    QT_TRANSLATE_NOOP("Edit", "Resize section"),
    QT_TRANSLATE_NOOP("Edit", "Resize {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Reverse clip"),
    QT_TRANSLATE_NOOP("Edit", "Reverse note"),
    QT_TRANSLATE_NOOP("Edit", "Reverse {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Reverse {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Route track"),
    QT_TRANSLATE_NOOP("Edit", "Save as"),
    QT_TRANSLATE_NOOP("Edit", "Send before fader"),
    QT_TRANSLATE_NOOP("Edit", "Send behind fader"),
    QT_TRANSLATE_NOOP("Edit", "Set chord"),
    QT_TRANSLATE_NOOP("Edit", "Set controller mode"),
    QT_TRANSLATE_NOOP("Edit", "Set fades"),
    QT_TRANSLATE_NOOP("Edit", "Set gain"),
    QT_TRANSLATE_NOOP("Edit", "Set gain of clip"),
    QT_TRANSLATE_NOOP("Edit", "Set gain of {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Set key"),
    QT_TRANSLATE_NOOP("Edit", "Set loop"),
    QT_TRANSLATE_NOOP("Edit", "Set MIDI output"),
    QT_TRANSLATE_NOOP("Edit", "Set meter"),
    QT_TRANSLATE_NOOP("Edit", "Set send"),
    QT_TRANSLATE_NOOP("Edit", "Set song end"),
    QT_TRANSLATE_NOOP("Edit", "Set tempo"),
    QT_TRANSLATE_NOOP("Edit", "Set trim"),
    QT_TRANSLATE_NOOP("Edit", "Slope to the next point"),
    QT_TRANSLATE_NOOP("Edit", "Snap to chords"),
    QT_TRANSLATE_NOOP("Edit", "Snap to scale"),
    QT_TRANSLATE_NOOP("Edit", "Solo track"),
    QT_TRANSLATE_NOOP("Edit", "Solo {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Split clip"),
    QT_TRANSLATE_NOOP("Edit", "Split note"),
    QT_TRANSLATE_NOOP("Edit", "Split {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Split {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Star take"),
    QT_TRANSLATE_NOOP("Edit", "Step input"),
    QT_TRANSLATE_NOOP("Edit", "Stop looping clip"),
    QT_TRANSLATE_NOOP("Edit", "Stretch note"),
    QT_TRANSLATE_NOOP("Edit", "Stretch {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Switch loop off"),
    QT_TRANSLATE_NOOP("Edit", "Switch loop on"),
    QT_TRANSLATE_NOOP("Edit", "Switch send off"),
    QT_TRANSLATE_NOOP("Edit", "Switch send on"),
    QT_TRANSLATE_NOOP("Edit", "Thaw {name}"),
    QT_TRANSLATE_NOOP("Edit", "Transpose in scale"),
    QT_TRANSLATE_NOOP("Edit", "Transpose note"),
    QT_TRANSLATE_NOOP("Edit", "Transpose {count} notes"),
    QT_TRANSLATE_NOOP("Edit", "Trim clip"),
    QT_TRANSLATE_NOOP("Edit", "Undo {edit}"),
    QT_TRANSLATE_NOOP("Edit", "Unfreeze {name}"),
    QT_TRANSLATE_NOOP("Edit", "Unmute clip"),
    QT_TRANSLATE_NOOP("Edit", "Unmute track"),
    QT_TRANSLATE_NOOP("Edit", "Unmute {count} clips"),
    QT_TRANSLATE_NOOP("Edit", "Unmute {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Unsolo track"),
    QT_TRANSLATE_NOOP("Edit", "Unsolo {count} tracks"),
    QT_TRANSLATE_NOOP("Edit", "Unstar take"),
)
"""All labels that edits have: `{count}` is two or more, `{name}` may have quotes round it, `{edit}` is the
label of another edit."""


def label_text(label: str) -> str:
    """The label of an edit as the user reads it, such as “Move 3 clips” or “Keep “lofi-b””.

    Names in it stay as they are; a label that none of the known ones fits stays English.
    """
    for template, pattern in _patterns():
        found = pattern.fullmatch(label)
        if found is not None:
            said = QCoreApplication.translate("Edit", template)
            return said.format(**{what: _said(what, text) for what, text in found.groupdict().items()})
    return label


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Whole labels first, then those with a number, then those with a name, the longest first."""

    def order(template: str) -> tuple[bool, bool, int]:
        return "{name}" in template or "{edit}" in template, "{count}" in template, -len(template)

    made: list[tuple[str, re.Pattern[str]]] = []
    for template in sorted(map(str, _TEMPLATES), key=order):
        pattern = re.escape(template).replace(r"\{count\}", r"(?P<count>\d+)")
        pattern = re.sub(r"\\{(name|edit)\\}", r"(?P<\1>.+)", pattern)
        made.append((template, re.compile(pattern, re.DOTALL)))
    return tuple(made)


def _said(what: str, text: str) -> str:
    """What stands in a label, with the quotes of the language."""
    if what == "edit":
        return label_text(text)
    quoted = QCoreApplication.translate("Edit", "“{name}”")
    return re.sub("“(.*?)”", lambda found: quoted.format(name=found[1]), text)

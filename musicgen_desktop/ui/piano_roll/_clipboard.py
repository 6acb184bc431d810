"""Notes on the clipboard, with what is known of their rights."""

from typing import Annotated

import msgspec
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from musicgen_desktop.document import Origin, Take
from musicgen_desktop.music import Note

NOTES_MIME = "application/x-musicgen-desktop-notes"


class CopiedNotes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Notes, and the files of others and the take that their clip has them from."""

    notes: tuple[Note, ...]
    origins: Annotated[tuple[Origin, ...], msgspec.Meta(max_length=1_000)] = ()
    take: Take | None = None


_DECODER = msgspec.json.Decoder(CopiedNotes)


def copy_notes(copied: CopiedNotes) -> None:
    """Put notes on the clipboard."""
    data = QMimeData()
    data.setData(NOTES_MIME, QByteArray(msgspec.json.encode(copied)))
    QGuiApplication.clipboard().setMimeData(data)


def copied_notes() -> CopiedNotes | None:
    """What lies there; None when it is something else."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(NOTES_MIME):
        return None
    try:
        return _DECODER.decode(bytes(data.data(NOTES_MIME).data()))
    except msgspec.MsgspecError:
        return None

"""Files that are dragged in from other programs."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

SOUND_ENDINGS = frozenset(
    {".wav", ".wave", ".aif", ".aiff", ".flac", ".ogg", ".oga", ".mp3", ".m4a", ".opus"}
)
NOTE_ENDINGS = frozenset({".mid", ".midi"})
SONG_ENDINGS = frozenset({".dawproject"})


def files_in(data: QMimeData) -> tuple[Path, ...]:
    """The sound files, MIDI files and songs that are carried; folders and other files are passed over."""
    if not data.hasUrls():
        return ()
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    known = SOUND_ENDINGS | NOTE_ENDINGS | SONG_ENDINGS
    return tuple(path for path in paths if path.suffix.lower() in known)


def accept_as_copy(event: QDropEvent) -> None:
    """Take a drag, and leave the files where they are: a file manager deletes what was moved away."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()

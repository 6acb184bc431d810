"""Clips, tracks and the mix as files: on the clipboard, or shown in their folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from musicgen_desktop.ui.bridges import Bridges, HandOverBridge, PartKind
from musicgen_desktop.ui.widgets import copy_paths, reveal

Then = Callable[[tuple[Path, ...]], None]


class PartFiles(QObject):
    """What a drag hands over, for those who do not drag."""

    def __init__(self, bridges: Bridges, handover: HandOverBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges, self._handover = bridges, handover
        clip, track, file = self.tr("Clip"), self.tr("Track"), self.tr("File")
        copies, shows = self._copy, self._show
        add = bridges.actions.add
        text = self.tr("Copy as files")
        add("clip.copy_file", clip, text, lambda: self._clips(copies), shortcuts=["Ctrl+Alt+C"], icon="copy")
        text = self.tr("Show its files in their folder")
        add("clip.reveal_file", clip, text, lambda: self._clips(shows), icon="reveal")
        text = self.tr("Copy the stem as files")
        add("track.copy_file", track, text, lambda: self._track(copies), icon="copy")
        text = self.tr("Show the stem's files in their folder")
        add("track.reveal_file", track, text, lambda: self._track(shows), icon="reveal")
        text = self.tr("Copy the mix as files")
        add("file.copy_mix", file, text, lambda: self._make(copies, "mix"), icon="copy")
        text = self.tr("Show the mix's files in their folder")
        add("file.reveal_mix", file, text, lambda: self._make(shows, "mix"), icon="reveal")

    def _clips(self, then: Then) -> None:
        if self._bridges.selection.clip_ids:
            self._make(then, "clip", *self._bridges.selection.clip_ids)
        else:
            self._bridges.status.say(self.tr("Choose a clip first."), "warn")

    def _track(self, then: Then) -> None:
        track = self._bridges.selection.track
        if track is not None:
            self._make(then, "track", track.id)
        else:
            self._bridges.status.say(self.tr("Choose a track first."), "warn")

    def _make(self, then: Then, kind: PartKind, *ids: str) -> None:
        self._handover.make(kind, *ids, then=then)

    def _copy(self, files: tuple[Path, ...]) -> None:
        copy_paths(files)
        names = ", ".join(file.name for file in files)
        self._bridges.status.say(self.tr("Copied: {names}").format(names=names), "good")

    def _show(self, files: tuple[Path, ...]) -> None:
        if files and not reveal(files[0]):
            self._bridges.status.say(str(files[0].parent))

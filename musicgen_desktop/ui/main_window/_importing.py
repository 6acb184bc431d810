"""Files that were dropped, or chosen, come onto tracks."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from musicgen_desktop.session.controllers.import_files import Imported, ImportFiles, place_imported
from musicgen_desktop.ui.bridges import Bridges, JobsBridge

from ._import_report import ImportReportDialog

FILTER = "*.wav *.flac *.ogg *.mp3 *.aif *.aiff *.mid *.midi *.dawproject"
_MOST_IN_LINE = 2  # sentences that the status line shows; more are a list


class Importing(QObject):
    """Looks at the files beside the window, then puts them on tracks as one edit."""

    def __init__(self, bridges: Bridges, jobs: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._jobs = jobs
        self.report: ImportReportDialog | None = None
        """The list of what is not as the files have it, last shown."""

    def bring(self, paths: Sequence[Path], tick: int | None = None, track_id: str | None = None) -> None:
        """Import these files at a tick, onto a track when one is given."""
        if not paths:
            return
        project = self._bridges.project
        job = ImportFiles(project.project, tuple(paths), project.folder)
        names = paths[0].name if len(paths) == 1 else self.tr("%n file(s)", "", len(paths))

        def place(imported: object) -> None:
            if not isinstance(imported, Imported):
                return
            if job.folder == project.folder:
                self._place(imported, tick, track_id)
            else:  # the copies lie in the folder of before
                self._bridges.status.say(
                    self.tr("The project moved while {names} came in; import it once more.").format(
                        names=names
                    ),
                    "warn",
                )

        self._jobs.submit(job, self.tr("Importing {names}").format(names=names), place)

    def _place(self, imported: Imported, tick: int | None, track_id: str | None) -> None:
        project = self._bridges.project
        before = {clip.id for track in project.project.tracks for clip in track.clips}
        edit, remarks = place_imported(project.project, imported, at_tick=tick, track_id=track_id)
        if not project.apply(edit):
            return
        new = [clip.id for track in project.project.tracks for clip in track.clips if clip.id not in before]
        self._bridges.selection.select_clips(new)
        if len(remarks) > _MOST_IN_LINE:
            told = self.tr("%n thing(s) are not as the files have them", "", len(remarks))
            self._bridges.status.say(told, "warn")
            if self.report is not None:
                self.report.deleteLater()
            parent = self.parent()
            self.report = ImportReportDialog(remarks, parent if isinstance(parent, QWidget) else None)
            self.report.show()
        elif remarks:
            self._bridges.status.say(" ".join(remarks), "warn")
        else:
            self._bridges.status.say(self.tr("%n clip(s) imported", "", len(new)), "good")

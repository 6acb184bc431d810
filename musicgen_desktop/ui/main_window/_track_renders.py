"""Freeze and bounce from the window: rendered beside it, applied as one edit."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.session.controllers import BounceTracks, FreezeTrack, UnfreezeTrack, chosen_soundfont
from musicgen_desktop.session.controllers.bounce import Bounced
from musicgen_desktop.session.controllers.freeze import TrackFreeze
from musicgen_desktop.session.jobs import Job
from musicgen_desktop.ui.bridges import Bridges, JobsBridge


class TrackRenders(QObject):
    """Asked by headers, menus and the palette."""

    def __init__(self, bridges: Bridges, jobs: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._jobs = jobs
        group = self.tr("Track")
        add = bridges.actions.add
        add("track.freeze", group, self.tr("Freeze or thaw the track"), lambda: self._selected(self.freeze))
        add("track.bounce", group, self.tr("Bounce to an audio track"), lambda: self._selected(self.bounce))

    def freeze(self, track_id: str) -> None:
        """Freeze a track, or thaw it when it is frozen."""
        project, track = self._bridges.project, self._bridges.project.project.track(track_id)
        if track.frozen is not None:
            thawed = UnfreezeTrack(project.project, track_id).run()
            project.apply(Edit(f"Thaw “{track.name}”", thawed))
            return

        def apply(frozen: object) -> None:
            if isinstance(frozen, TrackFreeze) and _is_there(project.project, track_id):
                project.apply(Edit(f"Freeze “{track.name}”", frozen.applied_to(project.project)))

        self._submit(
            lambda folder, font: FreezeTrack(project.project, folder, track_id, font),
            self.tr("Freezing {name}").format(name=track.name),
            apply,
        )

    def bounce(self, track_id: str) -> None:
        """Make an audio track of what a track plays; the original stays behind, muted."""
        project, track = self._bridges.project, self._bridges.project.project.track(track_id)

        def apply(bounced: object) -> None:
            if isinstance(bounced, Bounced) and _is_there(project.project, track_id):
                project.apply(Edit(f"Bounce “{track.name}”", bounced.applied_to(project.project)))

        self._submit(
            lambda folder, font: BounceTracks(
                project.project, folder, (track_id,), what="before fader", soundfont=font
            ),
            self.tr("Bouncing {name}").format(name=track.name),
            apply,
        )

    def _submit(
        self, make: Callable[[Path, Path | None], Job], title: str, apply: Callable[[object], None]
    ) -> None:
        project, folder = self._bridges.project, self._bridges.project.folder
        if folder is None:
            return

        def done(result: object) -> None:
            if project.folder == folder:
                apply(result)
            else:  # its file lies where the project was
                self._bridges.status.say(
                    self.tr("The project was saved elsewhere meanwhile; do it once more: {title}").format(
                        title=title
                    ),
                    "warn",
                )

        try:
            job = make(folder, chosen_soundfont(None, project.project))
        except UserInputError as error:
            self._bridges.status.say(str(error), "bad")
        else:
            self._jobs.submit(job, title, done)

    def _selected(self, do: Callable[[str], None]) -> None:
        track = self._bridges.selection.track
        if track is None:
            self._bridges.status.say(self.tr("Choose a track first."), "warn")
        else:
            do(track.id)


def _is_there(project: Project, track_id: str) -> bool:
    """Another project may be open by now, or the track deleted."""
    return any(track.id == track_id for track in project.tracks)

"""When the plots are made anew, and how that goes. Knows no pixels."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.session.controllers.analysis import RenderSpan
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.bridges import Bridges, JobsBridge

from ._analysis import Analyse, Analysis
from ._target import Target, heard, only_target, target_of

State = Literal["empty", "working", "ready", "failed", "stopped"]

_REST_MS = 300


class PlotsViewModel(QObject):
    """Looks at the selection while it is watched: again only when it is another one, or sounds otherwise.

    Edits that follow each other soon, as in a drag, are waited for.
    """

    state_changed = Signal()
    progressed = Signal(float, str)
    """Share done and stage."""
    analysed = Signal()
    """`analysis` is another one."""

    def __init__(self, bridges: Bridges, jobs: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._jobs = jobs
        self._is_watched = False
        self._job_id = ""
        self._asked: tuple[Target, object] | None = None
        self.state: State = "empty"
        self.problem = ""
        self.target = Target(0, 0)
        self.project: Project = bridges.project.project
        """The version that `analysis` is of."""
        self.analysis: Analysis | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.look)
        bridges.selection.changed.connect(self._wait)
        bridges.project.changed.connect(self._wait)
        bridges.project.opened.connect(self._forget)
        jobs.progressed.connect(self._on_job)

    def watch(self, watched: bool) -> None:  # noqa: FBT001 - the one thing it says
        """The plots are seen, or are not."""
        self._is_watched = watched
        if watched:
            self.look()
        else:
            self._rest.stop()

    def look(self) -> None:
        """Make the plots of what is selected now, unless they are made already."""
        self._rest.stop()
        if not self._is_watched:
            return
        project = self._bridges.project.project
        selection = self._bridges.selection
        target = target_of(project, selection.clip_ids, selection.track_ids, selection.span)
        if target.is_empty or not any(track.clips for track in project.tracks):
            self._end_job()
            self._asked, self.analysis = None, None
            self._become("empty")
            return
        asked = (target, heard(project))
        if self._asked == asked:
            return
        self._end_job()
        self._asked = asked
        self.problem = ""
        job = Analyse(
            RenderSpan(
                only_target(project, target),
                self._bridges.project.folder,
                target.start_ticks,
                target.end_ticks,
                target.track_ids,
            )
        )
        self._job_id = self._jobs.submit(job, self.tr("Plots"), self._take(target, project))
        self.progressed.emit(0.0, "")
        self._become("working")

    def again(self) -> None:
        """Try once more what failed or was stopped."""
        self._asked = None
        self.look()

    def stop(self) -> None:
        """Leave it."""
        if self.state == "working":
            self._end_job()
            self._become("stopped")

    def locate(self, seconds: float) -> None:
        """Move the play head to so many seconds behind the start of what is shown."""
        self._bridges.player.locate(self.tick_at(seconds))

    def tick_at(self, seconds: float) -> float:
        """The tick of a place in the plots."""
        tempo = self.project.tempo_map
        return tempo.tick_at(tempo.seconds_at(self.target.start_ticks) + max(0.0, seconds))

    def seconds_at(self, tick: float) -> float:
        """The inverse of `tick_at`; outside of the plots for ticks outside of the target."""
        tempo = self.project.tempo_map
        return tempo.seconds_at(tick) - tempo.seconds_at(self.target.start_ticks)

    def _take(self, target: Target, project: Project) -> Callable[[object], None]:
        def take(found: object) -> None:
            if isinstance(found, Analysis) and self._asked is not None and self._asked[0] == target:
                self._job_id = ""
                self.target, self.project, self.analysis = target, project, found
                self._become("ready")
                self.analysed.emit()

        return take

    def _on_job(self, job: JobHandle) -> None:
        if job.id == self._job_id:
            if job.state == "failed":
                self.problem = job.problem
                self._job_id = ""
                self._become("failed")
            elif not job.is_over:
                self.progressed.emit(job.done, job.stage)
        if job.is_over:
            self._tidy()

    def _tidy(self) -> None:
        """Results are held as long as their jobs are listed; one that failed may be wanted by its panel."""
        over = [job for job in self._jobs.jobs if job.is_over]
        if over and not any(job.state == "failed" for job in over):
            self._jobs.clear_finished()

    def _wait(self) -> None:
        if self._is_watched:
            self._rest.start()

    def _forget(self) -> None:
        self._end_job()
        self._asked, self.analysis = None, None
        self._become("empty")
        self._wait()

    def _end_job(self) -> None:
        if self._job_id:
            job_id, self._job_id = self._job_id, ""
            if any(job.id == job_id for job in self._jobs.jobs):
                self._jobs.stop(job_id)

    def _become(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()

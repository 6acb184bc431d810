"""What undo and redo lead back to."""

from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.storage import collect_files


class Step(msgspec.Struct, frozen=True):
    """An edit that can be undone: `label` leads from `before` to the state after it."""

    label: str
    before: Project
    merge_key: str | None


class History:
    """The steps on both sides of the present state, those next to it last.

    Projects are values that share what did not change, so there is no limit.
    """

    def __init__(self) -> None:
        self.done: list[Step] = []
        self.undone: list[Step] = []

    def add(self, label: str, before: Project, merge_key: str | None) -> None:
        """A new edit made on `before`; one with the last edit's merge key belongs to the same step."""
        last = self.done[-1] if self.done and not self.undone else None
        if merge_key is None or last is None or last.merge_key != merge_key:
            self.done.append(Step(label, before, merge_key))
        self.undone.clear()

    def end_merge(self) -> None:
        """Let the next edit be a step of its own."""
        if self.done and self.done[-1].merge_key is not None:
            self.done[-1] = msgspec.structs.replace(self.done[-1], merge_key=None)

    def back(self, now: Project) -> Step | None:
        """The step to undo; `now` is what redoing it will lead to."""
        return _taken(self.done, self.undone, now)

    def forward(self, now: Project) -> Step | None:
        """The step to redo; `now` is what undoing it will lead to."""
        return _taken(self.undone, self.done, now)

    @property
    def states(self) -> tuple[Project, ...]:
        """Every project that undo or redo can lead to."""
        return tuple(step.before for step in (*self.done, *self.undone))

    def save_elsewhere(self, paths: dict[str, str], name: str | None) -> None:
        """Let all states be those of a project that lies in another folder. See `saved_elsewhere`."""
        self.done = [_moved(step, paths, name) for step in self.done]
        self.undone = [_moved(step, paths, name) for step in self.undone]


def saved_elsewhere(project: Project, paths: dict[str, str], name: str | None) -> Project:
    """The project with its sources at these paths (by source id), under this name unless None.

    The same one when nothing is otherwise.
    """
    if name is not None and name != project.name:
        project = project.renamed(name)
    if all(source.path == paths[source.id] for source in project.sources):
        return project
    sources = tuple(source.placed_at(paths[source.id]) for source in project.sources)
    return msgspec.structs.replace(project, sources=sources)


def collected_paths(
    states: tuple[Project, ...], folder: Path, *, source_folder: Path | None
) -> dict[str, str]:
    """Bring the audio of all these states into another project folder.

    Args:
        states: the present one last; where two know a source by one id, the later one is right.
        folder: where the audio goes.
        source_folder: where the states' paths start from; None when they were never saved.

    Returns:
        Source id → its path from now on.

    Raises:
        CannotSaveError: when a file cannot be copied.
    """
    sources = {source.id: source for state in states for source in state.sources}
    whole = msgspec.structs.replace(states[-1], sources=tuple(sources.values()))
    collected = collect_files(whole, folder, source_folder=source_folder)
    return {source.id: source.path for source in collected.sources}


def _taken(steps: list[Step], others: list[Step], now: Project) -> Step | None:
    if not steps:
        return None
    step = steps.pop()
    others.append(Step(step.label, now, None))
    return step


def _moved(step: Step, paths: dict[str, str], name: str | None) -> Step:
    return msgspec.structs.replace(step, before=saved_elsewhere(step.before, paths, name))

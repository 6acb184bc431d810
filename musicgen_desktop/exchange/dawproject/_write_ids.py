"""The ids of a file's elements: short, in the order of the mixer, the same for the same song."""

from musicgen_desktop.document import Project


class Ids:
    """Ids by what they stand for: a track is t1, its strip t1-channel, its second send t1-send-2."""

    def __init__(self, project: Project) -> None:
        self._tracks = {track.id: f"t{number}" for number, track in enumerate(project.tracks, start=1)}
        self._tracks[project.master.id] = "master"
        self._parameters: dict[tuple[str, str], str] = {}

    def track(self, track_id: str) -> str:
        """Of the track."""
        return self._tracks[track_id]

    def channel(self, track_id: str) -> str:
        """Of its strip, where outputs and sends lead."""
        return f"{self._tracks[track_id]}-channel"

    def part(self, track_id: str, *names: str | int) -> str:
        """Of something else in its strip."""
        return "-".join((self._tracks[track_id], *map(str, names)))

    def parameter(self, track_id: str, target: str, *names: str | int) -> str:
        """Of a parameter that an automation `target` moves; `moved_by` finds it again."""
        return self._parameters.setdefault((track_id, target), self.part(track_id, *names))

    def moved_by(self, track_id: str, target: str) -> str | None:
        """The id of the parameter that a target means; None when the file has no such thing."""
        return self._parameters.get((track_id, target))

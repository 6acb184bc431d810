"""Which routes a solo keeps heard on its way, as Ardour counts them."""

from musicgen_desktop.document import Project, Track


class Solos:
    """Counts for every track how many soloed ones play into it, and how many it plays into."""

    def __init__(self, project: Project) -> None:
        self._tracks = {track.id: track for track in project.tracks}
        self.upstream = {track.id: 0 for track in project.all_tracks}
        self.downstream = dict(self.upstream)
        for track in project.tracks:
            if track.soloed:
                for each in self._below(track):
                    self.upstream[each] += 1
                for each in self._above(track):
                    self.downstream[each] += 1

    def _below(self, track: Track) -> list[str]:
        """The groups that it plays into, in order."""
        found: list[str] = []
        while track.output is not None and track.output not in found:
            track = self._tracks[track.output]
            found.append(track.id)
        return found

    def _above(self, bus: Track) -> list[str]:
        """What plays into it, over other groups too."""
        found = [bus.id]
        for place in found:
            found += (
                each.id for each in self._tracks.values() if each.output == place and each.id not in found
            )
        return found[1:]

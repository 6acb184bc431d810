"""A selection becomes sound to look at."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers._asked import chosen_soundfont
from musicgen_desktop.session.controllers._groups import groups_of

_LONGEST_S = 1800.0


@dataclass(frozen=True)
class RenderSpan:
    """The song between two ticks, as it leaves the master.

    Attributes:
        project: as it is now.
        folder: the project's, in which its audio lies; None for one that was never saved.
        start_ticks, end_ticks: the span, its end outside.
        track_ids: only these are heard, even when they or their groups are muted, with what the buses they
            play into add; None hears the mix as it is.
        soundfont: the General MIDI font asked for; else the project's own.
    """

    project: Project
    folder: Path | None
    start_ticks: int
    end_ticks: int
    track_ids: tuple[str, ...] | None = None
    soundfont: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> tuple[Audio, int]:
        """Do the work.

        Returns:
            ([frames, 2] float32, frames per second)

        Raises:
            UserInputError: when nothing lies between the ticks, more than half an hour, or a track is gone.
            Stopped: when `stop` was set.
        """
        tempo, rate = self.project.tempo_map, self.project.rate
        first, after = (tempo.frame_at(max(tick, 0), rate) for tick in (self.start_ticks, self.end_ticks))
        if after <= first:
            raise UserInputError("Nothing is selected; select some bars or clips first.")
        _refuse_too_long((after - first) / rate)
        project = self._heard_alone()
        font = chosen_soundfont(self.soundfont, project, frozen_in=self.folder)
        plan = compile_plan(project, media_folder=self.folder, soundfont=font)
        sound = render_mix(plan, start_frame=first, frames=after - first, report=report, stop=stop)
        return sound, rate

    def _heard_alone(self) -> Project:
        project = self.project
        if self.track_ids is None:
            return project
        known = {track.id for track in project.tracks}
        if not self.track_ids or not known.issuperset(self.track_ids):
            raise UserInputError("A selected track is not in the project any more; select it again.")
        wanted = [track for track in project.tracks if track.id in self.track_ids]
        heard = {*self.track_ids, *groups_of(project, wanted)}
        tracks = tuple(
            track.muted_as(muted=False) if track.id in heard else track for track in project.tracks
        )
        return msgspec.structs.replace(project, tracks=tracks).soloed_alone(*self.track_ids)


def _refuse_too_long(seconds: float) -> None:
    if seconds > _LONGEST_S:
        raise UserInputError(
            f"That is {seconds / 60:.0f} minutes of sound; choose at most {_LONGEST_S / 60:.0f}."
        )

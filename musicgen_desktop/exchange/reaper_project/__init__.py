"""REAPER projects (`.RPP`, a text file): the song with its tracks, clips, mixer, tempo map and regions."""

from ._remarks import reaper_remarks
from ._values import TrackSound
from ._write import ReaperProject, reaper_project

__all__ = ["ReaperProject", "TrackSound", "reaper_project", "reaper_remarks"]

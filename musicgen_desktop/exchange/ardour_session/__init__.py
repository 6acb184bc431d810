"""Ardour sessions (a folder with an XML file): the song with tracks, regions, mixer, tempo map, markers.

The form is that of Ardour 7, which later versions read.
"""

from ._remarks import ardour_remarks
from ._values import ArdourSession, SessionFiles, SoundFile
from ._write import ardour_session

__all__ = ["ArdourSession", "SessionFiles", "SoundFile", "ardour_remarks", "ardour_session"]

"""An Ableton Link session that nobody else is in; its library is named `link`."""

from types import SimpleNamespace


class LinkSession:
    """The session, and the state of it that is read and written."""

    def __init__(self, bpm):
        self.bpm, self.plays = bpm, False

    def clock(self):
        return SimpleNamespace(micros=lambda: 0)

    def captureSessionState(self):  # noqa: N802 - the library's own word
        return self

    def commitSessionState(self, _state):  # noqa: N802
        pass

    def beatAtTime(self, _micros, _quantum):  # noqa: N802
        return 5.0

    def phaseAtTime(self, _micros, quantum):  # noqa: N802
        return 5.0 % quantum

    def tempo(self):
        return self.bpm

    def isPlaying(self):  # noqa: N802
        return self.plays

    def setIsPlaying(self, plays, _micros):  # noqa: N802
        self.plays = plays

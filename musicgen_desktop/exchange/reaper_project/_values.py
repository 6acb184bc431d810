"""What a REAPER project is made of besides the song itself."""

import msgspec


class TrackSound(msgspec.Struct, frozen=True):
    """What a track of notes or an effect return sounds like here: its sound before the fader, as a file.

    Attributes:
        path: relative to the project file, with forward slashes.
        start_s: seconds from bar 1 to the file's first frame.
        length_s: the file's length in seconds.
    """

    path: str
    start_s: float
    length_s: float

"""A track's sound kept as a file, so that nothing has to be computed to play it."""

import msgspec


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a frozen track plays: its sound after the inserts and before the fader.

    Clips, patch and inserts stay with the track. While they are what they were, the file is played in their
    place; once they changed they are heard again themselves, and nothing of them was lost.
    """

    source_id: str
    """The audio file, in stereo."""
    inputs: str
    """A hash of all that the sound was made of."""
    start_frame: int = 0
    """The frame of the timeline, at the file's rate, on which its first frame lies."""

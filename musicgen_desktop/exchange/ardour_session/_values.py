"""What an Ardour session is made of besides the song itself."""

from collections.abc import Mapping

import msgspec


class SoundFile(msgspec.Struct, frozen=True):
    """A file of sound at the song's own rate: Ardour plays others at a wrong speed.

    Attributes:
        name: in the session's folder of audio files.
        channels: 1 or 2.
        frames: how long it is.
        start_frame: where on the timeline it begins, when it is what a track sounds like.
    """

    name: str
    channels: int
    frames: int
    start_frame: int = 0


class SessionFiles(msgspec.Struct, frozen=True):
    """The files that a session plays.

    Attributes:
        sources: source id → its file. Clips whose source is not there are left out, and a remark says so.
        backwards: source id → the same sound from its end to its beginning, for clips that are reversed.
        sounds: track id → what that track of notes, or that effect return, sounds like before its fader.
        notes: clip id → MIDI file in the session's folder of MIDI files, from the clip's start on.
    """

    sources: Mapping[str, SoundFile] = {}
    backwards: Mapping[str, SoundFile] = {}
    sounds: Mapping[str, SoundFile] = {}
    notes: Mapping[str, str] = {}


class ArdourSession(msgspec.Struct, frozen=True):
    """A session file's text, and a sentence on each thing that it cannot hold."""

    text: str
    remarks: tuple[str, ...]

"""Standard MIDI Files of a project: the whole song or one track."""

from ._write import save_midi, song_midi, track_midi

__all__ = ["save_midi", "song_midi", "track_midi"]

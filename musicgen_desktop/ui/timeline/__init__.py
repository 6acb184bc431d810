"""The arrangement: tracks and their clips along the song."""

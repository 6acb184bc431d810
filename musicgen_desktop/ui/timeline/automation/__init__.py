"""What moves with the song: curves in lanes below the tracks."""

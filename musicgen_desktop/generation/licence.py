"""Whose the music of our own engine is; light, so that a list of engines need not load it."""

COMPOSER_LICENCE = "Your own: every note was made on this machine by rules and your seed."

"""MusicGen Desktop: an offline composing companion to a DAW."""

__version__ = "0.1.0"

"""Scales: which steps above the tonic belong."""

import msgspec


class Scale(msgspec.Struct, frozen=True):
    """A scale.

    Attributes:
        name: as it stands in a key: “major”, “harmonic minor”.
        steps: semitones above the tonic, ascending, from 0.
    """

    name: str
    steps: tuple[int, ...]

    @property
    def is_minor(self) -> bool:
        """Whether its third is minor."""
        return 3 in self.steps and 4 not in self.steps


SCALES: dict[str, Scale] = {
    name: Scale(name, steps)
    for name, steps in {
        "major": (0, 2, 4, 5, 7, 9, 11),
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
        "melodic minor": (0, 2, 3, 5, 7, 9, 11),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
        "lydian": (0, 2, 4, 6, 7, 9, 11),
        "mixolydian": (0, 2, 4, 5, 7, 9, 10),
        "locrian": (0, 1, 3, 5, 6, 8, 10),
        "phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
        "lydian dominant": (0, 2, 4, 6, 7, 9, 10),
        "harmonic major": (0, 2, 4, 5, 7, 8, 11),
        "hungarian minor": (0, 2, 3, 6, 7, 8, 11),
        "altered": (0, 1, 3, 4, 6, 8, 10),
        "major pentatonic": (0, 2, 4, 7, 9),
        "minor pentatonic": (0, 3, 5, 7, 10),
        "blues": (0, 3, 5, 6, 7, 10),
        "major blues": (0, 2, 3, 4, 7, 9),
        "whole tone": (0, 2, 4, 6, 8, 10),
        "diminished": (0, 2, 3, 5, 6, 8, 9, 11),
        "chromatic": tuple(range(12)),
    }.items()
}
"""The scales a key may have, by name."""

SCALE_SYNONYMS: dict[str, str] = {
    "": "major",
    "maj": "major",
    "ma": "major",
    "ionian": "major",
    "dur": "major",
    "m": "minor",
    "min": "minor",
    "mi": "minor",
    "-": "minor",
    "moll": "minor",
    "natural minor": "minor",
    "aeolian": "minor",
    "dor": "dorian",
    "phryg": "phrygian",
    "lyd": "lydian",
    "mixo": "mixolydian",
    "loc": "locrian",
    "pentatonic": "major pentatonic",
    "pentatonic major": "major pentatonic",
    "pentatonic minor": "minor pentatonic",
    "minor blues": "blues",
    "octatonic": "diminished",
}

PARENT_STEPS: dict[str, int] = {
    "major": 0,
    "minor": 9,
    "harmonic minor": 9,
    "melodic minor": 9,
    "dorian": 2,
    "phrygian": 4,
    "lydian": 5,
    "mixolydian": 7,
    "locrian": 11,
    "minor pentatonic": 9,
    "blues": 9,
    "hungarian minor": 9,
    "phrygian dominant": 4,
}
"""Where a scale's tonic lies in the major scale whose signature it is written with; others are like major."""

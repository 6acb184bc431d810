"""The chords that a key has by itself."""

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Chord, Key, roman_name

_DEGREES = 7


def diatonic_chords(key: Key, *, sevenths: bool = False) -> list[tuple[str, str]]:
    """Numeral and symbol of the chord on each degree: thirds stacked on the scale.

    Scales with more or fewer than seven steps stand on their major or minor key.

    >>> diatonic_chords(Key.parse("A minor"))[:3]
    [('i', 'Am'), ('iio', 'Bdim'), ('III', 'C')]
    """
    steps = key.pitch_classes
    if len(steps) != _DEGREES:
        steps = Key(key.tonic, "minor" if key.is_minor else "major", key.prefer_flats).pitch_classes
    found: list[tuple[str, str]] = []
    for degree, root in enumerate(steps):
        tones = [(steps[(degree + third) % _DEGREES] - root) % 12 for third in (2, 4, 6)]
        quality = _quality(tones[0], tones[1], tones[2] if sevenths else None)
        try:
            chord = Chord.of(root, quality, prefer_flats=key.prefer_flats)
        except UserInputError:  # a scale whose thirds make no chord with a name
            continue
        found.append((roman_name(chord, key), str(chord)))
    return found


def _quality(third: int, fifth: int, seventh: int | None) -> str:
    triad = {(4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug", (4, 6): "b5"}.get((third, fifth), "?")
    if seventh is None:
        return triad
    if triad == "dim":
        return "dim7" if seventh == 9 else "m7b5"
    if seventh == 11:
        return {"": "maj7", "m": "mmaj7", "aug": "maj7#5"}.get(triad, "?")
    return {"": "7", "m": "m7", "aug": "7#5", "b5": "7b5"}.get(triad, "?")

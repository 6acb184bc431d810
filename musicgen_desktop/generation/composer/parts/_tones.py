"""Which notes fit where: the tones of a chord, the scale around it, and how far an instrument reaches."""

from functools import lru_cache

from musicgen_desktop.music import Chord, Key, Patch

# Sounding ranges that are comfortable to play, by General MIDI program (first, last, low, high).
_RANGES: tuple[tuple[int, int, int, int], ...] = (
    (0, 7, 36, 96),
    (8, 15, 60, 98),
    (16, 23, 40, 88),
    (24, 31, 40, 84),
    (32, 39, 28, 60),
    (40, 40, 55, 96),
    (41, 41, 48, 84),
    (42, 42, 36, 76),
    (43, 43, 28, 60),
    (44, 51, 40, 90),
    (52, 54, 48, 80),
    (56, 56, 54, 84),
    (57, 57, 40, 72),
    (58, 58, 28, 58),
    (59, 59, 54, 82),
    (60, 60, 41, 77),
    (61, 63, 43, 82),
    (64, 64, 56, 86),
    (65, 65, 49, 81),
    (66, 66, 44, 76),
    (67, 67, 36, 68),
    (68, 68, 58, 88),
    (69, 69, 52, 80),
    (70, 70, 34, 70),
    (71, 71, 50, 88),
    (72, 72, 74, 102),
    (73, 73, 60, 94),
    (74, 79, 60, 92),
    (80, 87, 43, 96),
    (88, 103, 36, 90),
    (104, 111, 45, 84),
)


def reach(patch: Patch | None, low: int, high: int) -> tuple[int, int]:
    """The wanted range, narrowed to what the instrument plays; moved by octaves where they do not meet."""
    if patch is None or patch.source != "general_midi" or patch.is_drums:
        return low, high
    for first, last, bottom, top in _RANGES:
        if first <= patch.program <= last:
            while low > top - 12 and low > bottom:
                low, high = low - 12, high - 12
            while high < bottom + 12 and high < top:
                low, high = low + 12, high + 12
            return max(low, bottom), min(high, top)
    return low, high


@lru_cache(maxsize=1024)
def chord_scale(key: Key, chord: Chord, kind: str = "key") -> frozenset[int]:
    """Pitch classes that may pass over a chord.

    The chord's tones, and the key's wherever they do not lie a half step beside a chord tone foreign to
    the key (over E7 in A minor, G gives way to G sharp). `kind`: "key", "bebop" (the same), "pentatonic"
    (without the half steps of the key), "blues" (the tonic's blues notes instead), "chord" (nothing else).
    """
    tones = frozenset(chord.pitch_classes)
    if kind == "chord":
        return tones
    if kind == "blues":
        passing = {(key.tonic + step) % 12 for step in (0, 3, 5, 6, 7, 10)}
        return tones | passing
    scale = set(key.pitch_classes)
    if kind == "pentatonic":
        scale &= _pentatonic(key)
    foreign = [tone for tone in tones if tone not in key.pitch_classes]
    passing = {pitch for pitch in scale if all((pitch - tone) % 12 not in (1, 11) for tone in foreign)}
    return tones | passing


def _pentatonic(key: Key) -> set[int]:
    steps = (0, 3, 5, 7, 10) if key.is_minor else (0, 2, 4, 7, 9)
    return {(key.tonic + step) % 12 for step in steps}


@lru_cache(maxsize=1024)
def degree(key: Key, chord: Chord, number: int) -> int:
    """Semitones from the chord's root up to step 1–7 of its scale; 1, 3, 5 and 7 are the chord's own."""
    wanted = {1: (0,), 2: (2, 1, 3), 3: (4, 3), 4: (5, 6), 5: (7, 6, 8), 6: (9, 8), 7: (10, 11, 9)}[number]
    own = [step % 12 for step in chord.intervals]
    if number in (1, 3, 5, 7):
        for step in wanted:
            if step in own:
                return step
        if number == 3:  # suspended or a power chord: the third is not said
            return next((step for step in (5, 2) if step in own), 7)
    scale = chord_scale(key, chord)
    for step in wanted:
        if (chord.root + step) % 12 in scale:
            return step
    return wanted[0]


def nearest_pitch(pitch_class: int, near: int, low: int, high: int) -> int:
    """The pitch of a class nearest to another within a range (of two equally near, the lower)."""
    first = low + (pitch_class - low) % 12
    options = range(first, high + 1, 12)
    if not options:
        return first
    return min(options, key=lambda pitch: (abs(pitch - near), pitch))


def pitches_in(classes: frozenset[int], low: int, high: int) -> list[int]:
    """All pitches of these classes from low to high."""
    return [pitch for pitch in range(low, high + 1) if pitch % 12 in classes]

"""What stands on a root beyond the triad, what may be borrowed, and which key some chords speak of."""

from collections.abc import Sequence

from musicgen_desktop.music import Chord, Key

_PLAIN = ("", "m", "dim")
_NINTHS = {"m7": "m9", "maj7": "maj9", "7": "9"}
_SEVENTHS = ("", "m", "7", "m7", "maj7")


def coloured(chord: Chord, key: Key, colour: str) -> Chord:
    """The chord in a style's colour; whatever the progression already spells out stays.

    Sevenths and ninths are those of the key where the root and third belong to it.
    """
    if chord.bass is not None or (chord.quality not in ("", "m") and colour not in ("sevenths", "ninths")):
        return chord
    if colour == "power":
        return _with(chord, "5")
    if colour == "sus":
        return _with(chord, _suspended(chord, key))
    if colour == "sixths":
        return _with(chord, "6" if chord.quality == "" else "m6" if _has(chord, key, 9) else "m7")
    return _stacked(chord, key, colour) if colour in ("sevenths", "ninths") else chord


def _stacked(chord: Chord, key: Key, colour: str) -> Chord:
    seventh = _with(chord, _seventh(chord, key)) if chord.quality in _PLAIN else chord
    if colour == "ninths" and seventh.quality in _NINTHS and _has(chord, key, 2):
        return _with(seventh, _NINTHS[seventh.quality])
    return seventh


def _seventh(chord: Chord, key: Key) -> str:
    step = (chord.root - key.tonic) % 12
    if chord.quality == "dim":
        return "m7b5" if _has(chord, key, 10) else "dim7"
    if chord.quality == "m":
        return "m7"
    if step == 7 or (step in (2, 4, 9, 11) and not key.contains(chord.root + 4)):
        return "7"  # the dominant, and major chords that want to become one
    if step in (3, 8, 1):
        return "maj7"  # the flat third, sixth and second, also when they are borrowed
    if step == 10:
        return "7" if not key.is_minor or key.contains(chord.root + 10) else "maj7"
    return "maj7" if _has(chord, key, 11) else "7"


def _suspended(chord: Chord, key: Key) -> str:
    step = (chord.root - key.tonic) % 12
    if step == 7 and chord.quality == "":
        return "sus4"
    if not _has(chord, key, 2):
        return chord.quality
    return "add9" if chord.quality == "" else "madd9"


def _has(chord: Chord, key: Key, interval: int) -> bool:
    return key.contains(chord.root + interval)


def _with(chord: Chord, quality: str) -> Chord:
    if quality == chord.quality:
        return chord
    return Chord.of(chord.root, quality, bass=chord.bass, prefer_flats=chord.prefer_flats)


def borrowed_chord(chord: Chord, key: Key) -> Chord | None:
    """The chord that the parallel mode has in this one's place, such as iv for IV; None where none suits."""
    if chord.bass is not None or chord.quality not in _SEVENTHS:
        return None
    step = (chord.root - key.tonic) % 12
    has_seventh = len(chord.intervals) > 3
    if key.is_minor:
        # IV from dorian, and the Neapolitan.
        swap = {5: (0, "7" if has_seventh else ""), 8: (-7, "maj7" if has_seventh else "")}.get(step)
    else:
        # iv, bVI, bVII and iiø from minor.
        swap = {
            5: (0, "m6" if has_seventh else "m"),
            9: (-1, "maj7" if has_seventh else ""),
            2: (0, "m7b5" if has_seventh else "dim"),
            11: (-1, "7" if has_seventh else ""),
        }.get(step)
    if swap is None:
        return None
    shift, quality = swap
    flats = key.prefer_flats or shift in (-1, -7)
    return Chord.of((chord.root + shift) % 12, quality, prefer_flats=flats)


def key_of_chords(chords: Sequence[Chord]) -> Key:
    """The major or minor key in which most of these chords lie; the first and last chord weigh more."""
    best, best_score = Key.of(0), -1.0
    for scale in ("major", "minor"):
        for tonic in range(12):
            key = Key.of(tonic, scale)
            score = _likeness(chords, key)
            if score > best_score + 1e-9:
                best, best_score = key, score
    flats = sum(chord.prefer_flats for chord in chords)
    sharps = sum(not chord.prefer_flats and len(str(chord)) > 1 and str(chord)[1] == "#" for chord in chords)
    if flats != sharps:
        return Key(best.tonic, best.scale, prefer_flats=flats > sharps)
    return best


def _likeness(chords: Sequence[Chord], key: Key) -> float:
    score = 0.0
    for i, chord in enumerate(chords):
        tones = chord.pitch_classes
        inside = 0
        for tone in tones:
            leading = key.is_minor and tone == (key.tonic + 11) % 12 and chord.root == (key.tonic + 7) % 12
            inside += 1 if key.contains(tone) or leading else 0
        score += inside / len(tones)
        is_tonic = chord.root == key.tonic and chord.is_minor == key.is_minor and not chord.is_dominant
        if is_tonic:
            score += 0.35 + (0.5 if i == 0 else 0.0) + (0.4 if i == len(chords) - 1 else 0.0)
            if i and chords[i - 1].root == (key.tonic + 7) % 12 and 4 in chords[i - 1].intervals:
                score += 0.4
    return score

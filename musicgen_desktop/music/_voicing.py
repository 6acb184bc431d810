"""Voice leading: every voice of one chord walks to the nearest tone of the next."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, combinations_with_replacement
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ._chord import Chord

_SPAN_PER_VOICE = 5  # semitones from the lowest to the highest voice, at most, per voice
_WIDEST_GAP = 12  # between neighbours
# Costs are whole numbers, so that the choice is the same on every machine. A semitone of movement costs 8.
_MOVEMENT = 8


def voice_lead(
    chords: Sequence[Chord],
    *,
    low: int = 48,
    high: int = 76,
    voices: int = 4,
    start: Sequence[int] | None = None,
) -> list[tuple[int, ...]]:
    """One voicing for each chord, with the least movement over the whole progression.

    Thirds, sevenths and altered tones are always there; with too many tones the fifth goes first, with too
    few root and fifth are doubled. The bass under a slash is left to the bass. Voices never cross.

    >>> from musicgen_desktop.music import parse_progression
    >>> voice_lead(parse_progression("C F G C"), voices=3, low=60, high=84)
    [(67, 72, 76), (69, 72, 77), (67, 71, 74), (67, 72, 76)]

    Args:
        chords: any number.
        low: lowest pitch allowed.
        high: highest pitch allowed.
        voices: how many pitches each voicing has, 1 … 8.
        start: a voicing to come from, `voices` ascending pitches; None is free to begin anywhere.

    Returns:
        For each chord `voices` strictly ascending pitches.

    Raises:
        ValueError: when a chord has no voicing in this range (24 semitones hold four voices of any chord),
            or `start` has another number of voices.

    Method: shortest path through all voicings (dynamic programming), cost = the sum of absolute movements,
    and a little for lying far from the middle of the range or for seconds low down.
    """
    if not 1 <= voices <= 8:
        raise ValueError("1 to 8 voices")
    if start is not None and len(start) != voices:
        raise ValueError(f"the start has {len(start)} voices instead of {voices}")
    if not chords:
        return []
    candidates = [_voicings(chord.root, chord.intervals, voices, low, high) for chord in chords]
    pitches, cost = candidates[0]
    total = cost.copy()
    if start is not None:
        total += _MOVEMENT * np.abs(pitches - np.asarray(start, np.int64)).sum(axis=1)
    came_from: list[NDArray[np.int64]] = []
    for after, after_cost in candidates[1:]:
        steps = _MOVEMENT * np.abs(after[:, None, :] - pitches[None, :, :]).sum(axis=2) + total
        best = steps.argmin(axis=1)
        came_from.append(best)
        total = after_cost + steps[np.arange(len(after)), best]
        pitches = after
    index = int(total.argmin())
    path = [index]
    for best in reversed(came_from):
        index = int(best[index])
        path.append(index)
    path.reverse()
    return [
        tuple(int(pitch) for pitch in voicings[index])
        for (voicings, _), index in zip(candidates, path, strict=True)
    ]


@lru_cache(maxsize=2048)
def _voicings(
    root: int, intervals: tuple[int, ...], voices: int, low: int, high: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All voicings in the range, [n, voices], and the cost of each, [n]."""
    shapes = _shapes(intervals, voices)
    octaves = np.arange(low // 12 - 1, high // 12 + 1) * 12 + root
    pitches = (shapes[None, :, :] + octaves[:, None, None]).reshape(-1, voices)
    pitches = pitches[(pitches[:, 0] >= low) & (pitches[:, -1] <= high)]
    if not len(pitches):
        raise ValueError(f"no voicing of {intervals} for {voices} voices between {low} and {high}")
    off_centre = np.abs(2 * pitches.sum(axis=1) - voices * (low + high)) // voices
    gaps = np.diff(pitches, axis=1)
    clusters = 6 * (gaps == 1).sum(axis=1) + 3 * ((gaps <= 2) & (pitches[:, :-1] < 55)).sum(axis=1)
    holes = np.maximum(gaps - 9, 0).sum(axis=1)
    return pitches, off_centre + clusters + 2 * holes


@lru_cache(maxsize=512)
def _shapes(intervals: tuple[int, ...], voices: int) -> NDArray[np.int64]:
    """Every way to stack the chosen tones, [n, voices] semitones above a root; the lowest is below 12."""
    wanted = {tuple(sorted(tones)) for tones in _selections(intervals, voices)}
    tones = sorted({tone for selection in wanted for tone in selection})
    # A power chord has two tones to an octave; everything else is better kept closer together.
    span = max(_SPAN_PER_VOICE * voices, 12 * ceil(voices / len(tones)))
    ladder = [tone + 12 * octave for octave in range(span // 12 + 2) for tone in tones]
    shapes = []
    for at, lowest in enumerate(ladder[: len(tones)]):
        reachable = [pitch for pitch in ladder[at + 1 :] if pitch - lowest <= span]
        for above in combinations(reachable, voices - 1):
            shape = (lowest, *above)
            if tuple(sorted(pitch % 12 for pitch in shape)) not in wanted:
                continue
            if all(b - a <= _WIDEST_GAP for a, b in zip(shape, above, strict=False)):
                shapes.append(shape)
    return np.array(shapes, np.int64).reshape(-1, voices)


def _selections(intervals: tuple[int, ...], voices: int) -> list[tuple[int, ...]]:
    """Which tones to play, as semitones within an octave: as many as there are voices."""
    tones = list(dict.fromkeys(interval % 12 for interval in sorted(intervals, key=_Rank(intervals))))
    if len(tones) >= voices:
        return [tuple(tones[:voices])]
    fifth = next((tone for tone in (7, 6, 8) if tone in intervals), 0)
    extra = voices - len(tones)
    doubled = {0, fifth}
    if extra > 2:
        doubled |= {tone % 12 for tone in intervals}  # a big section doubles whatever it likes
    return [(*tones, *more) for more in combinations_with_replacement(sorted(doubled), extra)]


class _Rank:
    """Sorts tones by how much the chord would lose without them."""

    def __init__(self, intervals: tuple[int, ...]) -> None:
        thirds = {3, 4} & set(intervals) or {2, 5} & set(intervals)
        top = max(intervals)
        seventh = {10, 11, 9} & set(intervals)
        order = [*sorted(thirds), *sorted(seventh, reverse=True)]
        order += [tone for tone in intervals if tone in (6, 8)]
        order += [top] if top > 12 else []
        order += [tone for tone in (20, 18, 15, 13) if tone in intervals]
        order += [0, *sorted((tone for tone in intervals if tone > 12), reverse=True), 7, *intervals]
        self._rank = {tone: place for place, tone in reversed(list(enumerate(order)))}

    def __call__(self, interval: int) -> int:
        return self._rank[interval]

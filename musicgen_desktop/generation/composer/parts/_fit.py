"""Finds the pitches of a line: close to the wanted contour, chord tones where it counts, easy to sing."""

from collections.abc import Sequence

import msgspec

# What it costs to move so many half steps: steps are free, an octave is a gesture, sevenths are hard to sing.
_MOVE = (5, 0, 0, 3, 4, 7, 30, 10, 18, 20, 60, 70, 30)
_FAR = 400
_REACH = 5
# A pitch, what it costs by itself, and whether it lies outside the chord.
_Option = tuple[int, int, bool]


class Wanted(msgspec.Struct, frozen=True):
    """What is wanted of one note.

    Attributes:
        target: the pitch the contour asks for.
        scale: pitch classes that may sound; chord: those that rest well.
        outside: what a note outside the chord costs (0 weak … 60 on the strong beat).
        avoid: pitches that would clash, with what each costs.
        goal: pitch classes that are best here (a cadence), empty for none.
        home: pitch classes that draw the line everywhere (the tonic and its fifth).
    """

    target: int
    scale: frozenset[int]
    chord: frozenset[int]
    outside: int
    avoid: tuple[tuple[int, int], ...] = ()
    goal: frozenset[int] = frozenset()
    home: frozenset[int] = frozenset()


def fit_line(wanted: Sequence[Wanted], low: int, high: int, before: int | None = None) -> list[int]:
    """The cheapest line through all notes (Viterbi): one pitch each within low..high.

    A note outside its chord must go on by step; moving against the contour costs. `before` is the pitch
    that sounded last.
    """
    if not wanted:
        return []
    options = [_options(one, low, high) for one in wanted]
    costs = [cost + (_move(pitch - before) if before is not None else 0) for pitch, cost, _ in options[0]]
    back: list[list[int]] = []
    for at in range(1, len(wanted)):
        intended = wanted[at].target - wanted[at - 1].target
        costs, row = _one_further(costs, options[at - 1], options[at], intended)
        back.append(row)
    place = min(range(len(costs)), key=costs.__getitem__)
    places = [place]
    for row in reversed(back):
        place = row[place]
        places.append(place)
    places.reverse()
    return [options[at][place][0] for at, place in enumerate(places)]


def _one_further(
    costs: list[int], came: list[_Option], go: list[_Option], intended: int
) -> tuple[list[int], list[int]]:
    """The cheapest cost of standing on each option of the next note, and where it came from."""
    new_costs, row = [], []
    for pitch, own, _ in go:
        best, best_from = 1 << 30, 0
        for index, (previous, _, outside) in enumerate(came):
            interval = pitch - previous
            size = interval if interval >= 0 else -interval
            total = costs[index] + (_MOVE[size] if size <= 12 else _FAR)
            if intended * interval < 0 or (interval == 0 and intended != 0):
                total += 9
            elif intended == 0 and interval == 0:
                total -= 4
            if outside:
                total += 25 if size > 2 else 8 if size == 0 else 0
            if total < best:
                best, best_from = total, index
        new_costs.append(best + own)
        row.append(best_from)
    return new_costs, row


def _move(interval: int) -> int:
    size = abs(interval)
    return (_MOVE[size] if size <= 12 else _FAR) // 2


def _options(one: Wanted, low: int, high: int) -> list[_Option]:
    """Pitches near the target with what each costs by itself, and whether it lies outside the chord."""
    target = max(low, min(high, one.target))
    avoid = dict(one.avoid)
    found = []
    for reach in (_REACH, 12, 127):
        for pitch in range(max(low, target - reach), min(high, target + reach) + 1):
            pitch_class = pitch % 12
            if pitch_class not in one.scale:
                continue
            outside = pitch_class not in one.chord
            cost = 3 * abs(pitch - target) + (one.outside if outside else 0) + avoid.get(pitch, 0)
            if one.goal and pitch_class not in one.goal:
                cost += 14
            if pitch_class in one.home:
                cost -= 4
            found.append((pitch, cost, outside))
        # A range narrower than the reach may hold no chord tone: look further before giving in.
        if any(not outside for _, _, outside in found):
            return found
        found = []
    return found or [(target, 0, False)]

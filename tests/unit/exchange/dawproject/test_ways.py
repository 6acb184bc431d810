"""Ways between strips never run in a circle."""

import random

from musicgen_desktop.exchange.dawproject._read_ways import Ways


def reaches(edges, start, end):
    seen, rest = {start}, [start]
    while rest:
        here = rest.pop()
        for low, high in edges:
            if low == here and high not in seen:
                seen.add(high)
                rest.append(high)
    return end in seen


def test_a_way_is_refused_exactly_when_it_would_close_a_circle():
    rng = random.Random(4)
    for _ in range(40):
        ways, edges = Ways(), []
        for _ in range(60):
            start, end = rng.randrange(12), rng.randrange(12)
            allowed = not reaches(edges, end, start)

            assert ways.add(start, end) == allowed

            if allowed:
                edges.append((start, end))

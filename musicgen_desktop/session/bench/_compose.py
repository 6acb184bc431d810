"""Notes: how long the Composer thinks."""

from functools import partial

from musicgen_desktop.foundation import machine_text
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import Composer

from ._table import Row, Table, median_s

_SIXTEEN_BARS_LIMIT_MS = 150.0
_PROMPTS = {
    "lo-fi hip hop": "lofi hip hop, 82 bpm, F minor, dusty drums, {bars} bars",
    "house": "deep house, 122 bpm, {bars} bars",
    "jazz swing": "jazz swing, 140 bpm, {bars} bars",
    "cinematic": "cinematic strings, 90 bpm, {bars} bars",
}


def bench_compose() -> Table:
    """Milliseconds for 16 and 128 bars of several styles, and notes a second."""
    composer = Composer()
    rows: list[Row] = []
    for bars in (16, 128):
        for style, prompt in _PROMPTS.items():
            request = Request(prompt=prompt.format(bars=bars), seed=1)
            seconds = median_s(partial(composer.generate, request))
            notes = sum(len(stem.notes) for stem in composer.generate(request).stems)
            limit = _SIXTEEN_BARS_LIMIT_MS if bars == 16 else None
            rows.append(
                Row(f"{style}, {bars} bars", round(seconds * 1000, 1), "ms", limit, higher_is_better=False)
            )
            rows.append(Row(f"{style}, {bars} bars", round(notes / seconds), "notes/s"))
    return Table("Composing (notes alone, warm)", machine_text(), tuple(rows))

"""Notes: how long the Composer thinks."""

from functools import partial

from musicgen_desktop.foundation import Report, StopFlag, machine_text, no_report
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


def bench_compose(report: Report = no_report, stop: StopFlag | None = None) -> Table:
    """Milliseconds for 16 and 128 bars of several styles, and notes a second.

    Raises:
        Stopped: when `stop` was set.
    """
    stop = stop or StopFlag()
    composer = Composer()
    rows: list[Row] = []
    songs = [(bars, style) for bars in (16, 128) for style in _PROMPTS]
    for number, (bars, style) in enumerate(songs):
        what = f"{style}, {bars} bars"
        report(number / len(songs), f"Composing {what}")
        request = Request(prompt=_PROMPTS[style].format(bars=bars), seed=1)
        seconds = median_s(partial(composer.generate, request), stop)
        notes = sum(len(stem.notes) for stem in composer.generate(request).stems)
        limit = _SIXTEEN_BARS_LIMIT_MS if bars == 16 else None
        rows.append(Row(what, round(seconds * 1000, 1), "ms", limit, higher_is_better=False))
        rows.append(Row(what, round(notes / seconds), "notes/s"))
    report(1.0, "Done")
    return Table("Composing (notes alone, warm)", machine_text(), tuple(rows))

"""`bench`: speed, measured on this machine."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from musicgen_desktop.foundation import Report, StopFlag, UserInputError

from ._progress import print_json, run_job

NAMES = ("compose", "render", "playback", "ui")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)


def bench(
    name: Annotated[
        str, typer.Argument(help="compose (notes), render (sound), playback (dropouts) or ui (window).")
    ],
    seconds: Annotated[
        float, typer.Option(min=1.0, max=3600.0, help="How long playback and ui play for each figure.")
    ] = 10.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as one JSON object.")] = False,
) -> None:
    """Measure how fast this machine composes, renders and paints, and how safely it plays."""
    if name not in NAMES:
        raise UserInputError(f"There is no bench called “{name[:40]}”; choose from {', '.join(NAMES)}.")
    from musicgen_desktop.session.bench import (
        Table,
        WindowSizes,
        bench_compose,
        bench_playback,
        bench_render,
        bench_window,
    )

    benches: dict[str, Callable[[Report, StopFlag], Table]] = {
        "compose": bench_compose,
        "render": bench_render,
        "playback": partial(bench_playback, seconds=seconds),
        "ui": partial(bench_window, sizes=WindowSizes(seconds=seconds)),
    }
    table = run_job(benches[name], quiet=as_json)
    if as_json:
        print_json(table)
        return
    typer.echo(f"{table.title} — {table.machine}")
    for row in table.rows:
        limit = ""
        if row.limit is not None:
            sign, verdict = "≥" if row.higher_is_better else "≤", "met" if row.holds else "MISSED"
            limit = f"  (limit {sign} {row.limit:g}: {verdict})"
        typer.echo(f"  {row.what:<48} {row.value:>10g} {row.unit}{limit}")

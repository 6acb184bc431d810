"""`bench`: speed, measured on this machine."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from musicgen_desktop.foundation import Report, StopFlag, UserInputError

from ._progress import print_json, run_job

NAMES = ("compose", "render", "playback", "ui", "decode")
DEVICES = ("cpu", "cuda", "mps")
PRECISIONS = ("int8", "bf16", "fp16", "fp32")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)


def bench(
    name: Annotated[
        str,
        typer.Argument(
            help="compose (notes), render (sound), playback (dropouts), ui (window)"
            " or decode (the neural engine, with random weights)."
        ),
    ],
    seconds: Annotated[
        float,
        typer.Option(min=1.0, max=3600.0, help="How long playback, ui and decode play for each figure."),
    ] = 10.0,
    size: Annotated[str, typer.Option(help="For decode: small, medium or large.")] = "small",
    device: Annotated[str, typer.Option(help="For decode: cpu, cuda or mps.")] = "cpu",
    precision: Annotated[
        str | None, typer.Option(help="For decode: only weights in int8, bf16, fp16 or fp32.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as one JSON object.")] = False,
) -> None:
    """Measure how fast this machine composes, renders and paints, and how safely it plays."""
    if name not in NAMES:
        raise UserInputError(f"There is no bench called “{name[:40]}”; choose from {', '.join(NAMES)}.")
    from musicgen_desktop.session.bench import (
        DECODER_SIZES,
        Table,
        WindowSizes,
        bench_compose,
        bench_decode,
        bench_playback,
        bench_render,
        bench_window,
    )

    _check_choice("size", size, DECODER_SIZES)
    _check_choice("device", device, DEVICES)
    if precision is not None:
        _check_choice("precision", precision, PRECISIONS)
    benches: dict[str, Callable[[Report, StopFlag], Table]] = {
        "compose": bench_compose,
        "render": bench_render,
        "playback": partial(bench_playback, seconds=seconds),
        "decode": partial(bench_decode, size=size, device=device, seconds=seconds, precision=precision),
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


def _check_choice(what: str, choice: str, choices: tuple[str, ...]) -> None:
    if choice not in choices:
        raise UserInputError(f"There is no {what} “{choice[:40]}”; choose from {', '.join(choices)}.")

"""`bench`: speed, measured on this machine."""

from typing import Annotated

import typer

from musicgen_desktop.foundation import UserInputError

from ._progress import print_json, run_job

NAMES = ("compose", "render")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)


def bench(
    name: Annotated[str, typer.Argument(help="compose (notes) or render (sound).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as one JSON object.")] = False,
) -> None:
    """Measure how fast this machine composes or renders."""
    if name not in NAMES:
        raise UserInputError(f"There is no bench called “{name[:40]}”; choose from {', '.join(NAMES)}.")
    from musicgen_desktop.session.bench import bench_compose, bench_render

    table = run_job(bench_compose if name == "compose" else bench_render, quiet=as_json)
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

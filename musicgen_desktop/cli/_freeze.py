"""`freeze`: tracks become files that cost nothing to play, and are thawed again."""

from pathlib import Path
from typing import Annotated

import typer

from ._paths import path_argument, path_option
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("freeze")(freeze)


def freeze(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    tracks: Annotated[list[str], typer.Argument(help="Names, roles or numbers of tracks.")],
    undo: Annotated[bool, typer.Option("--undo", help="Thaw them: they play live again.")] = False,
    soundfont: Annotated[Path | None, path_option("A General MIDI SoundFont of yours.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Freeze tracks with their effects, so that they cost little to play."""
    from musicgen_desktop.session.controllers import FreezeProject

    job = FreezeProject(project, tuple(tracks), undo=undo, soundfont=soundfont)
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    for name in report.frozen:
        typer.echo(f"{name}: frozen")
    for name in report.thawed:
        typer.echo(f"{name}: plays live")
    for note in report.notes:
        typer.echo(note, err=True)

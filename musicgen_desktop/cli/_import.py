"""`import`: sound, MIDI files and songs of other programs come into a project."""

from pathlib import Path
from typing import Annotated

import typer

from ._paths import path_argument, path_option
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_files)


def import_files(
    files: Annotated[
        list[Path], path_argument("Sound (WAV, FLAC, Ogg, MP3, AIFF), MIDI files and .dawproject.")
    ],
    project: Annotated[
        Path, path_option("The project's folder, Name.mgproj; a .dawproject makes a missing one.")
    ],
    at_bar: Annotated[
        int | None, typer.Option(help="Where they begin; else where a file itself tells, or bar 1.")
    ] = None,
    track: Annotated[
        str | None, typer.Option(help="Name, role or number of the track to lie on; else new tracks.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Import sound, MIDI files and songs of other programs into a project."""
    from musicgen_desktop.session.controllers.import_files import ImportIntoProject

    job = ImportIntoProject(project, tuple(files), at_bar=at_bar, track=track)
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    for name in report.tracks:
        typer.echo(name)
    for remark in report.remarks:
        typer.echo(f"  {remark}", err=True)

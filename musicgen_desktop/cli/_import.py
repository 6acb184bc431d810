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
    project: Annotated[
        Path,
        path_option(
            "The project's folder, Name.mgproj. MIDI files and a .dawproject make a missing one, and in"
            " another folder one of their own name."
        ),
    ],
    files: Annotated[
        list[Path] | None, path_argument("Sound (WAV, FLAC, Ogg, MP3, AIFF), MIDI files and .dawproject.")
    ] = None,
    watch: Annotated[
        Path | None, path_option("A folder: what is bounced there comes in, until Ctrl-C.")
    ] = None,
    at_bar: Annotated[
        int | None, typer.Option(help="Where they begin; else where a file itself tells, or bar 1.")
    ] = None,
    track: Annotated[
        str | None, typer.Option(help="Name, role or number of the track to lie on; else new tracks.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Import sound, MIDI files and songs of other programs into a project."""
    from musicgen_desktop.foundation import UserInputError
    from musicgen_desktop.session.controllers.import_files import ImportIntoProject

    if (watch is None) == (not files):
        raise UserInputError("Name files to import, or a folder to --watch.")
    if watch is not None:
        _watch(project, watch, at_bar, track, as_json=as_json)
        return
    assert files  # noqa: S101 - as was seen above
    job = ImportIntoProject(project, tuple(files), at_bar=at_bar, track=track)
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    if report.is_new:
        typer.echo(f"New project: {report.project}", err=True)
    for name in report.tracks:
        typer.echo(name)
    for remark in report.remarks:
        typer.echo(f"  {remark}", err=True)


def _watch(project: Path, folder: Path, at_bar: int | None, track: str | None, *, as_json: bool) -> None:
    from musicgen_desktop.session.controllers.exchange_folder import Arrived, WatchIntoProject

    def tell(arrived: Arrived) -> None:
        if as_json:
            print_json(arrived)
            return
        for name in arrived.tracks:
            typer.echo(name)
        for remark in arrived.remarks:
            typer.echo(f"  {remark}", err=True)

    def begin(count: int) -> None:
        if not as_json:
            there = {0: "", 1: " The file that lies there already stays out."}.get(
                count, f" The {count} files that lie there already stay out."
            )
            typer.echo(f"Watching “{folder}”; press Ctrl+C to end.{there}", err=True)

    job = WatchIntoProject(project, folder, tell, begin, at_bar=at_bar, track=track)
    run_job(job.run, quiet=as_json)

"""`render`: a project becomes a WAV file, and stems when they are wanted."""

from pathlib import Path
from typing import Annotated

import typer

from ._paths import path_argument, path_option
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("render")(render)


def render(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    out: Annotated[Path | None, path_option("The WAV file for the mix; without it stems only.")] = None,
    stems: Annotated[Path | None, path_option("A folder for one file per track.")] = None,
    only: Annotated[
        str | None, typer.Option(help="Stems of these tracks and buses alone, like drums,bass.")
    ] = None,
    groups: Annotated[bool, typer.Option("--groups", help="Stems of groups and returns too.")] = False,
    from_bar: Annotated[int | None, typer.Option(help="First bar; bar 1 when not given.")] = None,
    to_bar: Annotated[
        int | None, typer.Option(help="Last bar, included; the song's end when not given.")
    ] = None,
    rate: Annotated[int | None, typer.Option(help="Sample rate; the project's own when not given.")] = None,
    bits: Annotated[int, typer.Option(help="16, 24, or 32 for float.")] = 24,
    soundfont: Annotated[Path | None, path_option("A General MIDI SoundFont of yours.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over files of the same names.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Render a project to audio, or some of its bars."""
    from musicgen_desktop.session.controllers import RenderProject, checked_bits, names_of

    job = RenderProject(
        project,
        out,
        stems=stems,
        first_bar=from_bar,
        last_bar=to_bar,
        rate=rate,
        bits=checked_bits(bits),
        soundfont=soundfont,
        only=None if only is None else names_of(only),
        groups=groups,
        replace=replace,
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    span = f"bars {report.first_bar} to {report.last_bar}, {report.length_s:.2f} s"
    if report.wav is None:
        typer.echo(f"{stems}: {span}")
    elif report.lufs is None:
        typer.echo(f"{report.wav}: {span}, silent")
    else:
        typer.echo(f"{report.wav}: {span}, {report.lufs:.1f} LUFS, peak {report.true_peak_dbtp:.1f} dBTP")
    for stem in report.stems:
        typer.echo(f"  {stem}")
    for note in report.notes:
        typer.echo(f"  {note}", err=True)

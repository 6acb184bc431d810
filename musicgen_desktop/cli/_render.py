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
    out: Annotated[Path, path_option("The WAV file for the mix.")],
    stems: Annotated[Path | None, path_option("A folder for one file per track.")] = None,
    from_bar: Annotated[int | None, typer.Option(help="First bar; bar 1 when not given.")] = None,
    to_bar: Annotated[
        int | None, typer.Option(help="Last bar, included; the song's end when not given.")
    ] = None,
    rate: Annotated[int | None, typer.Option(help="Sample rate; the project's own when not given.")] = None,
    bits: Annotated[int, typer.Option(help="16, 24, or 32 for float.")] = 24,
    soundfont: Annotated[Path | None, path_option("A General MIDI SoundFont of yours.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Render a project to audio, or some of its bars."""
    from musicgen_desktop.session.controllers import RenderProject, checked_bits

    job = RenderProject(
        project,
        out,
        stems=stems,
        first_bar=from_bar,
        last_bar=to_bar,
        rate=rate,
        bits=checked_bits(bits),
        soundfont=soundfont,
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    level = (
        "silent" if report.lufs is None else f"{report.lufs:.1f} LUFS, peak {report.true_peak_dbtp:.1f} dBTP"
    )
    typer.echo(
        f"{report.wav}: bars {report.first_bar} to {report.last_bar}, {report.length_s:.2f} s, {level}"
    )
    for stem in report.stems:
        typer.echo(f"  {stem}")
    for note in report.notes:
        typer.echo(f"  {note}", err=True)

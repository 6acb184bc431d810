"""`bounce`: tracks become audio tracks that sound the same."""

from pathlib import Path
from typing import Annotated

import typer

from ._paths import path_argument, path_option
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bounce")(bounce)


def bounce(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    tracks: Annotated[list[str], typer.Argument(help="Names, roles or numbers of tracks and buses.")],
    from_bar: Annotated[int | None, typer.Option(help="First bar; bar 1 when not given.")] = None,
    to_bar: Annotated[
        int | None, typer.Option(help="Last bar, included; the song's end when not given.")
    ] = None,
    before_fader: Annotated[
        bool, typer.Option("--before-fader", help="Leave fader, pan and sends to the new track.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the originals away instead of muting them.")
    ] = False,
    tail: Annotated[bool, typer.Option(help="Let it ring out after the end.")] = True,
    soundfont: Annotated[Path | None, path_option("A General MIDI SoundFont of yours.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Bounce tracks in place: each gets an audio track under it, and is muted."""
    from musicgen_desktop.session.controllers import BounceProject

    job = BounceProject(
        project,
        tuple(tracks),
        first_bar=from_bar,
        last_bar=to_bar,
        what="before fader" if before_fader else "after fader",
        replace=replace,
        tail=tail,
        soundfont=soundfont,
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    for each in report.bounced:
        typer.echo(f"{each.original} → {each.track}: from {each.start_s:.2f} s, {each.length_s:.2f} s long")
        typer.echo(f"  {each.file}")
    for note in report.notes:
        typer.echo(f"  {note}", err=True)

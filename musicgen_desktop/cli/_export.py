"""`export`: a project leaves for another program."""

from pathlib import Path
from typing import Annotated

import typer

from ._paths import path_argument, path_option
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)


def export(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    to: Annotated[
        str,
        typer.Option(
            help="midi (a file per track and the song), stems (WAV or FLAC), dawproject (one file),"
            " reaper or ardour (a project and its sound)."
        ),
    ],
    out: Annotated[Path, path_option("The folder for the files.")],
    only: Annotated[
        str | None, typer.Option(help="Stems of these tracks and buses alone, like drums,bass.")
    ] = None,
    groups: Annotated[bool, typer.Option("--groups", help="Stems of groups and returns too.")] = False,
    from_bar: Annotated[int | None, typer.Option(help="First bar of the stems; else bar 1.")] = None,
    to_bar: Annotated[int | None, typer.Option(help="Their last bar, included; else the song's end.")] = None,
    bits: Annotated[int, typer.Option(help="16, 24, or 32 for float.")] = 24,
    flac: Annotated[bool, typer.Option("--flac", help="Stems as FLAC files, which tell the same.")] = False,
    rate: Annotated[int | None, typer.Option(help="Of stems: 44100, 48000 … else the project's.")] = None,
    per_clip: Annotated[bool, typer.Option("--per-clip", help="A file for each clip.")] = False,
    mix: Annotated[
        bool, typer.Option("--mix", help="Beside the stems the whole song as it is heard.")
    ] = False,
    tail: Annotated[
        bool | None, typer.Option("--tail/--no-tail", help="Let stems ring out, or cut them at the bar.")
    ] = None,
    guard: Annotated[
        bool, typer.Option("--guard", help="Turn all stems down together when one exceeds -1 dBTP.")
    ] = False,
    midi_type: Annotated[
        int, typer.Option("--type", help="MIDI files: 1 for a track each, 0 for all in one.")
    ] = 1,
    ppq: Annotated[int, typer.Option(help="MIDI files: 960 or 480 ticks per quarter note.")] = 960,
    commercial_safe: Annotated[
        bool,
        typer.Option(
            "--commercial-safe",
            help="Refuse a song that may not be used commercially, and files of others in it, of which nobody"
            " here knows.",
        ),
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over files of the same names in the folder.")
    ] = False,
    soundfont: Annotated[Path | None, path_option("A General MIDI SoundFont of yours.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Write a project as MIDI files, as stems, or as another program's project."""
    from musicgen_desktop.session.controllers import (
        ExportProject,
        SoundWish,
        checked_bits,
        checked_midi,
        names_of,
    )

    job = ExportProject(
        project,
        to,
        out,
        checked_bits(bits),
        soundfont,
        first_bar=from_bar,
        last_bar=to_bar,
        only=None if only is None else names_of(only),
        groups=groups,
        commercial_safe=commercial_safe,
        midi=checked_midi(midi_type, ppq),
        sound=SoundWish(flac=flac, rate=rate, tail=tail, guard=guard, per_clip=per_clip),
        mix=mix,
        replace=replace,
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    for name in report.files:
        typer.echo(f"{report.folder}/{name}")
    for remark in report.remarks:
        typer.echo(f"  {remark}", err=True)

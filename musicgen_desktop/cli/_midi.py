"""`midi`: which MIDI ports there are, and a project's notes sent through them in time."""

from pathlib import Path
from typing import Annotated

import typer

from ._paths import path_argument, path_of
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    midi = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
    midi.callback()(_help)
    midi.command("ports")(ports)
    midi.command("send")(send)
    midi.command("latency")(latency)
    midi.command("controllers")(controllers)
    app.add_typer(midi, name="midi")


def _help(context: typer.Context) -> None:
    """List MIDI ports, send a project to them, measure them; list learned controllers."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def ports(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as one JSON object.")] = False,
) -> None:
    """List MIDI inputs and outputs."""
    from musicgen_desktop.session.controllers.live_midi import list_midi_ports

    found = list_midi_ports()
    if as_json:
        print_json(found)
        return
    for kind, listed in (("input", found.inputs), ("output", found.outputs)):
        if not listed:
            typer.echo(f"No MIDI {kind} was found.")
        for port in listed:
            typer.echo(f"{kind:<8}{port.name}  ({port.system})")
    if found.can_offer and not found.outputs:
        typer.echo("“midi send PROJECT --virtual NAME” offers a port that other programs can connect to.")
    if found.hint:
        typer.echo(found.hint)


def send(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    port: Annotated[str, typer.Option(help="An output that “midi ports” lists, or a part of its name.")] = "",
    virtual: Annotated[
        str, typer.Option(help="Offer a port of this name instead, for others to connect to.")
    ] = "",
    each: Annotated[bool, typer.Option("--each", help="Offer a port for each track.")] = False,
    track: Annotated[str | None, typer.Option(help="Send these tracks alone, like drums,bass.")] = None,
    from_bar: Annotated[int | None, typer.Option(help="First bar; bar 1 when not given.")] = None,
    to_bar: Annotated[
        int | None, typer.Option(help="Last bar, included; the song's end when not given.")
    ] = None,
    loop: Annotated[
        bool, typer.Option("--loop", help="Send these bars again and again until Ctrl-C.")
    ] = False,
    delay: Annotated[
        float, typer.Option(min=0.0, max=600.0, help="Seconds to wait first, for others to connect.")
    ] = 0.0,
    offset: Annotated[
        float, typer.Option(min=-500.0, max=500.0, help="Milliseconds to send later, or sooner.")
    ] = 0.0,
    device: Annotated[
        str | None, typer.Option(help="Let the song be heard too, through this sound card.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Send a project's notes over MIDI while it plays. Ctrl-C stops it; no note is left hanging."""
    from musicgen_desktop.session.controllers import names_of
    from musicgen_desktop.session.controllers.live_midi import OpenedPort, SendMidi
    from musicgen_desktop.session.controllers.playing import OpenSpeaker, SpeakerSettings

    def tell(opened: tuple[OpenedPort, ...]) -> None:
        if not as_json:
            for each_port in opened:
                typer.echo(f"Sending through “{each_port.name}” ({each_port.system}).", err=True)

    job = SendMidi(
        project,
        port=port,
        virtual=virtual,
        each=each,
        tracks=names_of(track or ""),
        first_bar=from_bar,
        last_bar=to_bar,
        loop=loop,
        delay_s=delay,
        offset_ms=offset,
        speaker=None if device is None else OpenSpeaker(SpeakerSettings(device=device)),
        on_ports=tell,
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    late = f", {report.late} late" if report.late else ", none late"
    lost = f", {report.lost} lost" if report.lost else ""
    typer.echo(
        f"Sent {report.messages} messages in {report.played_s:.1f} s from bar {report.first_bar}{late}{lost}."
    )
    for note in report.notes:
        typer.echo(f"  {note}", err=True)


def latency(
    port: Annotated[str, typer.Option(help="The output, or a part of its name.")],
    input_: Annotated[str, typer.Option("--input", help="The input that its notes come back to.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Measure how long notes take from an output to an input that they come back to."""
    from musicgen_desktop.session.controllers.live_midi import MeasureMidi

    report = run_job(MeasureMidi(port, input_).run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    typer.echo(
        f"{report.output} → {report.input}: {report.median_ms:g} ms ({report.least_ms:g} to"
        f" {report.most_ms:g} ms, {report.came} of {report.sent} notes)."
        f" Sent with --offset {report.offset_ms:g}, they arrive in time."
    )


def controllers(
    project: Annotated[
        Path | None,
        typer.Argument(help="A project's folder, Name.mgproj.", parser=path_of, metavar="[PATH]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as one JSON object.")] = False,
) -> None:
    """List the MIDI controllers that were learned in the window, and what they move."""
    from musicgen_desktop.session.controllers.learning import list_controllers

    found = list_controllers(project)
    if as_json:
        print_json({"controllers": found})
        return
    if not found:
        typer.echo("No controller is learned. Right-click a knob in the window, and choose “Learn MIDI…”.")
    for each in found:
        typer.echo(f"{each.controller:<22}{each.moves}  ({each.mode}, {each.kept_in})")

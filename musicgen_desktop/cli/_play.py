"""`play` and `devices`: a project through the sound card, and what sound cards there are."""

from pathlib import Path
from typing import Annotated

import typer
from msgspec import to_builtins

from ._paths import path_argument, path_option
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("play")(play)
    app.command("devices")(devices)


def play(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    from_bar: Annotated[int | None, typer.Option(help="First bar; bar 1 when not given.")] = None,
    to_bar: Annotated[
        int | None, typer.Option(help="Last bar, included; the song's end when not given.")
    ] = None,
    loop: Annotated[
        bool, typer.Option("--loop", help="Play these bars again and again until Ctrl-C.")
    ] = False,
    metronome: Annotated[bool, typer.Option("--metronome", help="With clicks.")] = False,
    solo: Annotated[str | None, typer.Option(help="Hear these tracks alone, like drums,bass.")] = None,
    mute: Annotated[str | None, typer.Option(help="Hear all but these tracks.")] = None,
    device: Annotated[
        str | None, typer.Option(help="A name or number that “devices” lists; “silent” for none.")
    ] = None,
    host_api: Annotated[str | None, typer.Option(help="The way to it, such as JACK, ALSA or ASIO.")] = None,
    rate: Annotated[int | None, typer.Option(help="Sample rate; the project's own when not given.")] = None,
    buffer: Annotated[
        int | None, typer.Option(min=16, max=8192, help="Frames that the sound card takes at once.")
    ] = None,
    look_ahead: Annotated[
        float, typer.Option(min=60.0, max=300.0, help="Milliseconds mixed ahead; more when needed.")
    ] = 100.0,
    soundfont: Annotated[Path | None, path_option("A General MIDI SoundFont of yours.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Play a project through the sound card. Ctrl-C stops it."""
    from musicgen_desktop.session.controllers import checked_rate, names_of
    from musicgen_desktop.session.controllers.playing import OpenSpeaker, PlayProject, SpeakerSettings

    job = PlayProject(
        project,
        OpenSpeaker(
            SpeakerSettings(
                device=device,
                host_api=host_api,
                rate=None if rate is None else checked_rate(rate),
                device_frames=buffer,
            ),
            look_ahead,
        ),
        first_bar=from_bar,
        last_bar=to_bar,
        loop=loop,
        metronome=metronome,
        solo=names_of(solo or ""),
        mute=names_of(mute or ""),
        soundfont=soundfont,
        on_note=lambda sentence: None if as_json else typer.echo(sentence, err=True),
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    starved = "no dropout" if not report.starvations else f"{report.starvations} dropouts"
    if report.late_frames:
        starved += f", {1000.0 * report.late_frames / report.rate:.0f} ms of tracks not ready in time"
    typer.echo(
        f"Played {report.played_s:.1f} s from bar {report.first_bar} through {report.device}"
        f" ({report.rate} Hz, buffer {report.buffer_frames}): {starved}"
    )


def devices(
    measure: Annotated[
        bool,
        typer.Option("--measure", help="Measure a device's latency: connect its output to its first input."),
    ] = False,
    device: Annotated[str | None, typer.Option(help="The device to measure.")] = None,
    host_api: Annotated[str | None, typer.Option(help="The way to it.")] = None,
    rate: Annotated[int | None, typer.Option(help="Sample rate to measure at.")] = None,
    buffer: Annotated[int | None, typer.Option(min=16, max=8192, help="Buffer to measure with.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as one JSON object.")] = False,
) -> None:
    """List sound cards (number, name, way to it, channels, sample rate) and MIDI inputs."""
    from musicgen_desktop.session.controllers.playing import list_sound_devices

    if measure:
        _measure(device, host_api, rate, buffer, as_json=as_json)
        return
    answer = list_sound_devices()
    found = answer.devices
    if as_json:
        print_json({**to_builtins(found), "midi_inputs": answer.midi_inputs})
        return
    if not found.devices:
        typer.echo("No sound device was found. Connect one, or start the sound server, then try again.")
    for each in found.devices:
        usual = "*" if each.index in (found.default_output, found.default_input) else " "
        typer.echo(
            f"{usual}{each.index:>3}  {each.name:<44.44} {each.host_api:<28.28}"
            f" {each.inputs:>3} in {each.outputs:>3} out  {each.default_rate} Hz"
        )
    if found.host_apis:
        typer.echo(f"Ways to them: {', '.join(found.host_apis)}. * is what is used unasked.")
    for name in answer.midi_inputs:
        typer.echo(f"     MIDI input: {name}")


def _measure(
    device: str | None, host_api: str | None, rate: int | None, buffer: int | None, *, as_json: bool
) -> None:
    from musicgen_desktop.session.controllers.playing import MeasureDevice, OpenSpeaker, SpeakerSettings

    settings = SpeakerSettings(device=device, host_api=host_api, rate=rate, device_frames=buffer)
    report = run_job(MeasureDevice(OpenSpeaker(settings)).run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    typer.echo(
        f"{report.device}, {report.rate} Hz, buffer {report.buffer_frames}:"
        f" {report.round_trip_frames} frames there and back ({report.round_trip_ms:g} ms);"
        f" the device says {report.told_by_device_frames}. Recordings are placed by it from now on."
    )

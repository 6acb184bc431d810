"""`record`: sound from the sound card's inputs, or notes from a keyboard, onto a track."""

from pathlib import Path
from typing import Annotated

import typer

from musicgen_desktop.foundation import UserInputError

from ._paths import path_argument
from ._progress import print_json, run_job


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("record")(record)


def record(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    track: Annotated[
        str | None, typer.Option(help="The track's name; a new one when there is none of it.")
    ] = None,
    input_: Annotated[str, typer.Option("--input", help="Which input, from 1; “1,2” records stereo.")] = "1",
    midi: Annotated[
        str | None, typer.Option(help="Record notes from this MIDI input instead; “” takes the first one.")
    ] = None,
    from_bar: Annotated[int, typer.Option(help="The bar to begin at.")] = 1,
    to_bar: Annotated[
        int | None, typer.Option(help="The last bar, included; until Ctrl-C when not given.")
    ] = None,
    count_in: Annotated[int, typer.Option(min=0, max=8, help="Bars that are clicked before.")] = 1,
    metronome: Annotated[bool, typer.Option(help="Click while recording.")] = True,
    device: Annotated[str | None, typer.Option(help="A name or number that “devices” lists.")] = None,
    input_device: Annotated[
        str | None, typer.Option(help="Where the inputs are; the same device when not given.")
    ] = None,
    host_api: Annotated[str | None, typer.Option(help="The way to it, such as JACK, ALSA or ASIO.")] = None,
    buffer: Annotated[
        int | None, typer.Option(min=16, max=8192, help="Frames that the sound card takes at once.")
    ] = None,
    recover: Annotated[
        bool, typer.Option("--recover", help="Record nothing; keep what a crash left of recordings.")
    ] = False,
    discard: Annotated[
        bool, typer.Option("--discard", help="Record nothing; throw away what a crash left of recordings.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Record onto a track while the project plays. Ctrl-C stops; what was recorded is kept."""
    from musicgen_desktop.session.controllers.playing import OpenSpeaker, RecordProject, SpeakerSettings

    if recover and discard:
        raise UserInputError("Say either --recover or --discard.")
    if discard:
        _discard(project, as_json=as_json)
        return
    if recover:
        _recover(project, as_json=as_json)
        return
    if track is None:
        raise UserInputError("Say which track to record on, with --track NAME.")
    job = RecordProject(
        project,
        track,
        inputs=_inputs(input_),
        midi_port=midi,
        speaker=OpenSpeaker(
            SpeakerSettings(device=device, host_api=host_api, device_frames=buffer, input_device=input_device)
        ),
        first_bar=from_bar,
        last_bar=to_bar,
        count_in_bars=count_in,
        metronome=metronome,
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    lost = f", {report.overflows} gaps" if report.overflows else ""
    what = f"{report.recorded_s:.2f} s" if midi is None else f"{report.notes_played} notes"
    lost += f" (keys sounded {report.thru_ms:g} ms after the hand)" if report.thru_ms else ""
    typer.echo(f"Recorded {what} onto “{track}” through {report.device}{lost}.")
    for note in report.notes:
        typer.echo(f"  {note}", err=True)
    if report.cut_short:
        raise typer.Exit(1)


def _recover(project: Path, *, as_json: bool) -> None:
    from musicgen_desktop.session.controllers.playing import RecoverRecordings

    report = run_job(RecoverRecordings(project).run, quiet=as_json)
    if as_json:
        print_json(report)
    elif not report.recordings and not report.notes:
        typer.echo("No recording was cut off.")
    else:
        typer.echo(f"Kept {report.clips} clips of recordings that were cut off, {report.recorded_s:.2f} s.")
        for note in report.notes:
            typer.echo(f"  {note}", err=True)


def _discard(project: Path, *, as_json: bool) -> None:
    from musicgen_desktop.session.controllers.playing import DiscardRecordings

    report = run_job(DiscardRecordings(project).run, quiet=as_json)
    if as_json:
        print_json(report)
    elif not report.recordings:
        typer.echo("No recording was cut off.")
    else:
        typer.echo(f"Threw away {report.recordings} recordings: {report.recorded_s:.2f} s.")


def _inputs(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(word) for word in text.split(","))
    except ValueError:
        raise UserInputError(f"Inputs are written as 1 or 1,2, not “{text[:40]}”.") from None

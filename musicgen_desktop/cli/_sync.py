"""`sync`: run together with other machines by MIDI clock, MIDI time code, JACK transport or Ableton Link."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicgen_desktop.foundation import UserInputError

from ._paths import path_argument
from ._progress import print_json, run_job

if TYPE_CHECKING:
    from musicgen_desktop.session.controllers.sync import FollowKind, SyncReport, TimecodeRate

_OWN = "own"
_KINDS: tuple["FollowKind", ...] = ("clock", "timecode", "jack", "link")
_Seconds = Annotated[float, typer.Option(min=0.1, max=60.0, help="Listen for so long at each.")]
_Rate = Annotated[str, typer.Option(help="Frames per second of the time code: 24, 25, 29.97df or 30.")]
_Start = Annotated[float, typer.Option(min=0.0, max=86399.0, help="Time code of bar 1, in seconds.")]
_Offset = Annotated[float, typer.Option(min=-250.0, max=250.0, help="Milliseconds later, or sooner.")]
_Json = Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    sync = typer.Typer(
        help="Run with other machines: MIDI clock, time code, JACK, Ableton Link.", no_args_is_help=True
    )
    sync.command("status")(status)
    sync.command("send")(send)
    sync.command("follow")(follow)
    app.add_typer(sync, name="sync")


def status(
    kind: Annotated[
        str | None, typer.Option(help="Look at one alone: clock, timecode, jack or link.")
    ] = None,
    port: Annotated[str, typer.Option(help="The MIDI input to listen to; a port of our own unasked.")] = "",
    seconds: _Seconds = 1.0,
    as_json: _Json = False,
) -> None:
    """Tell what there is to follow, and how fast it runs."""
    from musicgen_desktop.session.controllers.sync import LookAtMasters

    kinds = _KINDS if kind is None else tuple(each for each in _KINDS if each == kind)
    if not kinds:
        raise UserInputError(f"“{kind}” is no way to follow; choose clock, timecode, jack or link.")
    found = run_job(LookAtMasters(kinds, port, seconds).run, quiet=as_json)
    if as_json:
        print_json({"masters": found})
        return
    for each in found:
        tempo = "" if each.bpm is None else f"  {each.bpm:.2f} BPM"
        peers = "" if each.peers is None else f"  {each.peers} others"
        place = f"  at {each.place:.2f} {each.unit}" if each.state in ("rolling", "stopped") else ""
        remark = f"  {each.remark}" if each.remark else ""
        typer.echo(f"{each.kind:<9} {each.state:<8}{tempo}{place}{peers}{remark}")


def send(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    clock: Annotated[
        list[str] | None, typer.Option(help="A MIDI output that gets MIDI clock; “own” offers one.")
    ] = None,
    timecode: Annotated[
        list[str] | None, typer.Option(help="A MIDI output that gets time code; “own” offers one.")
    ] = None,
    rate: _Rate = "25",
    start: _Start = 0.0,
    jack: Annotated[bool, typer.Option("--jack", help="Move the JACK server's transport as well.")] = False,
    offset: _Offset = 0.0,
    from_bar: Annotated[int | None, typer.Option(help="First bar; bar 1 when not given.")] = None,
    to_bar: Annotated[
        int | None, typer.Option(help="Last bar, included; the song's end when not given.")
    ] = None,
    loop: Annotated[
        bool, typer.Option("--loop", help="Play these bars again and again until Ctrl-C.")
    ] = False,
    delay: Annotated[
        float, typer.Option(min=0.0, max=600.0, help="Seconds to wait first, for others to connect.")
    ] = 0.0,
    device: Annotated[
        str | None, typer.Option(help="Let the song be heard too, through this sound card.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Play a project and send its clock: others start, run, jump and stop with it. Ctrl-C stops it."""
    from musicgen_desktop.session.controllers.playing import OpenSpeaker, SpeakerSettings
    from musicgen_desktop.session.controllers.sync import SendSync, SyncSettings

    job = SendSync(
        project,
        SyncSettings(
            clock=_ports(clock),
            timecode=_ports(timecode),
            timecode_rate=_checked_rate(rate),
            timecode_start_s=start,
            jack=jack,
            offset_ms=offset,
        ),
        first_bar=from_bar,
        last_bar=to_bar,
        loop=loop,
        delay_s=delay,
        speaker=None if device is None else OpenSpeaker(SpeakerSettings(device=device)),
        on_note=lambda sentence: None if as_json else typer.echo(sentence, err=True),
        on_ports=lambda names: None if as_json else _tell_ports(names),
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    through = f" through {', '.join(f'“{port}”' for port in report.ports)}" if report.ports else ""
    typer.echo(f"Played {report.played_s:.1f} s, and sent its clock{through}.")


def follow(
    project: Annotated[Path, path_argument("The project's folder, Name.mgproj.")],
    clock: Annotated[
        str | None, typer.Option(help="Follow MIDI clock from this input; “own” offers one.")
    ] = None,
    timecode: Annotated[
        str | None, typer.Option(help="Follow MIDI time code from this input; “own” offers one.")
    ] = None,
    jack: Annotated[bool, typer.Option("--jack", help="Follow the JACK server's transport.")] = False,
    link: Annotated[
        bool, typer.Option("--link", help="Join the Ableton Link session; begin on its next bar.")
    ] = False,
    start: _Start = 0.0,
    offset: _Offset = 0.0,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="End after so long; only Ctrl-C ends it unasked.")
    ] = None,
    device: Annotated[
        str | None, typer.Option(help="A name or number that “devices” lists; “silent” for none.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Play a project together with another machine: start, run, jump and stop with it. Ctrl-C ends it."""
    from musicgen_desktop.session.controllers.playing import OpenSpeaker, SpeakerSettings
    from musicgen_desktop.session.controllers.sync import FollowSync, SyncSettings

    wished: list[tuple[FollowKind, str]] = []
    if clock is not None:
        wished.append(("clock", clock))
    if timecode is not None:
        wished.append(("timecode", timecode))
    if jack:
        wished.append(("jack", ""))
    if link:
        wished.append(("link", ""))
    if len(wished) != 1:
        raise UserInputError("Follow one clock: --clock PORT, --timecode PORT, --jack or --link.")
    kind, port = wished[0]
    job = FollowSync(
        project,
        SyncSettings(
            follow=kind,
            follow_port="" if port == _OWN else port,
            timecode_start_s=start,
            offset_ms=offset,
        ),
        seconds=seconds,
        speaker=OpenSpeaker(SpeakerSettings(device=device)),
        on_note=lambda sentence: None if as_json else typer.echo(sentence, err=True),
    )
    report = run_job(job.run, quiet=as_json)
    if as_json:
        print_json(report)
        return
    typer.echo(_told(report))


def _tell_ports(names: tuple[str, ...]) -> None:
    for name in names:
        typer.echo(f"Sending through “{name}”.", err=True)


def _told(report: "SyncReport") -> str:
    tempo = "" if report.bpm is None else f" at {report.bpm:.2f} BPM"
    apart = ""
    if report.largest_deviation_ms is not None:
        apart = f", never more than {report.largest_deviation_ms:.1f} ms apart"
    return f"Played {report.played_s:.1f} s{tempo}{apart}."


def _ports(names: list[str] | None) -> tuple[str, ...]:
    return tuple("" if name == _OWN else name for name in names or [])


def _checked_rate(rate: str) -> "TimecodeRate":
    from musicgen_desktop.session.controllers.sync import TIMECODE_RATES

    for known in TIMECODE_RATES:
        if rate == known:
            return known
    raise UserInputError(f"Time code has 24, 25, 29.97df or 30 frames per second, not {rate}.")

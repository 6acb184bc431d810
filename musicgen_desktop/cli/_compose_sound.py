"""`compose` with an engine of sound: one take or several as projects, kept also when they end early."""

import shlex
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from musicgen_desktop.foundation import UserInputError

from ._given import refuse_given
from ._progress import print_json, run_job

if TYPE_CHECKING:
    from musicgen_desktop.session.controllers.generating import SoundReport, SoundWish

ONLY_SOUND = frozenset({"model", "guidance", "temperature", "top_k", "top_p", "melody", "goes_on"})
"""Names of `compose`'s options that only engines of sound heed."""

_WISH = frozenset({"prompt", "engine", "bars", "seconds", "tempo", "key", "meter", "seed", "variations"})
_FILES = frozenset({"out", "rate", "bits", "replace", "as_json"})
_ENDED_EARLY = 1


@dataclass(frozen=True)
class SoundOptions:
    """What was typed, as `SoundWish` names it; None for the usual."""

    guidance: float | None
    temperature: float | None
    top_k: int | None
    top_p: float | None
    melody: Path | None
    before: Path | None


def makes_sound(engine: str | None) -> bool:
    """Whether an engine makes sound, not notes."""
    if engine in (None, "composer"):
        return False
    from musicgen_desktop.session.controllers.generating import sound_engines

    return engine in sound_engines()


def compose_sound(
    context: typer.Context,
    prompt: str,
    out: Path | None,
    *,
    engine: str,
    model: str | None,
    bars: int | None,
    seconds: float | None,
    tempo: float | None,
    key: str | None,
    meter: str | None,
    seed: int,
    variations: int,
    options: SoundOptions,
    rate: int,
    bits: int,
    replace: bool,
    as_json: bool,
) -> None:
    """Make takes and write a project of each.

    Raises:
        UserInputError: when something typed cannot be, or means nothing to an engine of sound.
        typer.Exit: with a status of its own when a take ended early, for whoever goes by it.
    """
    from musicgen_desktop.session.controllers import checked_bits
    from musicgen_desktop.session.controllers.generating import (
        ComposeSound,
        SoundClient,
        Wish,
        require_sound_engine,
    )

    refuse_given(context, f"--engine {engine}, which makes sound", but=_WISH | _FILES | ONLY_SOUND)
    if out is None:
        raise UserInputError("Name the folder for the song with --out.")
    require_sound_engine(engine)
    wish = Wish(
        prompt=prompt,
        engine=engine,
        model=model,
        bars=bars,
        seconds=seconds,
        tempo=tempo,
        key=key,
        meter=meter,
        seed=seed,
        variations=variations,
        sound=_sound_wish(options),
    )
    wish.single_wishes()
    with closing(SoundClient()) as client:
        job = ComposeSound(client, wish, out, rate=rate, bits=checked_bits(bits), replace=replace)
        _show(run_job(job.run, quiet=as_json), as_json=as_json)


def resume_sound(context: typer.Context, place: Path, *, bits: int, as_json: bool) -> None:
    """Go on with a take that ended early.

    Raises:
        UserInputError: when there is no such take, or something typed means nothing here.
        typer.Exit: as `compose_sound`.
    """
    from musicgen_desktop.session.controllers import checked_bits
    from musicgen_desktop.session.controllers.generating import ResumeSound, SoundClient

    refuse_given(context, "--resume, which goes on with what was asked", but={"resume", "bits", "as_json"})
    with closing(SoundClient()) as client:
        job = ResumeSound(client, place, checked_bits(bits))
        _show((run_job(job.run, quiet=as_json),), as_json=as_json)


def _sound_wish(options: SoundOptions) -> "SoundWish":
    from musicgen_desktop.session.controllers.generating import SoundWish

    usual = SoundWish()
    return SoundWish(
        guidance=options.guidance,
        temperature=usual.temperature if options.temperature is None else options.temperature,
        top_k=usual.top_k if options.top_k is None else options.top_k,
        top_p=usual.top_p if options.top_p is None else options.top_p,
        # It goes on from wherever `--resume` is typed.
        melody="" if options.melody is None else str(options.melody.absolute()),
        before="" if options.before is None else str(options.before.absolute()),
    )


def _show(reports: tuple["SoundReport", ...], *, as_json: bool) -> None:
    if as_json:
        print_json(reports[0] if len(reports) == 1 else {"variations": reports})
    else:
        for report in reports:
            _show_take(report)
    for report in reports:
        if report.stopped:
            _say_how_to_go_on(report)
    if any(report.stopped for report in reports):
        raise typer.Exit(_ENDED_EARLY)


def _show_take(report: "SoundReport") -> None:
    typer.echo(report.title)
    typer.echo(
        f"  {report.engine} {report.model} · {report.length_s:.1f} s · {report.tempo_bpm:g} BPM"
        f" · seed {report.seed} · made in {report.elapsed_s:.1f} s"
    )
    if report.path:
        pace = f"{report.steps_per_s:.0f} steps/s, first sound after {report.first_sound_s:.1f} s"
        typer.echo(f"  {report.path}: {pace}")
    use = {True: "may be used commercially", False: "may NOT be used commercially"}
    # A file of others says in its sentence that nobody here knows.
    told = f"; what it makes {use[report.commercial_use]}" if report.commercial_use is not None else ""
    typer.echo(f"  rights: {report.licence}{told}")
    typer.echo(f"  in {report.folder}:")
    for file in report.files or (report.project,):
        typer.echo(f"    {file}")


def _say_how_to_go_on(report: "SoundReport") -> None:
    """On stderr, where it is read beside JSON too."""
    why = report.ended_because or "Stopped."
    place = Path(report.folder) / report.project
    kept = f"{why} What was made, {report.length_s:.1f} s, is kept"
    way = f"; to go on: musicgen-desktop compose --resume {shlex.quote(str(place))}"
    typer.echo(kept + (way if report.can_resume else "."), err=True)

"""`compose`: a prompt becomes a song in a folder; with `--remake`, some bars of a project are made again.

Engines that write notes are here; those that make sound are in `_compose_sound`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicgen_desktop.foundation import UserInputError

from ._compose_sound import ONLY_SOUND, SoundOptions, compose_sound, makes_sound, resume_sound
from ._given import refuse_given
from ._paths import path_option
from ._progress import print_json, run_job

if TYPE_CHECKING:
    from musicgen_desktop.session.controllers import SongReport

MOST_VARIATIONS = 16
_OF_REMAKE = frozenset(
    {"remake", "project", "bars", "seed", "out", "bits", "soundfont", "replace", "as_json"}
)
_TAILS = {"auto": None, "keep": True, "cut": False}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compose")(compose)


def compose(
    context: typer.Context,
    prompt: Annotated[str, typer.Argument(help="What it should sound like, in plain English.")] = "",
    out: Annotated[Path | None, path_option("The folder for the song.", "--out", "-o")] = None,
    engine: Annotated[
        str | None, typer.Option(help="What makes it: composer when not given; musicgen for sound.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Sound: which model; not needed while one is installed.")
    ] = None,
    style: Annotated[str | None, typer.Option(help="A style by name; see the command “styles”.")] = None,
    bars: Annotated[
        str | None, typer.Option(help="Length in bars, 1 to 999; with --remake, the bars to make again: 5-8.")
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(help="Length in seconds; songs of notes have whole bars.")
    ] = None,
    tempo: Annotated[float | None, typer.Option(help="Quarter notes a minute, 20 to 400.")] = None,
    key: Annotated[str | None, typer.Option(help="Such as “A minor”, “F#”, “D dorian”.")] = None,
    meter: Annotated[str | None, typer.Option(help="Such as 4/4, 3/4, 6/8, 7/8.")] = None,
    chords: Annotated[
        str | None, typer.Option(help="Such as “Am F C G”, a bar each; | sets bar lines.")
    ] = None,
    stems: Annotated[
        str | None, typer.Option(help="Out of drums,percussion,bass,chords,pad,arp,melody,counter.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed, another song; 0 when not given.")] = None,
    variations: Annotated[
        int | None, typer.Option(help="So many songs, each with the next seed, 1 to 16.")
    ] = None,
    remake: Annotated[
        str | None, typer.Option(help="Stems of --project to make again, such as bass,melody.")
    ] = None,
    project: Annotated[Path | None, path_option("The project for --remake.")] = None,
    guidance: Annotated[
        float | None, typer.Option(help="Sound: how closely the prompt is followed, 1 to 10.")
    ] = None,
    temperature: Annotated[
        float | None, typer.Option(help="Sound: how daring it is, 0 to 2; 1 when not given.")
    ] = None,
    top_k: Annotated[
        int | None, typer.Option(help="Sound: draw from so many likeliest tokens; 250 when not given.")
    ] = None,
    top_p: Annotated[
        float | None, typer.Option(help="Sound: draw from the likeliest that have this share, 0 to 1.")
    ] = None,
    melody: Annotated[Path | None, path_option("Sound: a file whose melody is followed.")] = None,
    goes_on: Annotated[
        Path | None, path_option("Sound: a file that the new sound follows.", "--continue")
    ] = None,
    resume: Annotated[
        Path | None, path_option("Sound: the project, or PROJECT/TAKE, whose take ended early.")
    ] = None,
    tail: Annotated[
        str | None, typer.Option(help="Ring out after the last bar: auto, keep or cut; auto when not given.")
    ] = None,
    rate: Annotated[
        int | None, typer.Option(help="Sample rate: 44100, 48000 (when not given), 88200 or 96000.")
    ] = None,
    bits: Annotated[int, typer.Option(help="16, 24, or 32 for float.")] = 24,
    soundfont: Annotated[Path | None, path_option("A General MIDI SoundFont of yours.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over another song in the folder.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Compose a song: stems, MIDI, mix, project and report in one folder.

    With an engine of sound: a project with the take on a track, the mix and a report; Ctrl-C keeps what was
    made, and --resume goes on with it.
    """
    from musicgen_desktop.session.controllers import (
        ComposeSong,
        RemakeBars,
        bars_of,
        checked_bits,
        checked_rate,
        request_of,
        stems_of,
    )

    if resume is not None:
        resume_sound(context, resume, bits=bits, as_json=as_json)
        return
    if engine is not None and remake is None and makes_sound(engine):
        compose_sound(
            context,
            prompt,
            out,
            engine=engine,
            model=model,
            bars=_bar_count(bars),
            seconds=seconds,
            tempo=tempo,
            key=key,
            meter=meter,
            seed=seed or 0,
            variations=1 if variations is None else variations,
            options=SoundOptions(guidance, temperature, top_k, top_p, melody, goes_on),
            rate=checked_rate(48_000 if rate is None else rate),
            bits=bits,
            replace=replace,
            as_json=as_json,
        )
        return
    depth = checked_bits(bits)
    if remake is not None:
        if project is None:
            raise UserInputError("Name the project whose stems are to be made again with --project.")
        refuse_given(context, "--remake, which keeps the song's own plan", but=_OF_REMAKE)
        first, last = bars_of(bars) if bars else (None, None)
        again = RemakeBars(
            project,
            stems_of(remake),
            first,
            last,
            seed=seed,
            folder=out,
            bits=depth,
            soundfont=soundfont,
            replace=replace,
        )
        _show([run_job(again.run, quiet=as_json)], as_json=as_json)
        return
    of_notes = {parameter.name for parameter in context.command.params} - ONLY_SOUND
    refuse_given(context, f"--engine {engine or 'composer'}, which writes notes", but=of_notes)
    if project is not None:
        raise UserInputError("--project goes with --remake; to compose a new song, leave it out.")
    if out is None:
        raise UserInputError("Name the folder for the song with --out.")
    count = 1 if variations is None else variations
    if not 1 <= count <= MOST_VARIATIONS:
        raise UserInputError(f"Ask for 1 to {MOST_VARIATIONS} variations, not {count}.")
    ending = tail or "auto"
    if ending not in _TAILS:
        raise UserInputError(f"The tail is auto, keep or cut, not “{ending[:20]}”.")
    first_seed = seed or 0
    songs = [
        ComposeSong(
            request_of(
                prompt,
                engine=engine or "composer",
                style=style,
                bars=_bar_count(bars),
                seconds=seconds,
                tempo=tempo,
                key=key,
                meter=meter,
                chords=chords,
                stems=stems,
                seed=first_seed + index,
            ),
            out if count == 1 else out / f"variation-{index + 1}",
            rate=checked_rate(48_000 if rate is None else rate),
            bits=depth,
            tail=_TAILS[ending],
            soundfont=soundfont,
            replace=replace,
        )
        for index in range(count)
    ]
    _show([run_job(song.run, quiet=as_json) for song in songs], as_json=as_json)


def _bar_count(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(text)
    except ValueError:
        raise UserInputError(
            f"“{text[:20]}” is no number of bars; write a whole number such as 16."
        ) from None


def _show(reports: list["SongReport"], *, as_json: bool) -> None:
    if as_json:
        print_json(reports[0] if len(reports) == 1 else {"variations": reports})
        return
    for report in reports:
        _show_song(report)


def _made_again(report: "SongReport") -> str:
    again = report.remake
    if again is None:
        return ""
    bars = f"bars {again.first_bar} to {again.last_bar}"
    return f": {', '.join(again.stems)} made again, {bars} (seed {again.seed})"


def _show_song(report: "SongReport") -> None:
    from musicgen_desktop.session.controllers.song_report import heard_key

    grid, bars = report.grid, "1 bar" if report.bars == 1 else f"{report.bars} bars"
    typer.echo(f"{report.title}{_made_again(report)}")
    typer.echo(
        f"  {report.style} · {report.tempo_bpm:g} BPM · {report.key} · {report.meter} · {bars}"
        f" · seed {report.seed} · composed and rendered in {report.elapsed_s:.1f} s"
    )
    heard = [
        f"tempo {grid.tempo_error_percent:+z.2f} %" if grid.tempo_error_percent is not None else "",
        f"bar lines {grid.downbeat_error_ms:.1f} ms" if grid.downbeat_error_ms is not None else "",
        heard_key(report),
    ]
    typer.echo(f"  measured: {', '.join(part for part in heard if part) or 'nothing to hear a grid by'}")
    if report.understood:
        typer.echo(f"  understood: {'; '.join(f'{u.words} → {u.meaning}' for u in report.understood)}")
    if report.not_understood:
        typer.echo(f"  not understood: {', '.join(report.not_understood)}")
    typer.echo(f"  rights: {report.licence}")
    typer.echo(f"  in {report.folder}:")
    for stem in report.stems:
        level = (
            "silent" if stem.lufs is None else f"{stem.lufs:.1f} LUFS, peak {stem.true_peak_dbtp:.1f} dBTP"
        )
        typer.echo(f"    {stem.wav:<40} {level}")
    mix = report.mix
    level = "silent" if mix.lufs is None else f"{mix.lufs:.1f} LUFS, peak {mix.true_peak_dbtp:.1f} dBTP"
    typer.echo(f"    {mix.wav:<40} {level}")
    for file in report.files:
        if not file.endswith(".wav"):
            typer.echo(f"    {file}")

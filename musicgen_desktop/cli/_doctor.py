"""`doctor`: what works on this machine, and how to mend what does not."""

from pathlib import Path
from typing import Annotated

import typer

from ._paths import path_option
from ._progress import print_json

_SIGNS = {"works": "ok  ", "optional": "–   ", "broken": "FAIL"}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(
    bundle: Annotated[
        Path | None, path_option("Write a zip for a bug report, nothing private in it.")
    ] = None,
    ask: Annotated[str | None, typer.Option(hidden=True)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as one JSON object.")] = False,
) -> None:
    """Say what works on this machine and how to mend what does not."""
    from musicgen_desktop.session.doctor import answer_question, examine, write_bundle

    if ask is not None:
        answer_question(ask)
        return
    diagnosis = examine()
    if bundle is not None:
        names = write_bundle(diagnosis, bundle)
        if not as_json:
            typer.echo(f"{bundle}: {', '.join(names)}")
    if as_json:
        print_json(diagnosis)
    elif bundle is None:
        typer.echo(diagnosis.machine)
        for finding in diagnosis.findings:
            typer.echo(f"{_SIGNS[finding.state]} {finding.name}: {finding.says}")
            if finding.mend:
                typer.echo(f"       → {finding.mend}")
        typer.echo(
            "All that is needed works." if diagnosis.healthy else "Something must be mended; see FAIL above."
        )
    if not diagnosis.healthy:
        raise typer.Exit(1)

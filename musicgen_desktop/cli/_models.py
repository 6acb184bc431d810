"""`models`: which there are, and getting, adding, checking and removing them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicgen_desktop.foundation import UserInputError

from ._paths import path_argument
from ._progress import print_json, run_job

if TYPE_CHECKING:
    from musicgen_desktop.session.controllers.models import ModelEntry

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Name = Annotated[str, typer.Argument(help="Its id or name, as “models list” shows it.")]

_SIGNS = {"installed": "ok  ", "available": "–   ", "broken": "FAIL"}


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    models = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
    models.callback()(_help)
    models.command("list")(list_)
    models.command("get")(get)
    models.command("add")(add)
    models.command("check")(check)
    models.command("remove")(remove)
    app.add_typer(models, name="models")


def _help(context: typer.Context) -> None:
    """Manage the models of the neural engine."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def list_(
    commercial_safe: Annotated[
        bool, typer.Option("--commercial-safe", help="Only those whose music may be sold.")
    ] = False,
    as_json: _Json = False,
) -> None:
    """List the models that are installed and those that can be got. Opens no connection."""
    from musicgen_desktop.session.controllers.models import list_models, size_text

    listing = list_models(commercial_safe=commercial_safe)
    if as_json:
        print_json(listing)
        return
    for entry in listing.models:
        typer.echo(f"{_SIGNS[entry.state]} {entry.id:<28} {'; '.join(_facts(entry))}.")
        if entry.problem:
            typer.echo(f"       → {entry.problem}")
    if not listing.models:
        typer.echo("No model's licence lets its music be sold; what Composer writes is your own.")
    used, free = size_text(listing.disk_bytes), size_text(listing.free_bytes)
    typer.echo(f"\n{used} of models, {free} free: {listing.folder}")
    if listing.offline:
        typer.echo("Downloads are switched off; “models add” installs one that is on this machine.")
    elif listing.models and all(entry.state == "available" for entry in listing.models):
        first = listing.models[0].id
        typer.echo(
            f"None is installed: “models get {first}” downloads one, “models add” takes your own files."
        )


def get(
    name: Annotated[str, typer.Argument(help="A model of “models list”, such as musicgen-small.")],
    keep: Annotated[bool, typer.Option("--keep", help="Keep the downloaded files too.")] = False,
    as_json: _Json = False,
) -> None:
    """Download a model and install it. Stopped, it goes on from there the next time."""
    from musicgen_desktop.session.controllers.models import GetModel

    _installed(run_job(GetModel(name, keep).run, quiet=as_json), as_json=as_json)


def add(
    path: Annotated[Path, path_argument("The folder or zip of a MusicGen checkpoint.")],
    name: Annotated[str | None, typer.Option(help="What to call it.")] = None,
    as_json: _Json = False,
) -> None:
    """Install a model from a folder or a zip on this machine."""
    from musicgen_desktop.session.controllers.models import AddModel

    _installed(run_job(AddModel(path, name).run, quiet=as_json), as_json=as_json)


def check(name: _Name, as_json: _Json = False) -> None:
    """Compare a model's files with their hashes and have it make a second of sound."""
    from musicgen_desktop.session.controllers.models import CheckModel

    found = run_job(CheckModel(name).run, quiet=as_json)
    if as_json:
        print_json({"model": name, "found": found})
    else:
        typer.echo(found)


def remove(
    name: _Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: _Json = False,
) -> None:
    """Delete a model and what is left of its download."""
    from musicgen_desktop.session.controllers.models import remove_model

    if not yes:
        if as_json or not sys.stdin.isatty():
            raise UserInputError(f"Nobody is there to be asked; add --yes to remove “{name}” all the same.")
        typer.confirm(f"Remove “{name}” from this machine?", abort=True)
    removed = remove_model(name)
    if as_json:
        print_json({"removed": removed})
    else:
        typer.echo(f"Removed {removed}.")


def _installed(model_id: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"installed": model_id})
    else:
        typer.echo(f"Installed {model_id}; “--engine musicgen --model {model_id}” composes with it.")


def _facts(entry: "ModelEntry") -> list[str]:
    from musicgen_desktop.session.controllers.models import size_text

    facts: list[str] = [entry.state]
    if entry.state == "available":
        facts.append(f"{size_text(entry.download_bytes)} to download")
    else:
        facts.append(f"{size_text(entry.disk_bytes)} on disk")
    if entry.arrived_bytes:
        facts.append(f"{size_text(entry.arrived_bytes)} of it here")
    if entry.memory_bytes:
        facts.append(f"{size_text(min(entry.memory_bytes.values()))} memory or more")
    facts.extend(["stereo"] if entry.channels == 2 else [])
    facts.extend(["follows a melody"] if entry.follows_melody else [])
    if entry.licence:
        terms = "" if entry.commercial_use else " (not for commercial release)"
        facts.append(f"{entry.licence}{terms}")
    return facts

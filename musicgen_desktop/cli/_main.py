"""Runs one command and turns every failure into one sentence and an exit status."""

import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import Abort, Exit, TyperException

from musicgen_desktop import __version__
from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError

from . import (
    _bench,
    _bounce,
    _compose,
    _doctor,
    _export,
    _freeze,
    _import,
    _midi,
    _models,
    _play,
    _record,
    _render,
    _styles,
    _sync,
)

DONE, FAILED, WRONG_INPUT = 0, 1, 2


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"musicgen-desktop {__version__}")
        raise typer.Exit


def application() -> typer.Typer:
    """Every command under its fixed name."""
    app = typer.Typer(
        name="musicgen-desktop",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    for module in (
        _compose,
        _play,
        _record,
        _render,
        _export,
        _import,
        _freeze,
        _bounce,
        _midi,
        _styles,
        _sync,
        _models,
        _doctor,
        _bench,
    ):
        module.add_to(app)
    return app


def _options(
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_tell_version, help="Say which version this is."),
    ] = False,
) -> None:
    """Compose offline: a prompt becomes stems on the bar grid, MIDI, chords, a mix and a project."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0 when done, 2 when the input was wrong, 1 for anything else."""
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        left = application()(args=words, standalone_mode=False)
    except Exit as early:
        return early.exit_code
    except BrokenPipeError:
        # The reader of our output left (`| head`): nothing is wrong, and nobody is there to read about it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a traceback is never what a user sees
        status, sentence = _told(error)
        print(" ".join(sentence.split()), file=sys.stderr)  # noqa: T201
        return status
    # A command that leaves with a status of its own comes back as that number.
    return left if isinstance(left, int) else DONE


def _told(error: BaseException) -> tuple[int, str]:  # noqa: PLR0911 - one line a case is the clearest
    """The exit status and the one sentence for a failure."""
    match error:
        case UserInputError():
            return WRONG_INPUT, str(error)
        case MusicgenDesktopError():
            return FAILED, str(error)
        case TyperException():
            return error.exit_code, _sentence(error.format_message())
        case KeyboardInterrupt() | Abort():
            return FAILED, "Stopped."
        case MemoryError():
            return FAILED, "The machine ran out of memory; close other programs or ask for a shorter song."
        case OSError(filename=None):
            return FAILED, f"The system refused: {error.strerror or error}."
        case OSError():
            return FAILED, f"The system refused: {error.strerror or error} ({error.filename})."
    logging.getLogger(__name__).error("A command failed", exc_info=error)
    return FAILED, (
        "Something went wrong inside the program;"
        " “musicgen-desktop doctor --bundle report.zip” collects what a bug report needs."
    )


def _sentence(text: str) -> str:
    """The library's words, ended as a sentence ends, with a mend where it has none."""
    if text.startswith("Got unexpected extra argument"):
        return f"{text.rstrip('.')}; put a prompt of several words in quotes."
    if text.startswith("No such command"):
        return f"{text.rstrip('.')}; “musicgen-desktop --help” lists them."
    return text if text.endswith((".", "?", "!")) else f"{text}."

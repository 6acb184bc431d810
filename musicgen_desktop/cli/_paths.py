"""Files and folders as a person types them."""

import os
from pathlib import Path
from typing import Any

import typer


def path_of(text: str) -> Path:
    """The path, `~` being the user's home: shells leave it alone in `--out=~/song`, Windows everywhere."""
    # pathlib would make “./~” the home too, and fail where there is no such user.
    return Path(os.path.expanduser(text))  # noqa: PTH111


def path_option(says: str, *names: str) -> Any:
    """An option that is a path; called like its parameter unless it has other names."""
    return typer.Option(*names, help=says, parser=path_of, metavar="PATH")


def path_argument(says: str) -> Any:
    """An argument that is a path."""
    return typer.Argument(help=says, parser=path_of, metavar="PATH")

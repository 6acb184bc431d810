"""`styles`: what one may ask for, and where a style of one's own goes."""

from typing import Annotated

import typer

from ._progress import print_json


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("styles")(styles)


def styles(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as one JSON object.")] = False,
) -> None:
    """List the styles, the user's own among them."""
    from musicgen_desktop.session.controllers import list_styles

    listing = list_styles()
    if as_json:
        print_json(listing)
        return
    for style in listing.styles:
        typer.echo(
            f"{style.id:<18} {style.slowest_bpm:>3.0f}–{style.fastest_bpm:<3.0f} BPM  {style.description}"
        )
    for sentence in listing.broken:
        typer.echo(f"Not usable: {sentence}")
    typer.echo(f"\nA style of your own: put its .toml file into {listing.user_folder}")

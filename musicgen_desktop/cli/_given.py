"""What a person typed that has no meaning there is refused: silence would look like consent."""

from collections.abc import Set as AbstractSet

import typer

from musicgen_desktop.foundation import UserInputError


def refuse_given(context: typer.Context, reason: str, *, but: AbstractSet[str | None]) -> None:
    """Refuse every argument and option that was typed.

    Args:
        context: of the command.
        reason: what they do not go with, as the sentence goes on: “--style does not go with …”.
        but: the names of those that have a meaning there.

    Raises:
        UserInputError: naming the first one.
    """
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        if name in but or source is None or source.name != "COMMANDLINE":
            continue
        said = parameter.opts[0] if parameter.opts[0].startswith("-") else f"A {name}"
        raise UserInputError(f"{said} does not go with {reason}; leave it out.")

"""Which model of an engine of sound makes a take."""

from collections.abc import Sequence
from typing import Protocol

from musicgen_desktop.foundation import StopFlag, UserInputError
from musicgen_desktop.generation.sound import SoundModel, SoundRequest, SoundSink, SoundTake


class SoundMaker(Protocol):
    """What is needed of the sound process's handle."""

    def generate(self, engine: str, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> SoundTake:
        """Make a take; a set `stop` ends it, and what was made is kept."""

    def models(self, engine: str, stop: StopFlag | None = None) -> Sequence[SoundModel]:
        """What is installed."""


def chosen_model(
    client: SoundMaker, engine: str, name: str | None, stop: StopFlag | None = None
) -> SoundModel:
    """The model of that id; without a name the only one that is installed.

    Raises:
        UserInputError: when there is no such model, or a choice to be made.
        Stopped: when `stop` was set.
    """
    models = {model.id: model for model in client.models(engine, stop)}
    if name in models:
        return models[name]
    if not models:
        raise UserInputError(
            f"No model of {engine} is installed; “musicgen-desktop models get musicgen-small” installs one."
            if engine == "musicgen"
            else f"No model of {engine} is installed; install one first."
        )
    if name is None and len(models) == 1:
        return next(iter(models.values()))
    choice = ", ".join(sorted(models))
    if name is None:
        raise UserInputError(f"Choose the model that {engine} is to use: {choice}.")
    raise UserInputError(f"{engine} has no model “{name[:40]}” here; choose from {choice}.")

"""Which engine of sound, and which of its models, makes a take."""

from collections.abc import Sequence
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Protocol

from musicgen_desktop.foundation import StopFlag, UserInputError, mending
from musicgen_desktop.generation.sound import ENTRY_POINTS, SoundModel, SoundRequest, SoundSink, SoundTake


class SoundMaker(Protocol):
    """What is needed of the sound process's handle."""

    def generate(self, engine: str, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> SoundTake:
        """Make a take; a set `stop` ends it, and what was made is kept."""

    def models(self, engine: str, stop: StopFlag | None = None) -> Sequence[SoundModel]:
        """What is installed."""


OUR_ENGINE = "musicgen"


def sound_engines() -> tuple[str, ...]:
    """The names of all engines that make sound, ours first."""
    names = entry_points(group=ENTRY_POINTS).names
    return (OUR_ENGINE, *sorted(names - {OUR_ENGINE}))


def require_sound_engine(name: str) -> None:
    """See that an engine can be asked at all, before a process is started for it.

    Raises:
        UserInputError: when there is no such engine, or what ours needs is not installed.
    """
    if name == OUR_ENGINE and find_spec("torch") is None:
        mend = mending("python3 installers/bootstrap.py run --neural")
        raise UserInputError(f"The MusicGen engine needs packages that are not installed; {mend}.")
    if name not in (known := sound_engines()):
        raise UserInputError(f"There is no engine called “{name[:40]}”; choose from {', '.join(known)}.")


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
            if engine == OUR_ENGINE
            else f"No model of {engine} is installed; install one first."
        )
    if name is None and len(models) == 1:
        return next(iter(models.values()))
    choice = ", ".join(sorted(models))
    if name is None:
        raise UserInputError(f"Choose the model that {engine} is to use: {choice}.")
    raise UserInputError(f"There is no model “{name[:40]}” of {engine} here; choose from {choice}.")

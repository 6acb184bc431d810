"""The models of the engines that make sound: found and made ready off the main thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.generation.sound import SoundModel, SoundRequest, check_sound_request
from musicgen_desktop.session.controllers.generating import require_sound_engine

__all__ = [
    "FindLoadedModels",
    "FindSoundModels",
    "LoadedModels",
    "PrepareSoundModel",
    "SoundHost",
    "SoundModel",
    "UnloadSoundModel",
    "check_sound_settings",
]

LoadedModels = dict[str, dict[str, int]]
"""The bytes of each model in memory, by engine and model."""


class SoundHost(Protocol):
    """What is needed of the sound process's handle."""

    def models(self, engine: str, stop: StopFlag | None = None) -> Sequence[SoundModel]:
        """What is installed."""

    def load(self, engine: str, model: str, report: Report = no_report, stop: StopFlag | None = None) -> str:
        """Have a model ready; returns how it will decode, for a person."""

    def unload(self, engine: str, model: str) -> None:
        """Give a model's memory back."""

    def loaded(self) -> LoadedModels:
        """What is in memory. Starts no process for it."""


@dataclass(frozen=True)
class FindSoundModels:
    """The installed models of an engine of sound. Ours starts no process for it."""

    host: SoundHost
    engine: str

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> tuple[SoundModel, ...]:
        """Do the work.

        Raises:
            UserInputError: when there is no such engine, what ours needs is not installed, or a package
                does not load.
            MusicgenDesktopError: when its process failed.
            Stopped: when `stop` was set.
        """
        report(0.0, "Looking for models")
        require_sound_engine(self.engine)
        return tuple(self.host.models(self.engine, stop))


@dataclass(frozen=True)
class PrepareSoundModel:
    """A model in memory before the first wish, so that its sound comes soon."""

    host: SoundHost
    engine: str
    model: str

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> str:
        """Do the work; returns how the model decodes: “native int8, AVX-512 VNNI, 2 threads”.

        Raises:
            UserInputError: when it is not there, or does not fit into memory.
            MusicgenDesktopError: when its process failed.
            Stopped: when `stop` was set.
        """
        report(0.0, "Loading the model")
        return self.host.load(self.engine, self.model, report, stop)


@dataclass(frozen=True)
class FindLoadedModels:
    """What the models of all engines of sound take of the memory now."""

    host: SoundHost

    def run(self, report: Report = no_report, _stop: StopFlag | None = None) -> LoadedModels:
        """Do the work.

        Raises:
            MusicgenDesktopError: when its process failed.
        """
        report(0.0, "Looking at the memory")
        return self.host.loaded()


@dataclass(frozen=True)
class UnloadSoundModel:
    """A model leaves the memory; the next wish for it brings it back."""

    host: SoundHost
    engine: str
    model: str

    def run(self, report: Report = no_report, _stop: StopFlag | None = None) -> LoadedModels:
        """Do the work; returns what is in memory then.

        Raises:
            UserInputError: when a take is made with it.
            MusicgenDesktopError: when its process failed.
        """
        report(0.0, "Unloading the model")
        self.host.unload(self.engine, self.model)
        return self.host.loaded()


def check_sound_settings(
    *,
    seconds: float = 10.0,
    guidance: float | None = None,
    temperature: float = 1.0,
    top_k: int = 250,
    top_p: float = 0.0,
) -> None:
    """See that settings lie within what engines of sound can do, before anything is asked of one.

    Raises:
        UserInputError: with one sentence that names the value, its limits and the mend.
    """
    check_sound_request(
        SoundRequest(
            model="",
            seconds=seconds,
            guidance=guidance,
            temperature=temperature,
            top_k=top_k,
            top_p=top_p,
        )
    )

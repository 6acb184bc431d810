"""The sound process's handle, which needs no process to say what is installed."""

from musicgen_desktop.foundation import StopFlag
from musicgen_desktop.generation import host
from musicgen_desktop.generation.musicgen.library import sound_models
from musicgen_desktop.generation.sound import SoundModel

from ._sound_models import OUR_ENGINE


class SoundClient(host.SoundClient):
    """As `host.SoundClient`. Our own engine's models are told at once: its libraries take seconds to load."""

    def models(self, engine: str, stop: StopFlag | None = None) -> tuple[SoundModel, ...]:
        """The models of an engine that are installed; another engine than ours is asked in its process."""
        return sound_models() if engine == OUR_ENGINE else super().models(engine, stop)

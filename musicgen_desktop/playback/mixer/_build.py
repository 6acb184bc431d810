"""From an effect's name to the thing that makes the sound."""

from collections.abc import Mapping

from musicgen_desktop.foundation import MusicgenDesktopError, mending
from musicgen_desktop.timing import TempoMap

from ._colour import Bitcrush, Distortion, Saturation
from ._dynamics import Compressor, Gate, Limiter
from ._effect import Effect
from ._equalizer import Equalizer, Filter
from ._motion import Chorus, Gain, Phaser, Pump, Width
from ._space import Delay, Reverb
from ._specs import effect_spec, resolve_parameters

CLASSES: dict[str, type[Effect]] = {
    effect.kind: effect
    for effect in (
        Bitcrush,
        Chorus,
        Compressor,
        Delay,
        Distortion,
        Equalizer,
        Filter,
        Gain,
        Gate,
        Limiter,
        Phaser,
        Pump,
        Reverb,
        Saturation,
        Width,
    )
}


class EffectsMissingError(MusicgenDesktopError):
    """The library behind the built-in effects is missing or lacks a library of the system."""

    def __init__(self, cause: ImportError) -> None:
        mend = mending("pip install --force-reinstall pedalboard")
        if "libatomic" in str(cause):
            mend = "run “apt install libatomic1”"
        super().__init__(f"The effects do not load ({cause}); {mend} and try again.")


def make_effect(kind: str, parameters: Mapping[str, float], rate: int, tempo: TempoMap) -> Effect:
    """A fresh effect that has heard nothing.

    Args:
        kind: a name in `EFFECTS`.
        parameters: those that differ from the defaults; held inside their ranges.
        rate: frames per second.
        tempo: for what counts in beats.

    Raises:
        UnknownEffectError: for an unknown kind.
        EffectsMissingError: when the effects' library does not load on this system.
    """
    make = CLASSES[effect_spec(kind).name]
    try:
        return make(resolve_parameters(kind, parameters), rate, tempo)
    except ImportError as error:
        raise EffectsMissingError(error) from error


def effect_latency(kind: str, parameters: Mapping[str, float], rate: int) -> int:
    """How many frames late the effect's output is; nothing heavy is loaded to tell.

    Raises:
        UnknownEffectError: for an unknown kind.
    """
    values = resolve_parameters(kind, parameters)
    return CLASSES[kind].latency_frames(values, rate)


def effect_tail(kind: str, parameters: Mapping[str, float], rate: int, tempo: TempoMap) -> int:
    """How many frames the effect rings on after its input ended, until about 80 dB lower.

    Raises:
        UnknownEffectError: for an unknown kind.
    """
    values = resolve_parameters(kind, parameters)
    return CLASSES[kind].tail_frames(values, rate, tempo)

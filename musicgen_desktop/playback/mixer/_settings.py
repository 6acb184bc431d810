"""What a strip is set to: plain values that the plan holds and the mixer turns into sound."""

import msgspec

from ._curve import Curve

SILENT_DB = -120.0
"""A fader at or below this is shut."""


class InsertSettings(msgspec.Struct, frozen=True):
    """An effect in a strip.

    Attributes:
        parameters: every one of its kind, inside its range.
        bypassed: its sound passes unchanged, but as late as if it were on.
        curves: (parameter, curve) for those that are automated.
    """

    id: str
    effect: str
    parameters: dict[str, float]
    bypassed: bool = False
    latency_frames: int = 0
    tail_frames: int = 0
    curves: tuple[tuple[str, Curve], ...] = ()


class SendSettings(msgspec.Struct, frozen=True):
    """A tap to a bus. `delay_frames` makes it arrive together with all else that the bus gets."""

    id: str
    target: str
    gain_db: float = 0.0
    pre_fader: bool = False
    delay_frames: int = 0
    curve: Curve | None = None


class StripSettings(msgspec.Struct, frozen=True):
    """One strip, with mute, solo and latency already worked out.

    Attributes:
        is_mono: all that plays in it has one channel; the pan places it by equal power, −3 dB in the centre.
            Otherwise the pan is a balance.
        gain_db, pan, muted curves: None where nothing moves.
        output: the id of the strip that it plays into; None when nothing of it is to be heard there.
        output_delay_frames: makes it arrive together with all else there.
        sends: those that are heard.
        arrival_frames: how late the sound is when it enters the strip.
    """

    id: str
    is_mono: bool = False
    trim_gain: float = 1.0
    inserts: tuple[InsertSettings, ...] = ()
    gain_db: float = 0.0
    pan: float = 0.0
    gain_curve: Curve | None = None
    pan_curve: Curve | None = None
    muted_curve: Curve | None = None
    output: str | None = None
    output_delay_frames: int = 0
    sends: tuple[SendSettings, ...] = ()
    arrival_frames: int = 0

    @property
    def latency_frames(self) -> int:
        """What its inserts add."""
        return sum(insert.latency_frames for insert in self.inserts)

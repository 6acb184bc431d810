"""What a strip shows, as plain values: two equal pictures look the same."""

import msgspec

from ._parts import Part


class InsertPicture(msgspec.Struct, frozen=True):
    """An insert's row."""

    id: str
    name: str
    bypassed: bool
    known: bool
    """False for an effect that this program has not."""


class SendPicture(msgspec.Struct, frozen=True):
    """A send's row; `position` is that of `position_of`."""

    id: str
    name: str
    color: str
    gain_db: float
    position: float
    pre_fader: bool
    enabled: bool


class StripPicture(msgspec.Struct, frozen=True, kw_only=True):
    """One strip.

    Attributes:
        word: the instrument or kind, or what a bus is for.
        output: the name of where it plays to; empty for the master.
        silenced: it is not heard because others are soloed.
        folded: whether a bus hides its members; None for what has none.
        members: how many tracks play into it.
        current: the keyboard acts on it.
        learned: what controllers move, as `learnable_of` names it.
        hot: the part under the mouse; focus: the part that the keyboard acts on, while the mixer has it.
    """

    id: str
    name: str
    word: str
    kind: str
    color: str
    inserts: tuple[InsertPicture, ...]
    sends: tuple[SendPicture, ...]
    output: str
    output_color: str
    pan: float
    gain_db: float
    muted: bool
    soloed: bool
    silenced: bool
    armed: bool
    frozen: bool
    polarity_inverted: bool
    trim_db: float
    folded: bool | None
    members: int
    selected: bool
    current: bool
    learned: frozenset[str] = frozenset()
    hot: Part | None = None
    focus: Part | None = None

    @property
    def can_arm(self) -> bool:
        """Whether it can record."""
        return self.kind in ("audio", "notes")

    @property
    def can_send(self) -> bool:
        """Whether it can have sends."""
        return self.kind != "master"


class LoudnessPicture(msgspec.Struct, frozen=True):
    """The master's loudness, as it is written; “–” where nothing was measured."""

    momentary: str = "–"
    short_term: str = "–"
    integrated: str = "–"
    true_peak: str = "–"
    over: bool = False
    """The true peak is above −1 dBTP."""

"""A knob that moves with the song: where its values stand in a lane, and how they are written."""

import math

import msgspec

from musicgen_desktop.document import SILENT_DB, Automation, Project, Track
from musicgen_desktop.session.commands import AutomationTarget, automation_targets
from musicgen_desktop.ui.widgets import decibels, pan_text, plain, typed_decibels, typed_number, typed_pan
from musicgen_desktop.ui.widgets.fader_law import gain_at, position_of

_FEW_STEPS = 4.0


class LaneKnob(msgspec.Struct, frozen=True):
    """One knob of one track as its lane shows it.

    Attributes:
        track_id: of the track.
        knob: its range and unit.
        standing: where it stands while no curve moves it.
        curve: what moves it; None for nothing yet.
    """

    track_id: str
    knob: AutomationTarget
    standing: float
    curve: Automation | None

    @property
    def is_level(self) -> bool:
        """Whether it is a fader, which goes down to silence."""
        return self.knob.unit == "dB" and self.knob.low <= SILENT_DB

    @property
    def is_logarithmic(self) -> bool:
        """Whether equal ways are equal ratios, as pitches are heard."""
        return self.knob.unit == "Hz" and self.knob.low > 0.0

    @property
    def points(self) -> tuple[tuple[int, float], ...]:
        """Tick and value of each point."""
        return () if self.curve is None else tuple((each.tick, each.value) for each in self.curve.points)

    def value_at(self, tick: float) -> float:
        """The value at a tick: the curve's, or where the knob stands."""
        if self.curve is None or not self.curve.points or not self.curve.enabled:
            return self.standing
        return self.curve.value_at(tick)

    def share_of(self, value: float) -> float:
        """How high a value stands, 0 to 1."""
        low, high = self.knob.low, self.knob.high
        value = min(high, max(low, value))
        if self.is_level:
            return position_of(value)
        if self.is_logarithmic:
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low) if high > low else 0.5

    def value_of(self, share: float) -> float:
        """The inverse of `share_of`; a switch snaps to its steps, and all others to what a hand can hit."""
        low, high = self.knob.low, self.knob.high
        share = min(1.0, max(0.0, share))
        if self.is_level:
            value = gain_at(share)
            return SILENT_DB if value < low else round(value, 1)
        if self.is_logarithmic:
            return float(low * (high / low) ** share)
        value = low + share * (high - low)
        return float(round(value)) if self.knob.is_switch else value

    def text_of(self, value: float) -> str:
        """A value with its unit: “−6.0 dB”, “50 L”, “440 Hz”."""
        knob = self.knob
        if knob.unit == "dB":
            return decibels(value)
        if knob.target == "pan":
            return pan_text(value)
        if knob.is_switch:
            return plain(value, 0)
        digits = 0 if abs(value) >= 100.0 else 1 if knob.high - knob.low > _FEW_STEPS else 2
        return f"{plain(value, digits)} {knob.unit}".strip()

    def read(self, text: str) -> float:
        """A typed value, held inside the range.

        Raises:
            ValueError: when it is no number.
        """
        if self.knob.target == "pan":
            value = typed_pan(text)
        elif self.knob.unit == "dB":
            value = typed_decibels(text)
        else:
            value = typed_number(text)
        return min(self.knob.high, max(self.knob.low, value))


def lane_knob(project: Project, track_id: str, target: str) -> LaneKnob | None:
    """The knob of a lane; None when the track or the knob is gone."""
    track = next((each for each in project.all_tracks if each.id == track_id), None)
    if track is None:
        return None
    knob = next((each for each in automation_targets(project, track) if each.target == target), None)
    if knob is None:
        return None
    curve = next((each for each in track.automation if each.target == target), None)
    return LaneKnob(track_id, knob, _standing(track, knob), curve)


def first_targets(track: Track) -> tuple[str, ...]:
    """The lanes that open first: those of all curves with points, or else the gain's."""
    moved = tuple(curve.target for curve in track.automation if curve.points)
    return moved or ("gain_db",)


def _standing(track: Track, knob: AutomationTarget) -> float:
    what, _, rest = knob.target.partition(":")
    part, _, name = rest.partition(":")
    match what:
        case "gain_db":
            return track.gain_db
        case "pan":
            return track.pan
        case "muted":
            return float(track.muted)
        case "insert":
            found = next((each for each in track.inserts if each.id == part), None)
            return knob.default if found is None else found.parameters.get(name, knob.default)
        case _:
            send = next((each for each in track.sends if each.id == part), None)
            return knob.default if send is None else send.gain_db

"""A strip of the mixer and the clips that feed it."""

from functools import cached_property
from typing import Literal, Self

import msgspec

from musicgen_desktop.music import Patch

from ._clip import Clip
from ._frozen import Frozen
from ._midi import MidiOutput
from ._mixing import Automation, Insert, Send

TrackKind = Literal["audio", "notes", "bus", "master"]


class Track(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Clips and their strip: trim, inserts, fader, pan, sends. Never changed, only replaced.

    The sound goes: clips or `patch` → `trim_db`, polarity → `inserts` → pre-fader sends → `gain_db`, `pan` →
    post-fader sends → `output`.
    """

    id: str
    name: str
    kind: TrackKind
    role: str = ""
    """The stem it plays (“drums”, “bass”), or empty."""
    color: str = ""
    clips: tuple[Clip, ...] = ()
    patch: Patch | None = None
    """What sounds the notes of a notes track."""
    trim_db: float = 0.0
    gain_db: float = 0.0
    """−144 to 24; at or below `SILENT_DB` the fader is shut."""
    pan: float = 0.0
    """−1 is left, 1 is right."""
    polarity_inverted: bool = False
    muted: bool = False
    soloed: bool = False
    solo_safe: bool = False
    """Stays heard while other tracks are soloed: effect returns."""
    armed: bool = False
    inserts: tuple[Insert, ...] = ()
    sends: tuple[Send, ...] = ()
    output: str | None = None
    """The id of a bus; None is the master."""
    automation: tuple[Automation, ...] = ()
    frozen: Frozen | None = None
    midi_output: MidiOutput | None = None
    """Where its notes go too; None is nowhere. Of notes tracks only."""

    @cached_property
    def end_ticks(self) -> int:
        """The first tick after its last clip; 0 without clips. Kept: pictures ask for it often."""
        return max((clip.end_ticks for clip in self.clips), default=0)

    def clip(self, clip_id: str) -> Clip:
        """The clip with this id.

        Raises:
            KeyError: when the track has none.
        """
        for clip in self.clips:
            if clip.id == clip_id:
                return clip
        raise KeyError(clip_id)

    def with_clip(self, clip: Clip) -> Self:
        """The track with the clip of that id replaced, or the clip added. Clips stay sorted by start."""
        others = [other for other in self.clips if other.id != clip.id]
        clips = tuple(sorted([*others, clip], key=lambda each: each.start_ticks))
        return msgspec.structs.replace(self, clips=clips)

    def without_clip(self, clip_id: str) -> Self:
        """The track without that clip."""
        return msgspec.structs.replace(self, clips=tuple(clip for clip in self.clips if clip.id != clip_id))

    def with_insert(self, insert: Insert, position: int | None = None) -> Self:
        """The track with the insert of that id replaced, or put in at `position` (default: last)."""
        ids = [other.id for other in self.inserts]
        inserts = list(self.inserts)
        if insert.id in ids:
            old = ids.index(insert.id)
            del inserts[old]
            position = old if position is None else position
        inserts.insert(len(inserts) if position is None else position, insert)
        return msgspec.structs.replace(self, inserts=tuple(inserts))

    def without_insert(self, insert_id: str) -> Self:
        """The track without that insert and without the automation that moved it."""
        return msgspec.structs.replace(
            self,
            inserts=tuple(insert for insert in self.inserts if insert.id != insert_id),
            automation=tuple(
                curve for curve in self.automation if not curve.target.startswith(f"insert:{insert_id}:")
            ),
        )

    def without_send(self, send_id: str) -> Self:
        """The track without that send and without the automation that moved it."""
        return msgspec.structs.replace(
            self,
            sends=tuple(send for send in self.sends if send.id != send_id),
            automation=tuple(
                curve for curve in self.automation if not curve.target.startswith(f"send:{send_id}:")
            ),
        )

    def with_automation(self, automation: Automation) -> Self:
        """The track with the curve of that id replaced, or added."""
        if any(other.id == automation.id for other in self.automation):
            curves = tuple(automation if other.id == automation.id else other for other in self.automation)
        else:
            curves = (*self.automation, automation)
        return msgspec.structs.replace(self, automation=curves)

    def frozen_as(self, frozen: Frozen | None) -> Self:
        """The track playing a file of its sound, or itself again."""
        return msgspec.structs.replace(self, frozen=frozen)

    def renamed(self, name: str) -> Self:
        """The track under another name."""
        return msgspec.structs.replace(self, name=name)

    def with_gain(self, gain_db: float) -> Self:
        """The track with its fader moved."""
        return msgspec.structs.replace(self, gain_db=gain_db)

    def with_pan(self, pan: float) -> Self:
        """The track moved between left (−1) and right (1)."""
        return msgspec.structs.replace(self, pan=pan)

    def muted_as(self, muted: bool) -> Self:  # noqa: FBT001 - the one thing it says
        """The track silenced or heard again."""
        return msgspec.structs.replace(self, muted=muted)

    def soloed_as(self, soloed: bool) -> Self:  # noqa: FBT001 - the one thing it says
        """The track soloed or not."""
        return msgspec.structs.replace(self, soloed=soloed)

    def armed_as(self, armed: bool) -> Self:  # noqa: FBT001 - the one thing it says
        """The track ready to record or not."""
        return msgspec.structs.replace(self, armed=armed)

    def routed_to(self, output: str | None) -> Self:
        """The track playing into a bus; None is the master."""
        return msgspec.structs.replace(self, output=output)

    def sent_to(self, midi_output: MidiOutput | None) -> Self:
        """The track with its notes going to a MIDI port as well; None ends that."""
        return msgspec.structs.replace(self, midi_output=midi_output)

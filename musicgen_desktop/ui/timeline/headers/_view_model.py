"""What the headers show besides the tracks, and what one can do to those there."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QObject, Signal

from musicgen_desktop.document import Project, Track
from musicgen_desktop.music import Patch
from musicgen_desktop.session.commands import (
    Edit,
    add_track,
    arm_tracks,
    color_track,
    delete_tracks,
    duplicate_track,
    enable_automation,
    group_tracks,
    move_track,
    mute_tracks,
    remove_automation,
    rename_track,
    route_track,
    set_gain,
    set_patch,
    solo_tracks,
)
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.timeline.automation import first_targets, lane_knob

from ._geometry import Hit
from ._picture import LaneText


class HeadersModel(QObject):
    """State and intent. What is done to one selected track is done to all selected ones."""

    changed = Signal()

    def __init__(self, bridges: Bridges, state: TimelineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges, self._state = bridges, state
        self.hover: Hit | None = None
        self.drop_line: int | None = None
        self.dragged = ""
        self._held_gain: tuple[str, Project] | None = None
        self._drags = 0
        bridges.project.changed.connect(self._let_go_of_gone)
        bridges.project.opened.connect(self._let_go_of_gone)

    @property
    def project(self) -> Project:
        """As it is."""
        return self._bridges.project.project

    @property
    def current(self) -> str:
        """The current track's id; empty for none."""
        ids = self._bridges.selection.track_ids
        return ids[-1] if ids else ""

    @property
    def selected(self) -> tuple[str, ...]:
        """The selected tracks."""
        return self._bridges.selection.track_ids

    def track(self, track_id: str) -> Track:
        """A track of the project.

        Raises:
            KeyError: when it is not there.
        """
        return self.project.track(track_id)

    def meant(self, track_id: str) -> tuple[str, ...]:
        """The tracks that a button of this one acts on."""
        return self.selected if track_id in self.selected else (track_id,)

    def show_hover(self, hit: Hit | None) -> None:
        """What is under the mouse."""
        if hit != self.hover:
            self.hover = hit
            self.changed.emit()

    def select(self, track_id: str, *, toggle: bool = False, extend: bool = False) -> None:
        """This track; with Ctrl in or out, with Shift all from the current one to it."""
        ids = [track.id for track in self.project.all_tracks]
        selection = self._bridges.selection
        if extend and self.current in ids:
            first, last = sorted((ids.index(self.current), ids.index(track_id)))
            span = ids[first : last + 1]
            # The one that was current stays so: the next Shift+click starts from it as well.
            selection.select_tracks(*(each for each in span if each != self.current), self.current)
        elif toggle and track_id in self.selected:
            selection.select_tracks(*(each for each in self.selected if each != track_id))
        elif toggle:
            selection.select_tracks(*self.selected, track_id)
        else:
            selection.select_tracks(track_id)

    def step(self, by: int, *, extend: bool = False) -> None:
        """Let the track above or below be the current one."""
        ids = [track.id for track in self.project.all_tracks]
        at = ids.index(self.current) + by if self.current in ids else 0
        track_id = ids[min(len(ids) - 1, max(0, at))]
        if extend:
            others = (each for each in self.selected if each != track_id)
            self._bridges.selection.select_tracks(*others, track_id)
        else:
            self._bridges.selection.select_tracks(track_id)
        self._state.reveal(self._state.geometry.tick_at(0), track_id=track_id)

    def mute(self, track_id: str) -> None:
        """Silence, or let be heard again."""
        if track_id:
            muted = not self.track(track_id).muted
            self._bridges.project.ask(mute_tracks, self.meant(track_id), muted=muted)

    def solo(self, track_id: str, *, exclusive: bool = False) -> None:
        """Hear alone, or no longer."""
        if track_id:
            soloed = not self.track(track_id).soloed
            ids = self._without_master(self.meant(track_id))
            if ids:
                self._bridges.project.ask(solo_tracks, ids, soloed=soloed, exclusive=exclusive)

    def arm(self, track_id: str, *, exclusive: bool = False) -> None:
        """Make ready to record, or no longer."""
        if track_id:
            armed = not self.track(track_id).armed
            ids = tuple(each for each in self.meant(track_id) if self.track(each).kind in ("audio", "notes"))
            self._bridges.project.ask(arm_tracks, ids or (track_id,), armed=armed, exclusive=exclusive)

    def rename(self, track_id: str, name: str) -> bool:
        """Another name."""
        return self._bridges.project.ask(rename_track, track_id, name)

    def recolour(self, track_id: str, code: str) -> None:
        """Another colour, for all selected tracks."""
        ids = self.meant(track_id)

        def edit(project: Project) -> Edit:
            for each in ids:
                project = color_track(project, each, code).project
            return Edit("Colour track", project)

        self._bridges.project.ask(edit)

    def set_patch(self, track_id: str, patch: Patch) -> None:
        """Another instrument."""
        self._bridges.project.ask(set_patch, track_id, patch)

    def route(self, track_id: str, output: str | None) -> None:
        """Play into a bus; None is the master."""
        self._bridges.project.ask(route_track, track_id, output)

    def add(self, kind: str) -> None:
        """A new track below the current one; it is selected."""
        track = self._bridges.selection.track
        after = None if track is None or track.kind == "master" or kind == "bus" else track.id
        made = self._bridges.project.ask_new(add_track, kind=kind, after=after)
        if made:
            self._bridges.selection.select_tracks(made)
            self._state.reveal(self._state.geometry.tick_at(0), track_id=made)

    def duplicate(self) -> None:
        """The current track once more."""
        if self.current:
            made = self._bridges.project.ask_new(duplicate_track, self.current)
            if made:
                self._bridges.selection.select_tracks(made)

    def delete(self) -> None:
        """Take the selected tracks away; the one that comes in their place is current then."""
        if not self.selected:
            return
        ids = [track.id for track in self.project.tracks]
        at = min((ids.index(each) for each in self.selected if each in ids), default=0)
        if self._bridges.project.ask(delete_tracks, self.selected):
            left = self.project.tracks
            if left:
                self._bridges.selection.select_tracks(left[min(at, len(left) - 1)].id)

    def group(self) -> None:
        """Let the selected tracks play into a new bus."""
        made = self._bridges.project.ask_new(group_tracks, self.selected)
        if made:
            self._bridges.selection.select_tracks(made)

    def move_by(self, steps: int) -> None:
        """Move the current track up or down."""
        ids = [track.id for track in self.project.tracks]
        if self.current in ids:
            at = ids.index(self.current) + steps
            self._bridges.project.ask(move_track, self.current, max(0, at))

    def drag_over(self, track_id: str, line: int) -> None:
        """A header is held over a line between two others."""
        self.dragged, self.drop_line = track_id, line
        self.changed.emit()

    def end_drag(self, position: int | None = None) -> None:
        """The header was let go; None leaves it where it was."""
        track_id, self.dragged, self.drop_line = self.dragged, "", None
        if position is not None and track_id:
            self._bridges.project.ask(move_track, track_id, position)
        self.changed.emit()

    def hold_gain(self, track_id: str) -> None:
        """A fader was taken hold of."""
        self._drags += 1
        self._held_gain = track_id, self.project

    def drag_gain(self, gain_db: float) -> None:
        """It moves, and is heard moving."""
        if self._held_gain is not None:
            key = f"header gain {id(self)} {self._drags}"
            self._bridges.project.ask(set_gain, self._held_gain[0], gain_db, merge_key=key)

    def end_gain(self, *, cancel: bool = False) -> None:
        """It was let go: one step of the history; Esc puts it back."""
        if self._held_gain is None:
            return
        (_track_id, before), self._held_gain = self._held_gain, None
        if cancel:
            self._bridges.project.take_back(before)
        else:
            self._bridges.project.end_merge()

    def set_gain(self, track_id: str, gain_db: float) -> bool:
        """Set a fader at once."""
        return self._bridges.project.ask(set_gain, track_id, gain_db)

    def toggle_lanes(self, track_id: str) -> None:
        """Open the automation lanes of a track, or close them all."""
        if not track_id:
            return
        lanes = self._state.lanes_of(track_id)
        if lanes:
            for target in lanes:
                self._state.close_lane(track_id, target)
        else:
            for target in first_targets(self.track(track_id)):
                self._state.open_lane(track_id, target)

    def swap_lane(self, track_id: str, target: str, other: str) -> None:
        """Let a lane show another knob."""
        lanes = tuple(other if each == target else each for each in self._state.lanes_of(track_id))
        for each in self._state.lanes_of(track_id):
            self._state.close_lane(track_id, each)
        for each in lanes:
            self._state.open_lane(track_id, each)

    def toggle_curve(self, track_id: str, target: str) -> None:
        """Let a curve move its knob, or rest."""
        for curve in self.track(track_id).automation:
            if curve.target == target:
                on = not curve.enabled
                self._bridges.project.ask(enable_automation, track_id, curve.id, enabled=on)

    def remove_curve(self, track_id: str, target: str) -> None:
        """Take a curve away."""
        for curve in self.track(track_id).automation:
            if curve.target == target:
                self._bridges.project.ask(remove_automation, track_id, curve.id)

    def lane_text(self, track_id: str, target: str) -> LaneText | None:
        """What the header of a lane says."""
        lane = lane_knob(self.project, track_id, target)
        if lane is None:
            return None
        value = lane.text_of(lane.value_at(self._bridges.player.tick))
        curve = lane.curve
        has_curve = curve is not None and bool(curve.points)
        return LaneText(lane.knob.label, value, curve is None or curve.enabled, has_curve)

    def word_of(self, track: Track) -> str:
        """The instrument or the kind of a track, and the bus it plays into."""
        translate = QCoreApplication.translate
        match track.kind:
            case "notes":
                named = "" if track.patch is None else track.patch.name
                word = named or translate("Headers", "Choose instrument")
            case "audio":
                word = translate("Headers", "Audio")
            case "bus":
                word = translate("Headers", "Return") if track.solo_safe else translate("Headers", "Bus")
            case _:
                word = translate("Headers", "Output")
        if track.output is not None:
            bus = next((each.name for each in self.project.tracks if each.id == track.output), "")
            return f"{word} → {bus}"
        return word

    def _let_go_of_gone(self) -> None:
        """A hand holds nothing that is not there any more."""
        there = {track.id for track in self.project.all_tracks}
        if self._held_gain is not None and self._held_gain[0] not in there:
            self._held_gain = None
        if self.dragged and self.dragged not in there:
            self.end_drag()
        if self.hover is not None and self.hover.track_id not in {"", *there}:
            self.show_hover(None)

    def _without_master(self, ids: Collection[str]) -> tuple[str, ...]:
        return tuple(each for each in ids if each != self.project.master.id)


def silenced(project: Project) -> frozenset[str]:
    """The tracks that are not heard because others are soloed.

    Heard are soloed tracks, what plays into them, what they play into, and what is safe from solo.
    """
    soloed = {track.id for track in project.tracks if track.soloed}
    if not soloed:
        return frozenset()
    outputs = {track.id: track.output for track in project.tracks}

    def way(track_id: str) -> list[str]:
        passed = [track_id]
        while (output := outputs.get(passed[-1])) is not None:
            passed.append(output)
        return passed

    ways = {track.id: way(track.id) for track in project.tracks}
    heard = {track_id for track_id, passed in ways.items() if soloed & set(passed)}
    heard |= {each for track_id in soloed for each in ways[track_id]}
    heard |= {track.id for track in project.tracks if track.solo_safe}
    return frozenset(ways.keys() - heard)


def state_words(track: Track) -> tuple[str, ...]:
    """Muted, soloed, armed, frozen, in words."""
    translate = QCoreApplication.translate
    words = (
        (track.muted, translate("Headers", "muted")),
        (track.soloed, translate("Headers", "soloed")),
        (track.armed, translate("Headers", "armed")),
        (track.frozen is not None, translate("Headers", "frozen")),
    )
    return tuple(word for is_so, word in words if is_so)

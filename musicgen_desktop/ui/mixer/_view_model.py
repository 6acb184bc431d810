"""What the mixer shows, and what touching it means. Knows no pixels."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Track
from musicgen_desktop.music import Patch
from musicgen_desktop.session.commands import (
    add_insert,
    add_send,
    add_track,
    arm_tracks,
    bypass_insert,
    color_track,
    group_tracks,
    invert_polarity,
    load_parameters,
    move_insert,
    mute_tracks,
    remove_insert,
    remove_send,
    rename_track,
    route_track,
    set_pan,
    set_patch,
    set_send_gain,
    set_send_tap,
    set_trim,
    solo_tracks,
    toggle_send,
)
from musicgen_desktop.ui.bridges import Bridges

from ._pictures import StripPicture
from ._strips import strips_of
from ._wishes import linked_gains, set_gains


class MixerViewModel(QObject):
    """The strips, which of them are selected and folded, and every wish about them."""

    changed = Signal()
    """The strips are others, or look otherwise."""
    effect_requested = Signal(str, str)
    """Track id and insert id: the user wants to see this effect."""

    def __init__(self, bridges: Bridges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._folded: frozenset[str] = frozenset()
        self.is_narrow = False
        self.shows_inserts = True
        self.shows_sends = True
        self.strips: tuple[StripPicture, ...] = ()
        bridges.project.changed.connect(self._on_changed)
        bridges.project.opened.connect(self._on_opened)
        bridges.selection.changed.connect(self._read)
        self._read()

    @property
    def current_id(self) -> str:
        """The strip that the keyboard acts on: the one chosen last, else the first."""
        shown = [strip.id for strip in self.strips]
        chosen = [each for each in self._bridges.selection.track_ids if each in shown]
        return chosen[-1] if chosen else shown[0]

    @property
    def targets(self) -> tuple[Track, ...]:
        """The buses and what they can be chosen for: outputs and sends."""
        return tuple(track for track in self._bridges.project.project.tracks if track.kind == "bus")

    def strip(self, track_id: str) -> StripPicture | None:
        """The strip of a track; None while it is not shown."""
        return next((strip for strip in self.strips if strip.id == track_id), None)

    def track(self, track_id: str) -> Track:
        """The track of a strip."""
        return self._bridges.project.project.track(track_id)

    def linked(self, track_id: str) -> tuple[str, ...]:
        """What a touch of this strip touches: all selected ones when it is among them."""
        selected = self._bridges.selection.track_ids
        return selected if track_id in selected else (track_id,)

    # What is shown

    def set_narrow(self, *, narrow: bool) -> None:
        """Narrow strips, or wide ones."""
        self.is_narrow = narrow
        self.changed.emit()

    def show_racks(self, *, inserts: bool | None = None, sends: bool | None = None) -> None:
        """Show or hide the rows of inserts and of sends."""
        self.shows_inserts = self.shows_inserts if inserts is None else inserts
        self.shows_sends = self.shows_sends if sends is None else sends
        self.changed.emit()

    def fold(self, track_id: str) -> None:
        """Hide the members of a bus, or show them again."""
        self._folded = self._folded ^ {track_id}
        self._read()

    # Selection

    def select(self, track_id: str, *, toggle: bool = False, extend: bool = False) -> None:
        """Select a strip: alone, in or out of the selection, or with all between it and the current one."""
        selection = self._bridges.selection
        if toggle:
            kept = tuple(each for each in selection.track_ids if each != track_id)
            selection.select_tracks(*(kept if track_id in selection.track_ids else (*kept, track_id)))
        elif extend and selection.track_ids:
            ids = [strip.id for strip in self.strips]
            anchor = selection.track_ids[0] if selection.track_ids[0] in ids else ids[0]
            begin, end = ids.index(anchor), ids.index(track_id)
            step = 1 if end >= begin else -1
            selection.select_tracks(*ids[begin : end + step : step] if end + step >= 0 else ids[begin::-1])
        else:
            selection.select_tracks(track_id)

    def walk(self, steps: int, *, extend: bool = False) -> None:
        """Go some strips to the right."""
        ids = [strip.id for strip in self.strips]
        to = min(len(ids) - 1, max(0, ids.index(self.current_id) + steps))
        if not self._bridges.selection.track_ids:
            self.select(ids[0])
        self.select(ids[to], extend=extend)

    # Levels

    def starts_db(self, track_id: str) -> dict[str, float]:
        """Where the faders stand that move together with this one."""
        return {each: self.track(each).gain_db for each in self.linked(track_id)}

    def move_faders(
        self, starts_db: Mapping[str, float], led_by: str, gain_db: float, merge_key: str | None = None
    ) -> None:
        """Move a fader, and those linked to it by the same way."""
        gains = linked_gains(starts_db, led_by, gain_db)
        there = {each: gain for each, gain in gains.items() if self._is_there(each)}
        if there:
            self._bridges.project.ask(set_gains, there, merge_key=merge_key)

    def set_gain(self, track_id: str, gain_db: float, merge_key: str | None = None) -> None:
        """Move one fader, and those linked to it, from where they stand."""
        self.move_faders(self.starts_db(track_id), track_id, gain_db, merge_key)

    def reset_gain(self, track_id: str) -> None:
        """0 dB for a fader and those linked to it."""
        self._bridges.project.ask(set_gains, dict.fromkeys(self.linked(track_id), 0.0))

    def set_pan(self, track_id: str, pan: float, merge_key: str | None = None) -> None:
        """Turn a pan knob."""
        if self._is_there(track_id):
            self._bridges.project.ask(set_pan, track_id, round(pan, 3), merge_key=merge_key)

    def set_send_gain(
        self, track_id: str, send_id: str, gain_db: float, merge_key: str | None = None
    ) -> None:
        """Turn a send's knob."""
        if self._is_there(track_id, send_id):
            self._bridges.project.ask(set_send_gain, track_id, send_id, gain_db, merge_key=merge_key)

    def set_trim(self, track_id: str, trim_db: float) -> None:
        """The level before the inserts."""
        self._bridges.project.ask(set_trim, track_id, trim_db)

    def let_go(self) -> None:
        """The hand let go: the drag was one step."""
        self._bridges.project.end_merge()

    def hold(self) -> object:
        """What `take_back` needs to undo a drag that begins now."""
        return self._bridges.project.project

    def take_back(self, held: object) -> None:
        """The drag was cancelled: as if it had never begun."""
        self._bridges.project.take_back(held)

    # Switches

    def toggle_mute(self, track_id: str) -> None:
        """Mute, or not; the linked strips follow."""
        muted = not self.track(track_id).muted
        self._bridges.project.ask(mute_tracks, self.linked(track_id), muted=muted)

    def toggle_solo(self, track_id: str, *, exclusive: bool = False) -> None:
        """Solo, or not; exclusive ends that of all others."""
        tracks = [self.track(each) for each in self.linked(track_id)]
        ids = tuple(track.id for track in tracks if track.kind != "master")
        others = any(track.soloed for track in self._bridges.project.project.tracks if track.id not in ids)
        soloed = not self.track(track_id).soloed or (exclusive and others)
        self._bridges.project.ask(solo_tracks, ids, soloed=soloed, exclusive=exclusive)

    def toggle_arm(self, track_id: str) -> None:
        """Make it ready to record, or not."""
        tracks = [self.track(each) for each in self.linked(track_id)]
        ids = tuple(track.id for track in tracks if track.kind in ("audio", "notes"))
        self._bridges.project.ask(arm_tracks, ids, armed=not self.track(track_id).armed)

    def invert_polarity(self, track_id: str) -> None:
        """Turn its wave upside down."""
        self._bridges.project.ask(invert_polarity, track_id)

    # Inserts

    def add_insert(self, track_id: str, effect: str, position: int | None = None) -> str:
        """Put an effect into a strip and show it. Returns its id, or empty."""
        made = self._bridges.project.ask_new(add_insert, track_id, effect, position)
        if made:
            self.effect_requested.emit(track_id, made)
        return made

    def remove_insert(self, track_id: str, insert_id: str) -> None:
        """Take an effect out."""
        self._bridges.project.ask(remove_insert, track_id, insert_id)

    def move_insert(self, track_id: str, insert_id: str, position: int, to_track: str) -> None:
        """Put an effect elsewhere; `position` counts the rows as they are shown before it moves."""
        if to_track == track_id:
            at = [insert.id for insert in self.track(track_id).inserts].index(insert_id)
            position -= position > at
        self._bridges.project.ask(move_insert, track_id, insert_id, position, to_track)

    def shift_insert(self, track_id: str, insert_id: str, by: int) -> None:
        """Move an effect up or down in its strip."""
        inserts = [insert.id for insert in self.track(track_id).inserts]
        to = inserts.index(insert_id) + by
        if 0 <= to < len(inserts):
            self._bridges.project.ask(move_insert, track_id, insert_id, to)

    def bypass_insert(self, track_id: str, insert_id: str) -> None:
        """Bypass an effect, or not."""
        insert = next(each for each in self.track(track_id).inserts if each.id == insert_id)
        self._bridges.project.ask(bypass_insert, track_id, insert_id, bypassed=not insert.bypassed)

    def load_preset(self, track_id: str, insert_id: str, parameters: Mapping[str, float]) -> None:
        """Give an effect the settings of a preset."""
        self._bridges.project.ask(load_parameters, track_id, insert_id, parameters)

    # Sends and outputs

    def add_send(self, track_id: str, target: str) -> None:
        """Send to a bus."""
        self._bridges.project.ask_new(add_send, track_id, target)

    def toggle_send(self, track_id: str, send_id: str) -> None:
        """Switch a send off or on."""
        self._bridges.project.ask(toggle_send, track_id, send_id)

    def toggle_tap(self, track_id: str, send_id: str) -> None:
        """Take a send before the fader, or behind it."""
        send = next(each for each in self.track(track_id).sends if each.id == send_id)
        self._bridges.project.ask(set_send_tap, track_id, send_id, pre_fader=not send.pre_fader)

    def remove_send(self, track_id: str, send_id: str) -> None:
        """Take a send away."""
        self._bridges.project.ask(remove_send, track_id, send_id)

    def route(self, track_id: str, output: str | None) -> None:
        """Let a track play into a bus, or into the master."""
        self._bridges.project.ask(route_track, track_id, output)

    # Tracks

    def rename(self, track_id: str, name: str) -> None:
        """Call a track otherwise."""
        self._bridges.project.ask(rename_track, track_id, name)

    def recolour(self, track_id: str, color: str) -> None:
        """Give a track a colour."""
        self._bridges.project.ask(color_track, track_id, color)

    def set_patch(self, track_id: str, patch: Patch) -> None:
        """Choose a track's instrument."""
        self._bridges.project.ask(set_patch, track_id, patch)

    def group(self) -> None:
        """Let the selected tracks play into a new bus, and select it."""
        master = self._bridges.project.project.master.id
        ids = tuple(each for each in self._bridges.selection.track_ids if each != master)
        made = self._bridges.project.ask_new(group_tracks, ids)
        if made:
            self.select(made)

    def add_bus(self) -> None:
        """An empty bus, selected."""
        made = self._bridges.project.ask_new(add_track, kind="bus")
        if made:
            self.select(made)

    def _is_there(self, track_id: str, send_id: str = "") -> bool:
        """A hand may hold what was taken away meanwhile."""
        for track in self._bridges.project.project.all_tracks:
            if track.id == track_id:
                return not send_id or any(send.id == send_id for send in track.sends)
        return False

    def _on_changed(self) -> None:
        self._read()

    def _on_opened(self) -> None:
        self._folded = frozenset()
        self._read()

    def _read(self) -> None:
        selected = self._bridges.selection.track_ids
        strips = strips_of(
            self._bridges.project.project,
            folded=self._folded,
            selected=selected,
            current=selected[-1] if selected else "",
        )
        if strips != self.strips:
            self.strips = strips
            self.changed.emit()

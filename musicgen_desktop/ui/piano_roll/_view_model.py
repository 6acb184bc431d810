"""What the piano roll shows: the clip, its selection, the visible part, and how it is drawn and edited."""

from collections.abc import Collection
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.music import Key, Note, note_order
from musicgen_desktop.session.commands.notes import (
    ControlKind,
    drum_names,
    ghost_notes,
    key_at,
    key_of_clip,
    selection_in,
)
from musicgen_desktop.session.store import Change
from musicgen_desktop.timing import PPQ
from musicgen_desktop.ui.bridges import Bridges

from ._framing import framed, opened
from ._geometry import RollGeometry
from ._note_arrays import NoteArrays
from ._preview import Preview
from ._rows import drum_rows, keyboard_rows

Tool = Literal["select", "draw", "erase", "split"]
Lane = tuple[ControlKind, int] | None
"""A controller by kind and number; None is velocity."""

_FREE_STEP_TICKS = PPQ // 16
"""The step of keys while snapping is off."""


class RollModel(QObject):
    """State and intent; no pixels but the geometry's. Ticks are content ticks unless said otherwise."""

    clip_changed = Signal()
    """Another clip, or another content of it, or what lies behind its notes."""
    notes_changed = Signal()
    """Other notes than before are there: what a hand began with those of before is over."""
    selection_changed = Signal()
    view_changed = Signal()
    preview_changed = Signal()
    hover_changed = Signal(int)
    """The pitch under the mouse; −1 for none."""
    options_changed = Signal()
    """Tool, toggles or lane."""

    def __init__(self, bridges: Bridges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridges = bridges
        self.clip: NotesClip | None = None
        self.track: Track | None = None
        self.arrays = NoteArrays()
        self.selected: tuple[Note, ...] = ()
        self.selected_mask: NDArray[np.bool_] = np.zeros(0, bool)
        self.preview: Preview | None = None
        self.geometry = RollGeometry()
        self.tool: Tool = "select"
        self.shows_scale = True
        self.snaps_to_scale = False
        self.shows_ghosts = True
        self.shows_drum_map = True
        self.follows = True
        self.lane: Lane = None
        self.lane_is_line = False
        """A drag in the lane draws a straight line."""
        self.hovered = -1
        self.last_length = 0
        """Of the note drawn or touched last; 0 for a grid step."""
        self.last_velocity = 96
        self.step_tick: int | None = None
        """Where the next step goes while steps are being put in."""
        self._ghosts: tuple[object, object, list[tuple[str, NoteArrays]]] | None = None
        self._needs_fit = False
        self._as_opened: RollGeometry | None = None
        bridges.selection.edited_clip_changed.connect(self._on_other_clip)
        bridges.project.changed.connect(self._on_changed)
        bridges.project.opened.connect(self._on_other_clip)
        bridges.snap.changed.connect(self.view_changed)
        self._on_other_clip()

    # ---- what is shown -------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self.bridges.project.project

    @property
    def zero(self) -> int:
        """The tick of the song at which the content's tick 0 lies; of a loop, in its first round."""
        return 0 if self.clip is None else self.clip.start_ticks - self.clip.content_offset_ticks

    @property
    def content_end(self) -> int:
        """The first tick that is not heard."""
        clip = self.clip
        if clip is None:
            return 0
        if clip.loop_length_ticks is not None:
            return clip.loop_length_ticks
        return clip.content_offset_ticks + clip.length_ticks

    @property
    def content_start(self) -> int:
        """The first tick that is heard."""
        clip = self.clip
        return 0 if clip is None or clip.loop_length_ticks is not None else clip.content_offset_ticks

    @property
    def is_drum_kit(self) -> bool:
        """Whether the pitches are drums."""
        return self.track is not None and self.track.patch is not None and self.track.patch.is_drums

    @property
    def tint(self) -> str:
        """The clip's colour, or else its track's; may be empty."""
        own = "" if self.clip is None else self.clip.color
        return own or ("" if self.track is None else self.track.color)

    @property
    def room_before(self) -> int:
        """So many ticks a clip that was pulled out to the left is heard before its content's first."""
        clip = self.clip
        return 0 if clip is None or clip.loop_length_ticks is not None else max(0, -clip.content_offset_ticks)

    @property
    def key(self) -> Key | None:
        """The key where the clip begins."""
        return None if self.clip is None else key_of_clip(self.project, self.clip)

    @property
    def play_tick(self) -> float | None:
        """The play head in ticks of the song, drawn into the first round of a loop; None when outside."""
        clip, tick = self.clip, self.bridges.player.tick
        if clip is None or not clip.loop_length_ticks:
            return tick
        if not clip.start_ticks <= tick < clip.end_ticks:
            return None
        return self.zero + (tick - self.zero) % clip.loop_length_ticks

    def ghosts(self) -> list[tuple[str, NoteArrays]]:
        """Colour and notes of other clips, in this clip's content ticks."""
        clip = self.clip
        if clip is None or not self.shows_ghosts:
            return []
        if self._ghosts is None or self._ghosts[0] is not self.project.tracks or self._ghosts[1] is not clip:
            by_colour: dict[str, list[Note]] = {}
            for note, colour in ghost_notes(self.project, clip.id):
                by_colour.setdefault(colour, []).append(note)
            made = [(colour, NoteArrays(tuple(notes))) for colour, notes in by_colour.items()]
            self._ghosts = (self.project.tracks, clip, made)
        return self._ghosts[2]

    # ---- selection -----------------------------------------------------------------------------

    def select(self, notes: Collection[Note], *, add: bool = False) -> None:
        """These notes, alone or with those selected already."""
        chosen = tuple(notes)
        if add:
            there = frozenset(self.selected)
            chosen = (*self.selected, *(note for note in chosen if note not in there))
        chosen = tuple(sorted(chosen, key=note_order))
        if chosen != self.selected or len(self.selected_mask) != len(self.arrays):
            self.selected = chosen
            self.selected_mask = self.arrays.mask_of(chosen)
            self.selection_changed.emit()

    def toggle(self, note: Note) -> None:
        """One note in or out."""
        if note in self.selected:
            self.select([each for each in self.selected if each != note])
        else:
            self.select((note,), add=True)

    def select_all(self) -> None:
        """Every note of the clip."""
        self.select(self.arrays.notes)

    def select_none(self) -> None:
        """No note."""
        self.select(())

    def select_inverse(self) -> None:
        """What is not selected."""
        self.select(self.arrays.at(~self.selected_mask))

    def select_next(self, steps: int) -> None:
        """The note after the selected ones, or before them when negative; brought into sight."""
        if not len(self.arrays):
            return
        places = np.flatnonzero(self.selected_mask)
        if not len(places):
            place = 0 if steps > 0 else len(self.arrays) - 1
        else:
            place = int(places[-1] + steps if steps > 0 else places[0] + steps)
        note = self.arrays.notes[max(0, min(len(self.arrays) - 1, place))]
        self.select((note,))
        geometry = self.geometry
        x, y = geometry.x_of(note.start_ticks + self.zero), geometry.y_of_pitch(note.pitch)
        left, top = geometry.left_tick, float(geometry.top_px)
        if not 0 <= x < geometry.width - 20:
            left += (x - geometry.width / 4) / geometry.px_per_tick
        if y is not None and not 0 <= y < geometry.height - geometry.row_px:
            top += y - geometry.height / 2
        self.show(geometry.scrolled(left, top))

    # ---- the grid ------------------------------------------------------------------------------

    def step_at(self, tick: float) -> int:
        """The distance of grid lines near a tick of the song."""
        step = self.bridges.snap.step_ticks(
            self.geometry.px_per_tick, self.project.meter_map, max(0, round(tick))
        )
        return step if step > 1 else _FREE_STEP_TICKS

    def snapped(self, tick: float, *, bypass: bool = False, with_room: bool = False) -> int:
        """The nearest place on the grid; both in content ticks. Below 0 only into the room before it."""
        snap = self.bridges.snap
        song = snap.snapped(
            tick + self.zero, self.geometry.px_per_tick, self.project.meter_map, bypass=bypass
        )
        return max(-self.room_before if with_room else 0, song - self.zero)

    def snapped_pitch(self, pitch: int, tick: int) -> int:
        """The pitch itself, or the scale's nearest while snapping to it."""
        if not self.snaps_to_scale or self.geometry.rows.is_drum_map:
            return pitch
        key = key_at(self.project, max(0, tick + self.zero))
        if key is None:
            return pitch
        near = (each for each in range(max(0, pitch - 6), min(127, pitch + 6) + 1) if key.contains(each))
        return min(near, key=lambda each: (abs(each - pitch), each), default=pitch)

    # ---- view ----------------------------------------------------------------------------------

    def show(self, geometry: RollGeometry) -> None:
        """Another part of the roll."""
        if geometry != self.geometry:
            self.geometry = geometry
            self.view_changed.emit()

    def set_size(self, width: int, height: int) -> None:
        """The grid is this large now.

        A clip that nobody has scrolled since it was opened stays in sight: docks take their size in steps.
        """
        is_as_opened = self.geometry == self._as_opened
        self.show(self.geometry.sized(width, height))
        if (self._needs_fit or is_as_opened) and width > 50 and height > 20:
            self._needs_fit = False
            start, end = self.zero + self.content_start, self.zero + self.content_end
            inside = self.arrays.between(self.content_start, self.content_end)
            self.show(opened(self.geometry, start, end, self.arrays.pitches[inside]))
            self._as_opened = self.geometry

    def fit(self) -> None:
        """All of the clip, in time and in pitch, or of the selection when there is one."""
        notes = NoteArrays(self.selected) if self.selected else self.arrays
        start, end = self.zero + self.content_start, self.zero + self.content_end
        if self.selected:
            start, end = self.zero + int(notes.starts.min()), self.zero + int(notes.ends.max())
        self.show(framed(self.geometry, start, end, notes.pitches))

    def set_tool(self, tool: Tool) -> None:
        """Another tool."""
        if tool != self.tool:
            self.tool = tool
            self.options_changed.emit()

    def set_lane(self, lane: Lane) -> None:
        """Another lane below the notes."""
        if lane != self.lane:
            self.lane = lane
            self.options_changed.emit()

    def set_option(self, name: str, *, on: bool) -> None:
        """One of shows_scale, snaps_to_scale, shows_ghosts, shows_drum_map, follows, lane_is_line."""
        if getattr(self, name) != on:
            setattr(self, name, on)
            if name == "shows_drum_map":
                self._arrange_rows()
            self.options_changed.emit()

    def set_preview(self, preview: Preview | None) -> None:
        """What a drag would do, or nothing any more."""
        if preview is not self.preview:
            self.preview = preview
            self.preview_changed.emit()

    def hover(self, pitch: int) -> None:
        """The mouse is over this pitch; −1 for none."""
        if pitch != self.hovered:
            self.hovered = pitch
            self.hover_changed.emit(pitch)

    def set_step_tick(self, tick: int | None) -> None:
        """Where the next step goes; None when no steps are put in."""
        if tick != self.step_tick:
            self.step_tick = tick
            self.options_changed.emit()

    # ---- the project changed -------------------------------------------------------------------

    def _on_other_clip(self) -> None:
        self.preview = None
        self.selected = ()
        self.step_tick = None
        self.last_length = 0
        self._read()
        self._needs_fit, self._as_opened = self.clip is not None, None
        if self._needs_fit and self.geometry.width > 50:
            self.set_size(self.geometry.width, self.geometry.height)
        self.options_changed.emit()
        self.selection_changed.emit()

    def _on_changed(self, change: Change) -> None:
        before, after = change.before, change.after
        parts = ("tracks", "keys", "chords", "meter_map", "loop")
        if any(getattr(before, part) is not getattr(after, part) for part in parts):
            self._read()

    def _read(self) -> None:
        zero = self.zero if self.clip is not None else None
        self.track, self.clip = _found(self.project, self.bridges.selection.edited_clip_id)
        are_others = self.clip is None or self.clip.notes is not self.arrays.notes
        if self.clip is None:
            self.arrays = NoteArrays()
            self.selected = ()
        elif are_others:
            self.arrays = NoteArrays(self.clip.notes)
            self.selected = selection_in(self.project, self.clip.id, self.selected)
        self.selected_mask = self.arrays.mask_of(self.selected)
        self._arrange_rows()
        if zero is not None and self.clip is not None and zero != self.zero:
            moved = self.geometry.left_tick + self.zero - zero
            self.show(self.geometry.scrolled(moved, self.geometry.top_px))
        if are_others:
            self.notes_changed.emit()
        self.clip_changed.emit()
        self.selection_changed.emit()

    def _arrange_rows(self) -> None:
        if self.shows_drum_map and self.is_drum_kit:
            patch = self.track.patch if self.track is not None else None
            rows = drum_rows((int(each) for each in np.unique(self.arrays.pitches)), drum_names(patch))
        else:
            rows = keyboard_rows(self.key)
        self.show(self.geometry.with_rows(rows))


def _found(project: Project, clip_id: str | None) -> tuple[Track | None, NotesClip | None]:
    for track in project.tracks:
        for clip in track.clips:
            if clip.id == clip_id and isinstance(clip, NotesClip):
                return track, clip
    return None, None

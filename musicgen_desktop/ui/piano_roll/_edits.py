"""What the user asks of the notes, put to the project as commands. What comes back is selected."""

from collections.abc import Callable, Collection, Sequence
from random import Random

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.music import Key, Note
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.session.commands import notes as commands
from musicgen_desktop.session.commands.notes import NotesEdit
from musicgen_desktop.session.commands.song import set_loop
from musicgen_desktop.timing import Grid

from ._clipboard import CopiedNotes, copied_notes, copy_notes
from ._view_model import RollModel


class Quantizing(msgspec.Struct, frozen=True):
    """How notes are drawn to the grid.

    Attributes:
        value: a note value, such as “1/16”.
        triplets: three lines where there were two.
        strength: 0 … 1.
        swing: 0 … 1, the triplet feel.
        ends: whether ends are drawn to lines too.
    """

    value: str = "1/16"
    triplets: bool = False
    strength: float = 1.0
    swing: float = 0.0
    ends: bool = False


class RollEdits:
    """Edits of the shown clip, each one step of the history. Without a clip they do nothing."""

    def __init__(self, model: RollModel) -> None:
        self._model = model
        self._bridge = model.bridges.project

    # ---- by hand -------------------------------------------------------------------------------

    def add(self, notes: Collection[Note], *, room_ticks: int = 0) -> bool:
        """Draw notes; a clip that ends before them becomes longer.

        Args:
            notes: in content ticks.
            room_ticks: when not 0, the clip's room before its content, from where the ticks are counted.
        """
        return self._make(drawn_notes, notes, has_room=room_ticks > 0)

    def move(self, notes: Collection[Note], by_ticks: int, by_semitones: int, *, copy: bool = False) -> bool:
        """Move notes, or copies of them; to the scale while snapping to it."""
        key = self._model.key if self._model.snaps_to_scale and not self._model.is_drum_kit else None
        return self._make(
            moved_notes, notes, by_ticks=by_ticks, by_semitones=by_semitones, copy=copy, key=key
        )

    def resize(self, notes: Collection[Note], *, start_by: int = 0, end_by: int = 0) -> bool:
        """Move left or right edges."""
        return self._make(commands.resize_notes, notes, start_by=start_by, end_by=end_by, grow=True)

    def erase(self, notes: Collection[Note]) -> bool:
        """Take notes out; what is selected beside them stays so."""
        gone = frozenset(notes)
        kept = [note for note in self._model.selected if note not in gone]
        made = self._make(commands.delete_notes, notes)
        self._model.select(kept)
        return made

    def split(self, notes: Collection[Note], at_tick: int) -> bool:
        """Cut notes in two."""
        return self._make(commands.split_notes, notes, at_tick)

    # ---- the selection -------------------------------------------------------------------------

    def delete(self) -> None:
        """Take the selected notes out."""
        self._with_selected(commands.delete_notes)

    def copy(self) -> None:
        """Put the selected notes on the clipboard."""
        clip = self._model.clip
        if clip is not None and self._model.selected:
            takes = self._bridge.project.takes
            take = next((each for each in takes if each.id == clip.take_id), None)
            copy_notes(CopiedNotes(self._model.selected, clip.origins, take))

    def cut(self) -> None:
        """Put them on the clipboard and take them out."""
        self.copy()
        self.delete()

    def paste(self) -> None:
        """Add the clipboard's notes at the play head, or at the clip's start when it lies elsewhere."""
        copied = copied_notes()
        if copied is None:
            return
        model = self._model
        head = model.play_tick
        at = model.content_start if head is None else round(head) - model.zero
        if not model.content_start <= at < model.content_end:
            at = model.content_start
        self._make(
            commands.paste_notes,
            copied.notes,
            at_tick=max(0, at),
            grow=True,
            origins=copied.origins,
            take=copied.take,
        )

    def duplicate(self) -> None:
        """The selected notes once more, behind themselves."""
        model = self._model
        if model.selected:
            step = model.step_at(model.selected[0].start_ticks + model.zero)
            self._with_selected(commands.duplicate_notes, step_ticks=step, grow=True)

    def nudge(self, steps: int) -> None:
        """Move by grid steps."""
        self.move(self._model.selected, steps * self._step(), 0)

    def transpose(self, semitones: int) -> None:
        """Move by semitones, or by steps of the scale while snapping to it."""
        key = self._model.key
        if self._model.snaps_to_scale and key is not None and abs(semitones) == 1:
            self.transpose_in_scale(semitones)
        else:
            self._with_selected(commands.transpose_notes, semitones)

    def transpose_in_scale(self, steps: int) -> None:
        """Move along the scale of the song's key."""
        key = self._model.key
        if key is not None:
            self._with_selected(commands.transpose_in_scale, steps, key)

    def lengthen(self, steps: int) -> None:
        """Move the right edges by grid steps."""
        self.resize(self._model.selected, end_by=steps * self._step())

    def quantize(self, how: Quantizing) -> None:
        """Draw the selected notes, or all when none is, to the grid."""
        grid = Grid.of(how.value, triplet=how.triplets, swing=how.swing)
        self._with_some(commands.quantize_notes, grid, strength=how.strength, ends=how.ends)

    def humanize(self, timing_ticks: int, velocity: int) -> None:
        """Let the selected notes, or all, be a little early or late, softer or louder."""
        seed = Random().randrange(1 << 30)
        self._with_some(commands.humanize_notes, timing_ticks=timing_ticks, velocity=velocity, seed=seed)

    def legato(self) -> None:
        """Let each selected note last until the next; all when none is selected."""
        self._with_some(commands.legato_notes)

    def glue(self) -> None:
        """Join the selected notes of each pitch."""
        self._with_selected(commands.glue_notes)

    def reverse(self) -> None:
        """Play the selected notes backwards."""
        self._with_selected(commands.reverse_notes)

    def invert(self) -> None:
        """Turn the selected notes upside down."""
        self._with_selected(commands.invert_notes)

    def stretch(self, factor: float) -> None:
        """Slow the selected notes down (above 1) or speed them up."""
        self._with_selected(commands.stretch_notes, factor)

    def snap_to_scale(self) -> None:
        """Move the selected notes, or all, to the song's scale."""
        if self._model.key is not None:
            self._with_some(commands.snap_to_scale, self._model.key)

    def snap_to_chords(self) -> None:
        """Move the selected notes, or all, to the chords."""
        self._with_some(commands.snap_to_chords)

    def set_velocity(self, velocity: int) -> None:
        """Make the selected notes equally loud."""
        self._with_selected(commands.set_velocity, velocity)

    def shift_velocity(self, by: int) -> None:
        """Make the selected notes louder or softer."""
        self._with_selected(commands.shift_velocity, by)

    # ---- lanes ---------------------------------------------------------------------------------

    def draw_velocity(self, notes: Collection[Note], points: Sequence[tuple[int, int]]) -> None:
        """Make notes as loud as a stroke is high."""
        self._make(commands.draw_velocity, notes, points)

    def draw_controls(self, points: Sequence[tuple[int, int]]) -> None:
        """Draw a stroke into the controller lane that is shown."""
        if self._model.lane is not None:
            self._ask(commands.draw_controls, *self._model.lane, points)

    def delete_controls(self, start_tick: int, end_tick: int) -> None:
        """Take the lane's controller moves out of a span."""
        if self._model.lane is not None:
            self._ask(commands.delete_controls, *self._model.lane, start_tick, end_tick)

    def clear_lane(self) -> None:
        """Take all moves of the lane's controller out."""
        clip, lane = self._model.clip, self._model.lane
        if clip is None or lane is None:
            return
        moves = commands.controls_in_lane(clip, *lane)
        if moves:
            self.delete_controls(moves[0].tick, moves[-1].tick + 1)

    def loop(self) -> None:
        """Let the transport repeat the selected notes, or the clip."""
        model, clip = self._model, self._model.clip
        if clip is None:
            return
        start, end = clip.start_ticks, clip.end_ticks
        if model.selected:
            start = model.zero + min(note.start_ticks for note in model.selected)
            end = model.zero + max(note.end_ticks for note in model.selected)
        self._bridge.ask(set_loop, start, end, enabled=True)

    # ---- how -----------------------------------------------------------------------------------

    def _step(self) -> int:
        first = self._model.selected[0].start_ticks if self._model.selected else 0
        return self._model.step_at(first + self._model.zero)

    def _with_selected(self, command: Callable[..., NotesEdit], *more: object, **options: object) -> None:
        if self._model.selected:
            self._make(command, self._model.selected, *more, **options)

    def _with_some(self, command: Callable[..., NotesEdit], *more: object, **options: object) -> None:
        chosen = self._model.selected
        if chosen:
            self._make(command, chosen, *more, **options)
        elif self._model.arrays.notes:
            self._make(command, self._model.arrays.notes, *more, **options)
            self._model.select_none()

    def _make(
        self, command: Callable[..., NotesEdit], notes: Collection[Note], *more: object, **options: object
    ) -> bool:
        clip = self._model.clip
        if clip is None:
            return False
        edit = self._bridge.make(command, clip.id, notes, *more, **options)
        if edit is not None:
            self._model.select(edit.notes)
        return edit is not None

    def _ask(self, command: Callable[..., Edit], *more: object) -> None:
        if self._model.clip is not None:
            self._bridge.ask(command, self._model.clip.id, *more)


def drawn_notes(project: Project, clip_id: str, notes: Collection[Note], *, has_room: bool) -> NotesEdit:
    """`add_notes`, the clip growing with them; with room, ticks are counted from the clip's first."""
    if has_room:
        project = commands.count_from_clip_start(project, clip_id).project
    return commands.add_notes(project, clip_id, notes, grow=True)


def moved_notes(
    project: Project,
    clip_id: str,
    notes: Collection[Note],
    *,
    by_ticks: int,
    by_semitones: int,
    copy: bool,
    key: Key | None,
) -> NotesEdit:
    """`move_notes`, the clip growing with them; with a key, notes that change pitch land in its scale."""
    edit = commands.move_notes(
        project, clip_id, notes, by_ticks=by_ticks, by_semitones=by_semitones, copy=copy, grow=True
    )
    if key is None or by_semitones == 0:
        return edit
    snapped = commands.snap_to_scale(edit.project, clip_id, edit.notes, key)
    return NotesEdit(edit.label, snapped.project, snapped.notes)

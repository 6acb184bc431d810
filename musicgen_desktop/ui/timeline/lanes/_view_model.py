"""What the lanes show besides the song, and what one can do to it there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    Edit,
    add_marker,
    add_section,
    delete_chord,
    delete_key,
    delete_marker,
    delete_meter,
    delete_section,
    delete_tempo,
    duplicate_section,
    ramp_tempo,
    rename_marker,
    rename_section,
    set_chord,
    set_end,
    set_key,
    set_loop,
    set_meter,
    set_tempo,
)
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.timeline._view_state import SongLane, TimelineState

from ._drags import Drag, Grip, Outcome
from ._hit import Hit

_NEW_SECTION_BARS = 4


class LanesModel(QObject):
    """State and intent of the lanes. A drag shows the song that it would make, and asks for it at its end."""

    changed = Signal()

    def __init__(self, bridges: Bridges, state: TimelineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._state = state
        self._drag: Drag | None = None
        self._scrubs = False
        self.outcome: Outcome | None = None
        self.selected: Hit | None = None
        self.hover: Hit | None = None
        bridges.project.changed.connect(lambda _change: self.cancel())
        bridges.project.opened.connect(self._forget)

    @property
    def project(self) -> Project:
        """As it is."""
        return self._bridges.project.project

    @property
    def shown(self) -> Project:
        """As the drag under way would make it."""
        edit = None if self.outcome is None else self.outcome.edit
        return self.project if edit is None else edit.project

    @property
    def is_dragging(self) -> bool:
        """Whether a button is held on something."""
        return self._drag is not None

    def snapped(self, tick: float, bypass: bool = False) -> int:  # noqa: FBT001, FBT002 - as the drags call it
        """Where a tick lands on the grid."""
        return self._bridges.snap.snapped(
            tick, self._state.geometry.px_per_tick, self.project.meter_map, bypass=bypass
        )

    def bar_at(self, tick: float) -> int:
        """The bar of a tick."""
        return self.project.meter_map.bar_of(max(0, int(tick)))

    def select(self, hit: Hit | None) -> None:
        """What keys and menus are about."""
        self.selected = hit
        self.changed.emit()

    def show_hover(self, hit: Hit | None) -> None:
        """What is under the mouse."""
        if hit != self.hover:
            self.hover = hit
            self.changed.emit()

    def begin(self, drag: Drag) -> None:
        """A button was pressed."""
        self._drag, self.outcome = drag, None

    def drag_to(self, grip: Grip, *, sounds: bool = False) -> None:
        """Show what letting go here would do; what cannot be leaves the last that could.

        Args:
            grip: where the mouse is.
            sounds: let the moment be heard that the play head is dragged over, unless the song runs.
        """
        if self._drag is None:
            return
        try:
            self.outcome = self._drag(grip)
        except UserInputError:
            return
        if self.outcome.span is not None:
            self._bridges.selection.select_span(*self.outcome.span)
        if (
            self.outcome.place is not None
            and sounds
            and (self._scrubs or not self._bridges.player.is_running)
        ):
            self._scrubs = True
            self._bridges.player.scrub(self.outcome.place)
        self.changed.emit()

    def drop(self) -> None:
        """The button was let go: one edit."""
        outcome = self.outcome
        self.cancel()
        if outcome is None:
            return
        if outcome.place is not None:
            self._bridges.player.locate(outcome.place)
        if outcome.edit is not None:
            self._bridges.project.apply(outcome.edit)

    def cancel(self) -> None:
        """Esc, or the song changed meanwhile: leave everything as it is."""
        if self._scrubs:
            self._bridges.player.scrub(None)
        self._drag, self.outcome, self._scrubs = None, None, False
        self.changed.emit()

    def locate(self, tick: float, *, bypass: bool = False) -> None:
        """Move the play head."""
        self._bridges.player.locate(self.snapped(tick, bypass))

    def text_of(self, hit: Hit) -> str:
        """What one types to change a thing: its name, symbol or number."""
        project = self.project
        match hit.lane:
            case "sections":
                return next((each.name for each in project.sections if each.id == hit.key), "")
            case "ruler":
                return next((each.name for each in project.markers if each.id == hit.key), "")
            case "chords":
                return next((each.symbol for each in project.chords if str(each.tick) == hit.key), "")
            case "key":
                return next((each.key for each in project.keys if str(each.tick) == hit.key), "")
            case "meter":
                return str(project.meter_map.meter_at(hit.tick))
            case _:
                return f"{project.tempo_map.bpm_at(hit.tick):g}"

    def set_text(self, hit: Hit, text: str) -> bool:
        """Take what was typed for a thing; False when it cannot be."""
        ask = self._bridges.project.ask
        match hit.lane:
            case "sections":
                return ask(rename_section, hit.key, text)
            case "ruler":
                return ask(rename_marker, hit.key, text)
            case "chords":
                length = next(each.length_ticks for each in self.project.chords if each.tick == hit.tick)
                return ask(set_chord, hit.tick, length, text)
            case "key":
                return ask(set_key, self.bar_at(hit.tick), text)
            case "meter":
                return ask(set_meter, self.bar_at(hit.tick), text)
            case _:
                return self.set_bpm(hit.tick, text)

    def set_bpm(self, tick: int, text: str) -> bool:
        """Take a typed tempo; False when it is none."""
        try:
            bpm = float(text.strip().casefold().removesuffix("bpm").strip().replace(",", "."))
        except ValueError:
            sentence = self.tr("A tempo is a number of beats per minute, like 92 or 92.5.")
            self._bridges.project.refused.emit(sentence)
            return False
        return self._bridges.project.ask(set_tempo, tick, bpm)

    def put_chord(self, tick: int, symbol: str) -> bool:
        """Write a chord from a tick to the next chord or bar line."""
        return self._bridges.project.ask(set_chord, tick, self.chord_length_at(tick), symbol)

    def chord_length_at(self, tick: int) -> int:
        """A chord's own length, or from here to the next chord or bar line."""
        for chord in self.project.chords:
            if chord.tick == tick:
                return chord.length_ticks
        line = self.project.meter_map.tick_of_bar(self.bar_at(tick) + 1)
        return min([line, *(each.tick for each in self.project.chords if each.tick > tick)]) - tick

    def add_at(self, lane: SongLane, tick: float) -> Hit | None:
        """Something new in a lane that needs no text first: a section, marker or tempo point."""
        project = self._bridges.project
        at = self.snapped(tick)
        match lane:
            case "sections":
                start, length = self._free_bars(tick)
                name = self.tr("Section {number}").format(number=len(self.project.sections) + 1)
                made = project.ask_new(add_section, name, start, length)
                return Hit("sections", "body", made) if made else None
            case "ruler":
                name = self.tr("Marker {number}").format(number=len(self.project.markers) + 1)
                made = project.ask_new(add_marker, name, at)
                return Hit("ruler", "flag", made) if made else None
            case "tempo":
                bpm = round(self.project.tempo_map.bpm_at(at), 2)
                done = project.ask(set_tempo, at, bpm)
                return Hit("tempo", "point", str(at)) if done else None
            case _:
                return None

    def delete(self, hit: Hit) -> None:
        """Take a thing away."""
        commands: dict[str, Callable[[Project], Edit]] = {
            "sections": lambda project: delete_section(project, hit.key),
            "ruler": lambda project: delete_marker(project, hit.key),
            "chords": lambda project: delete_chord(project, hit.tick),
            "key": lambda project: delete_key(project, self.bar_at(hit.tick)),
            "meter": lambda project: delete_meter(project, self.bar_at(hit.tick)),
            "tempo": lambda project: delete_tempo(project, hit.tick),
        }
        if hit.key and self._bridges.project.ask(commands[hit.lane]):
            self.selected = None
            self.changed.emit()

    def ramp(self, tick: int, *, ramp: bool) -> None:
        """Let the tempo slope to the next point, or hold."""
        self._bridges.project.ask(ramp_tempo, tick, ramp=ramp)

    def duplicate(self, section_id: str) -> None:
        """A section once more right behind itself, with what it frames."""
        made = self._bridges.project.ask_new(duplicate_section, section_id)
        if made:
            self.select(Hit("sections", "body", made))

    def toggle_loop(self) -> None:
        """The loop on or off."""
        loop = self.project.loop
        if loop.end_ticks > loop.start_ticks:
            self._bridges.project.ask(set_loop, loop.start_ticks, loop.end_ticks, not loop.enabled)

    def loop_span(self, start: int, end: int) -> None:
        """Repeat a span."""
        self._bridges.project.ask(set_loop, start, end, True)  # noqa: FBT003 - as the command reads

    def select_span(self, start: int, end: int) -> None:
        """Select a span of time."""
        self._bridges.selection.select_span(start, end)

    def reset_end(self) -> None:
        """Let the song end with its last clip."""
        self._bridges.project.ask(set_end, 0)

    def jump(self, direction: int) -> None:
        """To the marker or section before or behind the play head."""
        here = round(self._bridges.player.tick)
        places = sorted(
            {0}
            | {each.tick for each in self.project.markers}
            | {each.start_ticks for each in self.project.sections}
        )
        ahead = [each for each in places if (each > here if direction > 0 else each < here)]
        if ahead:
            self._bridges.player.locate(min(ahead) if direction > 0 else max(ahead))

    def _free_bars(self, tick: float) -> tuple[int, int]:
        """Four bars from a tick's bar on, fewer before the next section."""
        meters, bar = self.project.meter_map, self.bar_at(tick)
        start = meters.tick_of_bar(bar)
        ends = [each.start_ticks for each in self.project.sections if each.start_ticks > start]
        return start, min([meters.tick_of_bar(bar + _NEW_SECTION_BARS), *ends]) - start

    def _forget(self) -> None:
        self.selected, self.hover = None, None
        self.cancel()

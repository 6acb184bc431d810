"""CPU a frame of timeline, piano roll and mixer, in the real window."""

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QDockWidget, QWidget

from musicgen_desktop.session.bench import Row, WindowSizes
from musicgen_desktop.ui.main_window._window import MainWindow
from musicgen_desktop.ui.piano_roll._view_model import RollModel

from ._frames import frame_costs, percentile_row
from ._waiting import rest, wait_until, wait_until_idle

_SCROLL_LIMIT_MS, _ZOOM_LIMIT_MS = 8.0, 16.0
_NOTES_LIMIT_MS, _FEW_NOTES_LIMIT_MS = 20.0, 5.0
_SCROLL_PX = 23
_ZOOM_STEPS = 24
_ZOOM_FACTOR = 1.18
"""One notch of the wheel."""
_BARS_ACROSS = 64
_STRIP_PX, _RAIL_PX, _MIXER_PX = 60, 140, 360
"""A narrow strip; rail, master and scroll bar; height."""


def paint_rows(window: MainWindow, sizes: WindowSizes, notes: Path) -> list[Row]:
    """Figures of the arrangement that is open, then of a project with two large clips of notes.

    Raises:
        MusicgenDesktopError: when a panel does not show what it should.
    """
    panels = window.panels
    for dock in panels.docks:
        dock.hide()
    wait_until_idle()
    rows = [*_timeline_rows(window, sizes), *_mixer_rows(window, sizes)]
    window.open_folder(notes)
    return [*rows, *_piano_roll_rows(window, sizes)]


def _timeline_rows(window: MainWindow, sizes: WindowSizes) -> list[Row]:
    project = window.services.bridges.project.project
    state, canvas = window.panels.timeline.state, window.panels.timeline.canvas
    what = f"{sizes.tracks} tracks × {sizes.clips} clips"
    state.show_span(0, project.meter_map.tick_of_bar(_BARS_ACROSS + 1))
    wait_until_idle()
    farthest = max(1, state.content_width - state.view_width)
    across = frame_costs(
        window, lambda number: state.scroll_to(x=_there_and_back(number * _SCROLL_PX, farthest)), sizes.frames
    )
    lowest = max(1, state.content_height - state.view_height)
    down = frame_costs(
        window, lambda number: state.scroll_to(y=_there_and_back(number * _SCROLL_PX, lowest)), sizes.frames
    )
    whole = frame_costs(window, lambda _number: _repaint(canvas), sizes.frames)
    state.fit()

    def zoom(number: int) -> None:
        closer = number // _ZOOM_STEPS % 2 == 0
        state.zoom_about(state.view_width / 3, _ZOOM_FACTOR if closer else 1 / _ZOOM_FACTOR)

    zoomed = frame_costs(window, zoom, sizes.frames)
    state.fit()
    wait_until_idle()
    fitted = frame_costs(window, lambda _number: _repaint(canvas), sizes.frames)
    return [
        percentile_row(f"{what}: scroll", across + down, 50),
        percentile_row(f"{what}: scroll", across + down, 95, _SCROLL_LIMIT_MS),
        percentile_row(f"{what}: zoom", zoomed, 95, _ZOOM_LIMIT_MS),
        percentile_row(f"{what}: full repaint, {_BARS_ACROSS} bars across", whole, 95),
        percentile_row(f"{what}: full repaint, the whole song", fitted, 95),
    ]


def _mixer_rows(window: MainWindow, sizes: WindowSizes) -> list[Row]:
    panels = window.panels
    mixer = panels.mixer
    mixer.model.set_narrow(narrow=True)
    width = _RAIL_PX + (sizes.tracks + 1) * _STRIP_PX
    alone = _floating(panels.dock("mixer"), width, _MIXER_PX)
    ids = [strip.id for strip in mixer.model.strips]
    dice = np.random.default_rng(1)

    def move(number: int) -> None:
        loud = dice.uniform(0.0, 1.0, (len(ids), 4))
        levels = {
            each: (float(a), float(b), float(c), float(d))
            for each, (a, b, c, d) in zip(ids, loud, strict=True)
        }
        mixer.view.show_levels(levels, number / 60.0)

    wait_until_idle()
    costs = frame_costs(alone, move, sizes.frames)
    panels.dock("mixer").hide()
    return [percentile_row(f"mixer, {sizes.tracks} strips: all meters move", costs, 95)]


def _piano_roll_rows(window: MainWindow, sizes: WindowSizes) -> list[Row]:
    panels = window.panels
    alone = _floating(panels.dock("piano_roll"), sizes.width, sizes.height)
    rows: list[Row] = []
    for number, (count, limit) in enumerate(
        ((sizes.notes, _NOTES_LIMIT_MS), (sizes.few_notes, _FEW_NOTES_LIMIT_MS))
    ):
        window.services.bridges.selection.edit_clip(f"notes-{number}")
        rest(0)
        panels.piano_roll.model.fit()
        wait_until_idle()
        costs = frame_costs(alone, partial(_nudge, panels.piano_roll.model), sizes.frames)
        rows.append(percentile_row(f"piano roll, {count} notes visible: scroll", costs, 95, limit))
    return rows


def _floating(dock: QDockWidget, width: int, height: int) -> QWidget:
    """A dock as a window of its own, of this size."""
    dock.setFloating(True)
    dock.show()
    dock.resize(width, height)
    wait_until(lambda: dock.isVisible() and dock.width() == width, "A panel did not take its size.")
    return dock


def _nudge(roll: RollModel, number: int) -> None:
    """Four pixels to the right, then four to the left."""
    now = roll.geometry
    way = 4 if number % 2 else -4
    roll.show(now.scrolled(now.left_tick + way / now.px_per_tick, now.top_px))


def _repaint(widget: QWidget) -> None:
    widget.update()


def _there_and_back(way: int, most: int) -> float:
    """A place between 0 and `most`, so far along a way that turns at its ends."""
    along = way % (2 * most)
    return float(along if along <= most else 2 * most - along)

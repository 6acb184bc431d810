"""The canvas's actions by name: menus, keys and the command palette use the same ones."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.timeline._view_state import TOOLS, TimelineState, Tool

from ._view import CanvasView

_GAIN_STEP_DB = 1.0
_ZOOM_STEP = 1.4


class CanvasActions(QObject):
    """Adds them to the window's actions, and says which can be done now."""

    def __init__(self, bridges: Bridges, state: TimelineState, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._bridges, self._state, self._canvas = bridges, state, canvas
        self._add_clip_actions()
        self._add_moves()
        self._add_clipboard_actions()
        self._add_time_actions()
        self._add_view_actions()
        self._add_tools()

    def _add_clip_actions(self) -> None:
        add, edits, canvas = self._bridges.actions.add, self._canvas.edits, self._canvas
        group = self.tr("Clip")
        add(
            "clip.split",
            group,
            self.tr("Split at play head"),
            self._split,
            shortcuts=("S",),
            icon="split",
            owner=canvas,
        )
        add(
            "clip.split_here",
            group,
            self.tr("Split at mouse"),
            self._split_here,
            shortcuts=("Shift+S",),
            owner=canvas,
        )
        add(
            "clip.duplicate",
            group,
            self.tr("Duplicate"),
            edits.duplicate,
            shortcuts=("Ctrl+D",),
            icon="copy",
            owner=canvas,
        )
        add("clip.glue", group, self.tr("Glue"), edits.glue, shortcuts=("J",), icon="glue", owner=canvas)
        add(
            "clip.crossfade",
            group,
            self.tr("Crossfade"),
            edits.crossfade,
            shortcuts=("X",),
            icon="fade",
            owner=canvas,
        )
        add(
            "clip.mute",
            group,
            self.tr("Mute or unmute"),
            edits.mute,
            shortcuts=("0",),
            icon="mute",
            owner=canvas,
        )
        add("clip.reverse", group, self.tr("Reverse"), edits.reverse, shortcuts=("Shift+R",), owner=canvas)
        add("clip.unloop", group, self.tr("Stop looping"), edits.unloop, owner=canvas)
        add(
            "clip.louder",
            group,
            self.tr("Louder by 1 dB"),
            lambda: edits.change_gain(_GAIN_STEP_DB),
            shortcuts=("+", "="),
            owner=canvas,
        )
        add(
            "clip.softer",
            group,
            self.tr("Softer by 1 dB"),
            lambda: edits.change_gain(-_GAIN_STEP_DB),
            shortcuts=("-",),
            owner=canvas,
        )
        add("clip.reset_gain", group, self.tr("Gain back to 0 dB"), edits.reset_gain, owner=canvas)
        add("clip.rename", group, self.tr("Rename…"), canvas.rename_focused, shortcuts=("F2",), owner=canvas)
        add(
            "clip.open",
            group,
            self.tr("Open in piano roll"),
            canvas.open_focused,
            icon="piano_roll",
            owner=canvas,
        )

    def _add_moves(self) -> None:
        add, edits, canvas, group = (
            self._bridges.actions.add,
            self._canvas.edits,
            self._canvas,
            self.tr("Clip"),
        )
        for name, text, slot, key in (
            ("earlier", self.tr("Nudge finely, earlier"), partial(edits.nudge, -1, fine=True), "Ctrl+Left"),
            ("later", self.tr("Nudge finely, later"), partial(edits.nudge, 1, fine=True), "Ctrl+Right"),
            ("track_up", self.tr("Move to the track above"), partial(edits.move_tracks, -1), "Alt+Up"),
            ("track_down", self.tr("Move to the track below"), partial(edits.move_tracks, 1), "Alt+Down"),
        ):
            add(f"clip.{name}", group, text, slot, shortcuts=(key,), owner=canvas)

    def _add_clipboard_actions(self) -> None:
        add, edits, canvas = self._bridges.actions.add, self._canvas.edits, self._canvas
        group, keys = self.tr("Clip"), QKeySequence.StandardKey
        add(
            "clip.cut",
            group,
            self.tr("Cut clips"),
            edits.cut,
            shortcuts=(keys.Cut,),
            icon="cut",
            owner=canvas,
        )
        add(
            "clip.copy",
            group,
            self.tr("Copy clips"),
            edits.copy,
            shortcuts=(keys.Copy,),
            icon="copy",
            owner=canvas,
        )
        add(
            "clip.paste",
            group,
            self.tr("Paste clips at play head"),
            edits.paste,
            shortcuts=(keys.Paste,),
            owner=canvas,
        )
        add(
            "clip.delete",
            group,
            self.tr("Delete clips"),
            edits.delete,
            shortcuts=("Del", "Backspace"),
            icon="trash",
            owner=canvas,
        )
        add(
            "clip.select_all",
            group,
            self.tr("Select all clips"),
            edits.select_all,
            shortcuts=(keys.SelectAll,),
            owner=canvas,
        )

    def _add_time_actions(self) -> None:
        add, edits, canvas = self._bridges.actions.add, self._canvas.edits, self._canvas
        group = self.tr("Time")
        add(
            "time.loop_selection",
            group,
            self.tr("Loop the selection"),
            edits.loop_selection,
            shortcuts=("Shift+L",),
            icon="loop",
            owner=canvas,
        )
        add(
            "time.insert",
            group,
            self.tr("Insert time"),
            edits.insert_time,
            shortcuts=("Ctrl+Shift+I",),
            owner=canvas,
        )
        add(
            "time.delete",
            group,
            self.tr("Delete time"),
            edits.delete_time,
            shortcuts=("Ctrl+Shift+Del",),
            owner=canvas,
        )

    def _add_view_actions(self) -> None:
        add, canvas, state = self._bridges.actions.add, self._canvas, self._state
        group = self.tr("Timeline view")
        add(
            "timeline.zoom_selection",
            group,
            self.tr("Zoom to selection"),
            self._zoom_selection,
            shortcuts=("Z",),
            owner=canvas,
        )
        add(
            "timeline.fit",
            group,
            self.tr("Zoom to song"),
            state.fit,
            shortcuts=("Shift+Z",),
            icon="fit",
            owner=canvas,
        )
        add(
            "timeline.zoom_in",
            group,
            self.tr("Zoom in"),
            lambda: self._zoom(_ZOOM_STEP),
            shortcuts=("Ctrl++", "Ctrl+="),
            icon="zoom_in",
            owner=canvas,
        )
        add(
            "timeline.zoom_out",
            group,
            self.tr("Zoom out"),
            lambda: self._zoom(1.0 / _ZOOM_STEP),
            shortcuts=("Ctrl+-",),
            icon="zoom_out",
            owner=canvas,
        )
        add(
            "timeline.taller",
            group,
            self.tr("Taller tracks"),
            lambda: self._heights(1.25),
            shortcuts=("Shift++",),
            owner=canvas,
        )
        add(
            "timeline.smaller",
            group,
            self.tr("Smaller tracks"),
            lambda: self._heights(0.8),
            shortcuts=("Shift+-",),
            owner=canvas,
        )
        follow = add(
            "timeline.follow",
            group,
            self.tr("Follow the play head"),
            lambda: state.set_follow(not state.follow),
            shortcuts=("F",),
            icon="follow",
            checkable=True,
            owner=canvas,
        )
        follow.setChecked(state.follow)
        state.follow_changed.connect(follow.setChecked)

    def _add_tools(self) -> None:
        names: dict[Tool, tuple[str, str, str]] = {
            "select": (self.tr("Select tool"), "V", "select"),
            "range": (self.tr("Range tool"), "T", "range"),
            "draw": (self.tr("Draw tool"), "B", "draw"),
            "split": (self.tr("Split tool"), "C", "split"),
            "erase": (self.tr("Erase tool"), "E", "erase"),
            "mute": (self.tr("Mute tool"), "U", "mute"),
        }
        together = QActionGroup(self)
        made: dict[str, QAction] = {}
        for tool in TOOLS:
            text, key, icon = names[tool]
            made[tool] = self._bridges.actions.add(
                f"tool.{tool}",
                self.tr("Tools"),
                text,
                partial(self._state.choose_tool, tool),
                shortcuts=(key,),
                icon=icon,
                checkable=True,
                owner=self._canvas,
            )
            together.addAction(made[tool])
        made[self._state.tool].setChecked(True)
        self._state.tool_changed.connect(lambda tool: made[tool].setChecked(True))

    def _split(self) -> None:
        self._canvas.edits.split_at(round(self._bridges.player.tick))

    def _split_here(self) -> None:
        tick = self._canvas.pointer_tick
        self._canvas.edits.split_at(round(self._bridges.player.tick) if tick is None else tick)

    def _zoom(self, factor: float) -> None:
        x = self._state.geometry.x_of(self._bridges.player.tick)
        inside = 0 <= x <= self._state.view_width
        self._state.zoom_about(x if inside else self._state.view_width / 2.0, factor)

    def _zoom_selection(self) -> None:
        time = self._canvas.edits.selected_time()
        if time is None:
            self._state.fit()
        else:
            self._state.show_span(*time)

    def _heights(self, factor: float) -> None:
        rows = [row for row in self._state.geometry.rows if not row.target]
        self._state.set_all_heights(round(rows[0].height * factor))

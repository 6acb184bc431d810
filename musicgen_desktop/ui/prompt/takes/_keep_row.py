"""The button that keeps the current take, with the other ways of keeping in its menu."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from musicgen_desktop.session.controllers.generating import Candidate, Continue, Layer, New, RemakeRange
from musicgen_desktop.ui.bridges import Bridges, TakesBridge
from musicgen_desktop.ui.prompt._modes import has_music
from musicgen_desktop.ui.widgets import ElidedLabel, TextButton

from ._keeping import covers, kept_sentence, makes_room, undo_key
from ._list import TakesList


class KeepRow(QWidget):
    """Keep, its menu, and in a few words what it does with the take that is current in the list."""

    def __init__(self, bridges: Bridges, takes: TakesBridge, rows: TakesList, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridges, self._takes, self._rows = bridges, takes, rows
        add, group = bridges.actions.add, self.tr("Takes")
        self._usual = add(
            "take.keep", group, self.tr("Keep"), self._keep, shortcuts=("Return", "Enter"), owner=rows
        )
        self._other = add(
            "take.keep_otherwise",
            group,
            self.tr("Keep"),
            self._keep_otherwise,
            shortcuts=("Shift+Return", "Shift+Enter"),
            owner=rows,
        )
        self._here = add(
            "take.keep_here",
            group,
            self.tr("Keep at the play head's bar"),
            self._keep_here,
            shortcuts=("Ctrl+Shift+Return",),
            owner=rows,
        )
        self.actions_in_order = (self._usual, self._other, self._here)
        """The usual way, the other one, and the one at the play head."""
        self.button = TextButton(self.tr("Keep"), self, icon_name="add")
        self.more = TextButton("", self, icon_name="down", tip=self.tr("Other ways to keep"))
        self.menu = QMenu(self)
        self.menu.addActions(list(self.actions_in_order))
        self.note = ElidedLabel(self)
        self.note.setProperty("kind", "soft")
        self._lay_out()
        self.button.clicked.connect(self._usual.trigger)
        self.more.clicked.connect(
            lambda: self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        )
        rows.current_changed.connect(self.show_current)
        bridges.project.changed.connect(self.show_current)
        self.show_current()

    def show_current(self) -> None:
        """What can be done with the current take, now."""
        project, current = self._bridges.project.project, self._rows.current
        replaces = current is not None and makes_room(project, current)
        is_free = current is not None and isinstance(current.wish.mode, New | Layer)
        on_tracks, in_place = self.tr("Keep on tracks"), self.tr("Keep in place of what is there")
        self._usual.setText(in_place if replaces else on_tracks)
        self._other.setText(self.tr("Keep on new tracks") if replaces else in_place)
        self._usual.setEnabled(current is not None)
        self._other.setEnabled(is_free and has_music(project))
        self._here.setEnabled(current is not None and not isinstance(current.wish.mode, RemakeRange))
        for action in self.actions_in_order:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({keys})")
        tip = self._usual.toolTip()
        if replaces:
            tip = self.tr("{what}. {undo} brings the old back.").format(what=tip, undo=undo_key())
        self.button.setToolTip(tip)
        for each in (self.button, self.more):
            each.setEnabled(current is not None)
        self.note.show_text(self._words(current, replaces=replaces))

    def _words(self, current: Candidate | None, *, replaces: bool) -> str:
        if current is None:
            return self.tr("Select a take to keep it")
        if current.id in self._takes.in_song:
            return self.tr("in the song already")
        if replaces:
            return self.tr("in place of what is there")
        if has_music(self._bridges.project.project):
            return self.tr("beside what is there")
        return self.tr("as the song")

    def _keep(self) -> None:
        current = self._rows.current
        if current is not None:
            self._put(current, replace=makes_room(self._bridges.project.project, current))

    def _keep_otherwise(self) -> None:
        current = self._rows.current
        if current is not None:
            self._put(current, replace=not makes_room(self._bridges.project.project, current))

    def _keep_here(self) -> None:
        current, meters = self._rows.current, self._bridges.project.project.meter_map
        if current is not None:
            bar = meters.bar_of(max(0, round(self._bridges.player.tick)))
            self._put(current, replace=False, at_tick=meters.tick_of_bar(bar))

    def _put(self, candidate: Candidate, *, replace: bool, at_tick: int | None = None) -> None:
        """Put a take into the project, select what it brought, and say where it is."""
        mode, before = candidate.wish.mode, self._bridges.project.project
        start = candidate.start_ticks if at_tick is None else at_tick
        replace = replace or isinstance(mode, Continue)
        clip_ids = self._takes.keep(candidate, at_tick=at_tick, replace=replace)
        if clip_ids:
            self._bridges.selection.select_clips(clip_ids)
            replaced = replace and covers(before, candidate, start)
            after = self._bridges.project.project
            said = kept_sentence(before, after, candidate, clip_ids, start, replaced=replaced)
            self._bridges.status.say(said, "good")

    def _lay_out(self) -> None:
        # Two halves of one button: the corners between them are square.
        self.button.setStyleSheet("border-top-right-radius: 0; border-bottom-right-radius: 0;")
        self.more.setStyleSheet("border-top-left-radius: 0; border-bottom-left-radius: 0; padding: 3px 5px;")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.button)
        row.addWidget(self.more)
        row.addSpacing(8)
        row.addWidget(self.note, 1)

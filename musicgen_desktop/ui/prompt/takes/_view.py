"""Heading, filter, comparison and list of the takes, with all that can be done with one."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.session.controllers.waveforms import Waveforms
from musicgen_desktop.ui.bridges import Bridges, HandOverBridge, TakesBridge
from musicgen_desktop.ui.widgets import IconButton, NoticeBar, carry_files

from ._compare import CompareBar
from ._ended_row import EndedRow
from ._geometry import ROW_HEIGHT
from ._keep_row import KeepRow
from ._keys import YieldingKeys
from ._list import TakesList
from ._model import KEYS, TakesModel
from ._pages import EmptyPage, NothingFoundPage
from ._popover import ParametersPopover

_FEWEST_ROWS = 3


class TakesView(QWidget):
    """The takes of the open project."""

    example_requested = Signal(str)
    settings_requested = Signal(object)
    """Write this candidate's wish into the panel."""
    go_on_requested = Signal(object)
    """Make the whole of which this candidate is the beginning."""
    again_requested = Signal(object)
    """Make this candidate's wish once more, with another seed."""
    _outline_came = Signal()

    def __init__(
        self,
        bridges: Bridges,
        takes: TakesBridge,
        handover: HandOverBridge | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridges, self._takes, self._handover = bridges, takes, handover
        self.model = TakesModel(takes)
        self.list = TakesList(self.model, self)
        self.list.state_of_rows.can_drag = handover is not None
        if handover is not None:
            self.list.state_of_rows.handle_of = lambda take_id: handover.state_of("take", (take_id,))
            handover.state_changed.connect(self.list.show_handles)
        self.list.setMinimumHeight(ROW_HEIGHT * _FEWEST_ROWS)
        self.compare = CompareBar(self)
        self.keep_row = KeepRow(bridges, takes, self.list, self)
        self.ended = EndedRow(self)
        self._forget_outlines: Callable[[], None] | None = None
        self.notice = NoticeBar(self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a take"))
        self.search.setAccessibleName(self.tr("Find a take"))
        self.search.setClearButtonEnabled(True)
        self.starred = IconButton("star", self.tr("Show starred takes only"), self, checkable=True)
        self.popover: ParametersPopover | None = None
        self._heading = QLabel(self)
        self._heading.setProperty("kind", "heading")
        self._empty, self._nothing_found = EmptyPage(self), NothingFoundPage(self)
        self.examples = self._empty.examples
        self._pages = QStackedLayout()
        for page in (self.list, self._empty, self._nothing_found):
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self.search, 2)
        head.addWidget(self.starred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.compare)
        column.addWidget(self.ended)
        column.addLayout(self._pages, 1)
        column.addWidget(self.keep_row)
        self._page: QWidget = self.list
        self._actions = self._add_actions()
        self._connect()
        self._read()

    @property
    def with_project(self) -> bool:
        """Whether takes sound over the project's other tracks."""
        return self.compare.with_project.isChecked()

    def use_waveforms(self, waveforms: Waveforms) -> None:
        """Where the outlines of takes of sound come from: those of the open project."""
        if self._forget_outlines is not None:
            self.destroyed.disconnect(self._forget_outlines)
            self._forget_outlines()
        self._forget_outlines = waveforms.subscribe(self._tell_outline)
        self.destroyed.connect(self._forget_outlines)
        self.list.show_outlines(waveforms.peaks)

    def take_focus(self) -> None:
        """Give the keyboard to the list, or to what stands in its place."""
        self._page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def audition(self, candidate: Candidate) -> None:
        """Let a take sound; the one that does falls silent."""
        if self._takes.audition_id == candidate.id:
            self._takes.audition(None)
        else:
            self._takes.audition(candidate, with_project=self.with_project)

    def audition_number(self, number: int) -> None:
        """Let one of the newest takes sound, 1 being the last that arrived."""
        newest = self._takes.candidates
        if number <= len(newest):
            self.list.select_take(newest[number - 1].id)
            self.audition(newest[number - 1])

    def delete(self, candidate: Candidate) -> None:
        """Take it off the list; the notice brings it back."""
        row = self.model.row_of(candidate.id)
        self._takes.delete(candidate.id)
        rows = self.model.candidates
        if rows:
            self.list.select_take(rows[min(row, len(rows) - 1)].id)
        self.notice.say(
            self.tr("“{name}” was deleted.").format(name=candidate.take.name),
            mood="info",
            mend=self.tr("Restore"),
            on_mend=lambda: self._takes.restore(candidate.id),
        )

    def menu_of(self, candidate: Candidate) -> QMenu:
        """The menu of a take."""
        menu = QMenu(self)
        actions = self._actions
        menu.addActions([actions["take.audition"], *self.keep_row.actions_in_order])
        menu.addSeparator()
        for number, text in enumerate((self.tr("Compare as A"), self.tr("Compare as B"))):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, number=number: self._choose_side(number, candidate.id)
            )
        menu.addSeparator()
        if self._takes.can_go_on(candidate):
            menu.addAction(actions["take.go_on"])
        menu.addAction(actions["take.again"])
        for name in ("take.use_settings", "take.copy_prompt", "take.parameters"):
            menu.addAction(actions[name])
        menu.addSeparator()
        for name in ("take.star", "take.rename", "take.delete"):
            menu.addAction(actions[name])
        return menu

    def show_parameters(self, candidate: Candidate) -> None:
        """Everything that is known of a take."""
        self.popover = ParametersPopover(candidate, self)
        rect: QRect = self.list.rect_of(candidate.id, "picture")
        self.popover.open_at(self.list.viewport().mapToGlobal(rect.topRight()) + QPoint(8, 0))

    def _connect(self) -> None:
        takes, rows = self._takes, self.list
        takes.shelf_changed.connect(self._read)
        takes.take_arrived.connect(self._on_arrived)
        takes.auditioned.connect(self._on_auditioned)
        self._bridges.project.changed.connect(self._on_project)
        self._bridges.project.opened.connect(self._on_opened)
        self._bridges.player.place_changed.connect(self._on_place)
        self._empty.example_requested.connect(self.example_requested)
        self._nothing_found.all_requested.connect(self._show_all)
        self.search.textChanged.connect(self._filter)
        self.starred.toggled.connect(self._filter)
        self.compare.side_requested.connect(self._on_side)
        self.compare.with_project_changed.connect(self._on_with_project)
        rows.star_requested.connect(self._star)
        rows.audition_requested.connect(self.audition)
        rows.menu_requested.connect(lambda candidate, place: self.menu_of(candidate).popup(place))
        rows.files_wanted.connect(self._prepare_files)
        rows.drag_requested.connect(self._drag)
        rows.current_changed.connect(self._enable_actions)
        self.ended.go_on_requested.connect(self._actions["take.go_on"].trigger)
        self.ended.again_requested.connect(self._actions["take.again"].trigger)
        self._outline_came.connect(self.list.viewport().update)

    def _add_actions(self) -> dict[str, QAction]:
        add, group = self._bridges.actions.add, self.tr("Takes")
        numbered = [
            add(
                f"take.audition_{number}",
                group,
                self.tr("Audition take {number}").format(number=number),
                partial(self.audition_number, number),
                shortcuts=(str(number),),
            )
            for number in range(1, KEYS + 1)
        ]
        self._digits = YieldingKeys(numbered, self)
        made: dict[str, QAction] = {}

        def of_current(
            name: str, text: str, do: Callable[[Candidate], object], *keys: str, icon: str = ""
        ) -> None:
            def slot() -> None:
                current = self.list.current
                if current is not None:
                    do(current)

            made[name] = add(name, group, text, slot, shortcuts=keys, icon=icon, owner=self.list)

        of_current("take.audition", self.tr("Audition or stop"), self.audition, "A", icon="play")
        of_current("take.use_settings", self.tr("Use these settings"), self.settings_requested.emit, "U")
        of_current("take.copy_prompt", self.tr("Copy prompt"), self._copy_prompt, "Ctrl+C", icon="copy")
        of_current("take.parameters", self.tr("Show all parameters"), self.show_parameters, "I", icon="info")
        of_current("take.go_on", self.tr("Go on with it"), self._go_on, "G", icon="forward")
        of_current("take.again", self.tr("Make it again"), self.again_requested.emit, "N", icon="retry")
        of_current("take.star", self.tr("Star"), self._star, "S", icon="star")
        of_current(
            "take.rename", self.tr("Rename"), lambda _take: self.list.rename_current(), "F2", icon="draw"
        )
        of_current("take.delete", self.tr("Delete"), self.delete, "Del", icon="trash")
        add(
            "take.other_side",
            group,
            self.tr("Switch between A and B"),
            self._switch_sides,
            shortcuts=("X",),
            owner=self.list,
        )
        add(
            "take.silence",
            group,
            self.tr("Stop the audition"),
            lambda: self._takes.audition(None),
            shortcuts=("Esc",),
            owner=self.list,
        )
        return made

    def _read(self) -> None:
        current = self.list.current
        self.model.read()
        if current is not None:
            self.list.select_take(current.id)
        self._show_compare()
        count = len(self._takes.candidates)
        self._heading.setText(self.tr("Takes · {count}").format(count=count) if count else self.tr("Takes"))
        for each in (self.search, self.starred, self.keep_row):
            each.setVisible(bool(count))
        found = bool(self.model.candidates)
        self._turn_to(self.list if found else self._nothing_found if count else self._empty)
        self._enable_actions(self.list.current)
        self.keep_row.show_current()

    def _turn_to(self, page: QWidget) -> None:
        """The list or what stands in its place; the keyboard goes along."""
        before, focused = self._page, QApplication.focusWidget()
        had_focus = focused is not None and (before is focused or before.isAncestorOf(focused))
        self._page = page
        self._pages.setCurrentWidget(page)
        if had_focus and page is not before:
            self.take_focus()

    def _filter(self) -> None:
        self.model.filter(self.search.text(), starred_only=self.starred.isChecked())
        self._read()

    def _show_compare(self) -> None:
        over_project = any(track.clips for track in self._bridges.project.project.tracks)
        before = self.compare.sides
        self.compare.show_takes(self._takes.candidates, self._takes.audition_id, over_project=over_project)
        self.list.state_of_rows.sides = self.compare.sides if len(self._takes.candidates) > 1 else ("", "")
        if before != self.compare.sides:
            self.list.viewport().update()

    def _on_opened(self) -> None:
        self.notice.hide()
        self._show_all()

    def _on_project(self) -> None:
        """Takes came into the song, or went."""
        self._show_compare()
        self.list.viewport().update()

    def _on_arrived(self, candidate: Candidate) -> None:
        """A new take shows itself, unless somebody is busy in the list."""
        if not self.list.hasFocus():
            self.list.select_take(candidate.id)
            self.list.scrollToTop()

    def _on_auditioned(self, take_id: str) -> None:
        self.list.state_of_rows.audition_id = take_id
        self._show_compare()
        self.list.viewport().update()

    def _on_place(self, tick: float) -> None:
        state = self.list.state_of_rows
        if state.audition_id:
            state.tick = tick
            row = self.model.row_of(state.audition_id)
            if row >= 0:
                self.list.viewport().update(self.list.visualRect(self.model.index(row)))

    def _choose_side(self, number: int, take_id: str) -> None:
        self.compare.choose(number, take_id)
        self._show_compare()
        self.list.viewport().update()

    def _on_side(self, number: int) -> None:
        take_id = self.compare.sides[number]
        candidate = next((each for each in self._takes.candidates if each.id == take_id), None)
        if candidate is not None:
            self.list.select_take(take_id)
            self.audition(candidate)
        self._show_compare()

    def _switch_sides(self) -> None:
        sounding = self._takes.audition_id
        self._on_side(1 if sounding == self.compare.sides[0] else 0)

    def _on_with_project(self) -> None:
        """What sounds goes on, with the project or without it."""
        sounding = self._takes.audition_id
        candidate = next((each for each in self._takes.candidates if each.id == sounding), None)
        if candidate is not None:
            self._takes.audition(candidate, with_project=self.with_project)

    def _star(self, candidate: Candidate) -> None:
        self._takes.star(candidate.id, starred=not candidate.take.starred)

    def _go_on(self, candidate: Candidate) -> None:
        if self._takes.can_go_on(candidate):
            self.go_on_requested.emit(candidate)
        else:
            self._bridges.status.say(self.tr("There is nothing to go on from: the take is whole."), "warn")

    def _copy_prompt(self, candidate: Candidate) -> None:
        QGuiApplication.clipboard().setText(candidate.take.prompt)
        self._bridges.status.say(self.tr("The prompt is in the clipboard."))

    def _prepare_files(self, candidate: Candidate) -> None:
        if self._handover is not None:
            self._handover.offer_take(candidate.id, candidate.project)
            self._handover.prepare("take", candidate.id)

    def _drag(self, candidate: Candidate) -> None:
        if self._handover is None:
            return
        self._prepare_files(candidate)
        files = self._handover.files("take", [candidate.id], QGuiApplication.keyboardModifiers())
        if files:
            carry_files(self.list, files)

    def _enable_actions(self, current: Candidate | None) -> None:
        for action in self._actions.values():
            action.setEnabled(current is not None)
        can_go_on = current is not None and self._takes.can_go_on(current)
        self.ended.show_take(current, can_go_on=can_go_on)

    def _show_all(self) -> None:
        self.search.clear()
        self.starred.setChecked(False)

    def _tell_outline(self, _source: object) -> None:
        """Called on the thread that reads: the signal carries it here, unless the view goes just then."""
        with suppress(RuntimeError):
            self._outline_came.emit()

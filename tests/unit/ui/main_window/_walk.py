"""A user who does anything anywhere: steps as values that can be made from a seed, printed and repeated."""

from random import Random

import msgspec
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

from musicgen_desktop.document import check_project
from tests.unit.ui.main_window.conftest import settle

NOT_DONE = {"file.quit", "file.new"}
"""They end the walk: the window goes, or another project comes."""
NOT_PRESSED = {"Ctrl+Q", "Ctrl+N"}
PLAIN_KEYS = (
    *("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Return", "Enter", "Esc", "Tab"),
    *("Shift+Tab", "Space", "Backspace", "Del", "Ins", "Menu", "Shift+Left", "Shift+Right", "Shift+Up"),
    *("Shift+Down", "Ctrl+Up", "Ctrl+Down", "Alt+Left", "Alt+Right", "Ctrl+Tab", "F6", "Ctrl+Home"),
    *"abcdefghijklmnopqrstuvwxyz0123456789-+.,/*#",
)
TYPED = (
    "120",
    "-6",
    "C#3",
    "5.3",
    "0",
    "",
    "abc",
    "1e999",
    "−12,5",
    "99999999999",
    "7/8",
    "F minor",
    "ü „x“",
)
BUTTONS = (Qt.MouseButton.LeftButton,) * 6 + (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
HELD = (Qt.KeyboardModifier.NoModifier,) * 4 + (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
)
KINDS = (
    *("drag",) * 10,
    *("click",) * 4,
    *("double_click",) * 3,
    *("wheel",) * 3,
    *("hover",) * 2,
    *("menu",) * 4,
    *("key",) * 9,
    *("type",) * 3,
    *("action",) * 8,
    *("menu_bar",),
    *("dock",) * 2,
    *("undo",) * 2,
    "redo",
    *("resize",),
)
ROOMS = ("canvas", "canvas", "lanes", "headers", "notes", "lane", "keyboard", "ruler", "mixer", "anywhere")


class Step(msgspec.Struct, frozen=True):
    """One thing that is done. Places and choices are shares from 0 to 1 of what there is then."""

    kind: str
    room: str
    places: tuple[tuple[float, float], ...]
    choice: float
    second: float
    button: int
    held: int


def steps_of(seed, count):
    """As many steps, always the same for one seed."""
    dice = Random(seed)
    return tuple(
        Step(
            dice.choice(KINDS),
            dice.choice(ROOMS),
            tuple((dice.uniform(-0.05, 1.05), dice.uniform(-0.05, 1.05)) for _ in range(dice.randint(2, 4))),
            dice.random(),
            dice.random(),
            dice.randrange(len(BUTTONS)),
            dice.randrange(len(HELD)),
        )
        for _ in range(count)
    )


def inside(widget):
    """All widgets in a widget. PySide would keep what `findChildren` finds for as long as the root lives."""
    for child in widget.children():
        if isinstance(child, QWidget):
            yield child
            yield from inside(child)


def child_at(widget, at):
    """The foremost widget at a place of a widget, as its `childAt`, which would keep what it finds."""
    for child in reversed(widget.children()):
        hidden = not isinstance(child, QWidget) or child.isWindow() or child.isHidden()
        if not hidden and child.geometry().contains(at) and not passes_through(child):
            return child_at(child, child.mapFromParent(at)) or child
    return None


def passes_through(widget):
    return widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Walker:
    """Does steps in a window. Dialogs are turned down as soon as they are there, menus are left."""

    def __init__(self, opened):
        self.opened, self.window = opened, opened.window
        self.first = opened.project
        self._rejecter = QTimer(interval=0)
        self._rejecter.timeout.connect(self._turn_down)

    def take(self, step):
        """Do one step; the project holds together afterwards."""
        self._step, self._chooses = step, False
        self._rejecter.start()
        try:
            getattr(self, f"_{step.kind}")(step)
            settle()
        finally:
            self._close_popups()
            self._rejecter.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        check_project(self.opened.project)

    # ---- places --------------------------------------------------------------------------------

    def _view(self, room):
        """The view that a room is seen in, brought to the front; the whole window when it cannot be."""
        panels = self.opened.panels
        views = {
            "canvas": ("", panels.timeline.canvas),
            "lanes": ("", panels.timeline.lanes),
            "headers": ("", panels.timeline.headers),
            "notes": ("piano_roll", panels.piano_roll.notes),
            "lane": ("piano_roll", panels.piano_roll.lane),
            "keyboard": ("piano_roll", panels.piano_roll.keyboard),
            "ruler": ("piano_roll", panels.piano_roll.ruler),
            "mixer": ("mixer", panels.mixer.view),
        }
        if room not in views:
            return self.window
        dock, view = views[room]
        if dock:
            panels.show(dock, focus=False)
            self._edit_something(dock)
            settle()
        view = self._of(view)
        return view if view.isVisible() else self.window

    def _edit_something(self, dock):
        selection = self.opened.bridges.selection
        if dock != "piano_roll" or selection.edited_clip_id is not None:
            return
        clips = [
            clip for track in self.opened.project.tracks if track.kind == "notes" for clip in track.clips
        ]
        if clips:
            selection.edit_clip(clips[0].id)

    def _start(self, step):
        """The view of a step and where it begins: anywhere, or on a note or a clip."""
        view = self._view(step.room)
        panels = self.opened.panels
        boxes = ()
        if view is panels.piano_roll.notes and panels.piano_roll.model.clip is not None:
            boxes = [view.rect_of(note) for note in panels.piano_roll.model.clip.notes]
        elif view is self._of(panels.timeline.canvas):
            clips = [clip.id for track in self.opened.project.tracks for clip in track.clips]
            boxes = [panels.timeline.canvas.rect_of(each) for each in clips]
        seen = [box for box in boxes if box is not None and view.rect().intersects(box)]
        if not seen or step.second > 0.6:
            return view, step.places[0]
        box = seen[int(step.second / 0.6 * len(seen))].intersected(view.rect())
        x, y = (min(1.0, max(0.0, each)) for each in step.places[0])
        at = box.topLeft() + QPoint(round(x * (box.width() - 1)), round(y * (box.height() - 1)))
        return view, (at.x() / view.width(), at.y() / view.height())

    def _of(self, view):
        return view.viewport() if isinstance(view, QAbstractScrollArea) else view

    def _under(self, view, place):
        """The widget under a place of a view, and the place in it."""
        at = QPoint(round(place[0] * view.width()), round(place[1] * view.height()))
        widget = child_at(view, at) or view
        return widget, widget.mapFrom(view, at)

    # ---- the mouse -----------------------------------------------------------------------------

    def _drag(self, step):
        view, begin = self._start(step)
        button, held = BUTTONS[step.button], HELD[step.held]
        if button == Qt.MouseButton.RightButton:
            return self._menu(step)
        widget, start = self._under(view, begin)
        QTest.mousePress(widget, button, held, start)
        for place in step.places[1:]:
            if not shiboken6.isValid(widget):
                return None
            at = QPoint(round(place[0] * view.width()), round(place[1] * view.height()))
            self._move(widget, widget.mapFrom(view, at), button, held)
        if step.choice < 0.1:
            self._press("Esc")
        elif step.choice < 0.2:
            self._action(step)
        if shiboken6.isValid(widget):
            QTest.mouseRelease(widget, button, held, widget.mapFrom(view, at))
        return None

    def _click(self, step):
        widget, at = self._under(*self._start(step))
        QTest.mouseClick(widget, BUTTONS[step.button], HELD[step.held], at)

    def _double_click(self, step):
        widget, at = self._under(*self._start(step))
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, HELD[step.held], at)
        if shiboken6.isValid(widget):
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, HELD[step.held], at)
        if step.choice < 0.5:
            self._type(step)

    def _hover(self, step):
        view = self._view(step.room)
        for place in step.places:
            widget, at = self._under(view, place)
            self._move(widget, at, Qt.MouseButton.NoButton, HELD[step.held])

    def _wheel(self, step):
        widget, at = self._under(self._view(step.room), step.places[0])
        turn = QPoint(0, round(240 * (step.choice - 0.5))) if step.second < 0.8 else QPoint(60, 0)
        event = QWheelEvent(
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            HELD[step.held],
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's own order
        )
        QApplication.sendEvent(widget, event)

    def _move(self, widget, at, buttons, held):
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            buttons,
            held,
        )
        QApplication.sendEvent(widget, event)

    def _menu(self, step):
        """The menu of what is under the mouse; one of its lines, or none."""
        widget, at = self._under(*self._start(step))
        by_mouse = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(
            widget, QContextMenuEvent(by_mouse, at, widget.mapToGlobal(at), HELD[step.held])
        )
        settle()
        self._choose_in(QApplication.activePopupWidget(), step)

    def _choose_in(self, menu, step):
        """A line of a menu that is open, or of a menu in it."""
        self._chooses = True
        share = step.choice
        while isinstance(menu, QMenu):
            lines = [each for each in menu.actions() if each.isEnabled() and not each.isSeparator()]
            if not lines or step.second < 0.1:
                return
            line = lines[int(share * len(lines))]
            share = share * len(lines) % 1.0
            menu.setActiveAction(line)
            if line.menu() is None:
                if self._may_be_done(line):
                    QTest.keyClick(menu, Qt.Key.Key_Return)
                return
            menu = line.menu()
            settle()

    def _menu_bar(self, step):
        titles = [each for each in self.window.menuBar().actions() if each.isVisible()]
        menu = titles[int(step.second * len(titles))].menu()
        self._chooses = True
        menu.popup(self.window.mapToGlobal(QPoint(10, 10)))
        settle()
        self._choose_in(menu, step)

    # ---- keys and actions ----------------------------------------------------------------------

    def _key(self, step):
        known = [
            key.toString()
            for each in self.opened.actions.listed()
            for key in each.action.shortcuts()
            if key.toString() not in NOT_PRESSED
        ]
        keys = (*known, *PLAIN_KEYS)
        if step.second < 0.3:
            self._view(step.room).setFocus()
        self._press(keys[int(step.choice * len(keys))])

    def _press(self, key):
        combination = QKeySequence(key)[0]
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())

    def _type(self, step):
        """Something into the field that has the focus, or into another one."""
        if step.choice < 0.5:
            fields = [
                each
                for each in inside(self.window)
                if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
            ]
            fields[int(step.second * len(fields))].setFocus()
        target = QApplication.focusWidget() or self.window
        for letter in TYPED[int(step.places[0][0] * len(TYPED)) % len(TYPED)]:
            self._letter(target, letter)
        self._press(("Return", "Tab", "Esc", "Return")[int(step.places[0][1] * 4) % 4])

    def _letter(self, target, letter):
        if not shiboken6.isValid(target):
            return
        if letter.isascii():
            QTest.keyClick(target, letter)
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):  # QTest knows no others
            QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def _action(self, step):
        listed = [each for each in self.opened.actions.listed() if each.id not in NOT_DONE]
        listed[int(step.choice * len(listed))].action.trigger()

    def _undo(self, step):
        for _ in range(1 + int(step.choice * 6)):
            self.opened.actions["edit.undo"].trigger()

    def _redo(self, step):
        for _ in range(1 + int(step.choice * 6)):
            self.opened.actions["edit.redo"].trigger()

    # ---- the window ----------------------------------------------------------------------------

    def _dock(self, step):
        docks = self.opened.panels.docks
        dock = docks[int(step.choice * len(docks))]
        if step.second < 0.7:
            self.opened.panels.show(dock.objectName())
        elif step.second < 0.8:
            dock.toggleViewAction().trigger()
        elif step.second < 0.9:
            dock.setFloating(not dock.isFloating())
        else:
            self.opened.actions["view.reset"].trigger()

    def _resize(self, step):
        self.window.showNormal()
        self.window.resize(960 + round(step.choice * 960), 600 + round(step.second * 480))

    # ---- what stands in the way ----------------------------------------------------------------

    def _may_be_done(self, action):
        barred = [self.opened.actions[each] for each in NOT_DONE]
        return action not in barred

    def _turn_down(self):
        modal = QApplication.activeModalWidget()
        if modal is not None:
            modal.reject() if hasattr(modal, "reject") else modal.close()
        elif isinstance(QApplication.activePopupWidget(), QMenu) and not self._chooses:
            self._chooses = True  # a button waits for its menu; what is chosen may open a dialog in turn
            QTimer.singleShot(0, self._choose_for_button)

    def _choose_for_button(self):
        self._choose_in(QApplication.activePopupWidget(), self._step)
        self._close_popups()

    def _close_popups(self):
        for _ in range(20):
            popup = QApplication.activePopupWidget()
            if popup is None:
                return
            popup.close()
            settle()

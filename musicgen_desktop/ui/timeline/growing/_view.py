"""Growing takes under the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from musicgen_desktop.session.controllers.generating import GrowingTake
from musicgen_desktop.ui.bridges import Bridges, TakesBridge
from musicgen_desktop.ui.theme import TRACK_COLOURS, colour, tokens
from musicgen_desktop.ui.timeline._view_state import TimelineState

from ._geometry import GAP_PX, ROW_PX, GhostBox, boxes_of
from ._painter import BETWEEN, GhostPicture, button_of, paint_ghost


class GrowingView(QWidget):
    """Lies over the canvas, as large as what it shows. The list of takes does the same from the keyboard.

    Args:
        bridges: of the window.
        takes: what is made, heard, kept and stopped.
        state: of the timeline.
        canvas: the widget that it lies over.
    """

    shown = Signal()
    """There is something to see now, or nothing any more."""

    def __init__(self, bridges: Bridges, takes: TakesBridge, state: TimelineState, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._bridges, self._takes, self._state = bridges, takes, state
        self._shown: tuple[tuple[GrowingTake, GhostBox], ...] = ()
        self._hot = ""
        self._play_x = 0
        self._picture: QPixmap | None = None
        """All takes without the play head, until one of them changes."""
        self.setMouseTracking(True)
        takes.growing.changed.connect(self.read)
        takes.growing.began.connect(self._reveal)
        takes.auditioned.connect(lambda _take_id: self._change())
        state.changed.connect(self._place)
        bridges.player.place_changed.connect(self._on_place)
        self.hide()

    @property
    def takes(self) -> tuple[GrowingTake, ...]:
        """What is shown, from top to bottom."""
        return tuple(take for take, _ in self._shown)

    def rect_of(self, take_id: str) -> QRect:
        """The box of a take, as far as it can be seen, in the canvas.

        Raises:
            KeyError: when it is not shown.
        """
        for take, box in self._shown:
            if take.candidate.id == take_id:
                left, right = round(box.left), round(box.right)
                return QRect(left, box.top, right - left, ROW_PX) & self._canvas_rect
        raise KeyError(take_id)

    def hit(self, at: QPoint) -> tuple[GrowingTake, bool] | None:
        """The take at a place of this widget, and whether it is on its button."""
        place = at + self.pos()
        for take, box in self._shown:
            if box.left <= place.x() < box.right and box.top <= place.y() < box.bottom:
                return take, button_of(box, self._canvas_rect.width()).contains(place)
        return None

    def read(self) -> None:
        """Something grew, came or went."""
        was_shown = not self.isHidden()
        self._place()
        said = [f"{take.candidate.take.name}, {self.said_of(take)}" for take in self.takes]
        self.setAccessibleName("; ".join(said))
        if was_shown == self.isHidden():
            self.shown.emit()

    def said_of(self, take: GrowingTake) -> str:
        """How far a take is: “take 1 of 2 · 3.2 of 10.0 s”."""
        parts = []
        if take.count > 1:
            parts.append(self.tr("take {number} of {count}").format(number=take.number, count=take.count))
        if not self._takes.growing.is_whole(take.candidate.id):
            parts.append(
                self.tr("{made} of {whole} s").format(
                    made=f"{take.seconds:.1f}", whole=f"{max(take.seconds, take.wished_seconds):.1f}"
                )
            )
        else:
            if take.candidate.take.measured.get("stopped") is True:
                parts.append(self.tr("ended early"))
            parts += [self.tr("not kept yet"), self.tr("a double click keeps it")]
        return BETWEEN.join(parts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture of all takes, and the play head over it."""
        ratio = self.devicePixelRatioF()
        if self._picture is None:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._paint_takes(self._picture)
        painter, part = QPainter(self), event.rect()
        whole = QRect(round(part.x() * ratio), 0, round(part.width() * ratio), self._picture.height())
        painter.drawPixmap(QRect(part.x(), 0, part.width(), self.height()), self._picture, whole)
        x = self._play_x + self.x()
        for _, box in self._shown:
            if box.left <= x <= box.right:
                painter.fillRect(self._play_x, box.top - self.y(), 1, ROW_PX, colour(tokens().accent))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another picture."""
        super().resizeEvent(event)
        self._picture = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The button stops or closes; elsewhere the take is heard, or falls silent."""
        hit = self.hit(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or hit is None:
            return
        take, on_button = hit
        if on_button:
            self._end(take)
        else:
            self._audition(take)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keeps a whole take."""
        hit = self.hit(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and hit is not None and not hit[1]:
            self._keep(hit[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which button would be pressed."""
        hit = self.hit(event.position().toPoint())
        self._set_hot(hit[0].candidate.id if hit is not None and hit[1] else "")

    def leaveEvent(self, event: QEvent) -> None:
        """None."""
        super().leaveEvent(event)
        self._set_hot("")

    def event(self, event: QEvent) -> bool:
        """Say what a click would do."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self.hit(event.pos())
            QToolTip.showText(event.globalPos(), "" if hit is None else self._tip(*hit), self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the take under the mouse."""
        hit = self.hit(event.pos())
        if hit is not None:
            menu = self.menu_of(hit[0])
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def menu_of(self, take: GrowingTake) -> QMenu:
        """The menu of a take."""
        menu, is_whole = QMenu(self), self._takes.growing.is_whole(take.candidate.id)
        sounds = take.candidate.id == self._takes.audition_id
        menu.addAction(
            self.tr("Stop the audition") if sounds else self.tr("Audition"), lambda: self._audition(take)
        )
        if is_whole:
            menu.addAction(self.tr("Keep on tracks"), lambda: self._keep(take))
            menu.addAction(self.tr("Take off the timeline"), lambda: self._end(take))
        else:
            menu.addAction(self.tr("Stop: what was made is kept"), lambda: self._end(take))
        return menu

    @property
    def _canvas_rect(self) -> QRect:
        canvas = self.parentWidget()
        return canvas.rect() if canvas is not None else QRect()

    def _place(self) -> None:
        takes, project = self._takes.growing.takes, self._bridges.project.project
        room = self._canvas_rect
        places = []
        for take in takes:
            start, made, whole = take.place_in(project)
            ends_there = self._takes.growing.is_whole(take.candidate.id)
            places.append((start, made, made if ends_there else whole))
        boxes = boxes_of(places, self._state.geometry, room.height())
        self._shown = tuple(zip(takes, boxes, strict=True))
        area = _around(boxes) & room
        self.setVisible(bool(takes) and not area.isEmpty())
        if not area.isEmpty():
            self.setGeometry(area)
            self.raise_()
            self._play_x = round(self._state.geometry.x_of(self._bridges.player.tick)) - self.x()
            self._change()

    def _paint_takes(self, picture: QPixmap) -> None:
        painter = QPainter(picture)
        painter.translate(-self.pos())
        growing = self._takes.growing
        for take, box in self._shown:
            candidate = take.candidate
            tracks = candidate.project.tracks
            shown = GhostPicture(
                box=box,
                tint=(tracks[0].color if tracks else "") or TRACK_COLOURS[0],
                name=candidate.take.name,
                said=self.said_of(take),
                outline=take.outline,
                is_whole=growing.is_whole(candidate.id),
                sounds=candidate.id == self._takes.audition_id,
                hot=candidate.id == self._hot,
            )
            paint_ghost(painter, shown, self._canvas_rect.width())
        painter.end()

    def _change(self) -> None:
        self._picture = None
        self.update()

    def _reveal(self, take: GrowingTake) -> None:
        start, _, whole = take.place_in(self._bridges.project.project)
        self._state.reveal(start, whole)

    def _on_place(self, tick: float) -> None:
        if not self.isVisible():
            return
        before, self._play_x = self._play_x, round(self._state.geometry.x_of(tick)) - self.x()
        for x in {before, self._play_x}:
            self.update(x - 1, 0, 3, self.height())

    def _set_hot(self, take_id: str) -> None:
        if take_id != self._hot:
            self._hot = take_id
            self._change()

    def _audition(self, take: GrowingTake) -> None:
        sounds = take.candidate.id == self._takes.audition_id
        self._takes.audition(None if sounds else take.candidate)

    def _keep(self, take: GrowingTake) -> None:
        if self._takes.growing.is_whole(take.candidate.id):
            clips = self._takes.keep(take.candidate)
            self._bridges.selection.select_clips(clips)
        else:
            self._bridges.status.say(self.tr("It can be kept once it is whole, or stopped."))

    def _end(self, take: GrowingTake) -> None:
        if self._takes.growing.is_whole(take.candidate.id):
            self._takes.growing.dismiss(take.candidate.id)
        elif (job := self._takes.running) is not None:
            self._takes.stop(job.id)

    def _tip(self, take: GrowingTake, on_button: bool) -> str:  # noqa: FBT001 - as `hit` tells
        is_whole = self._takes.growing.is_whole(take.candidate.id)
        if on_button:
            return (
                self.tr("Take it off the timeline; it stays among the takes")
                if is_whole
                else self.tr("Stop: what was made is kept as a take")
            )
        if is_whole:
            return self.tr("Click: hear it. Double click: keep it on a track.")
        return self.tr("It is being made here. Click: hear what there is.")


def _around(boxes: Sequence[GhostBox]) -> QRect:
    if not boxes:
        return QRect()
    left = int(min(box.left for box in boxes)) - 1
    right = int(max(box.right for box in boxes)) + 2
    return QRect(left, boxes[0].top - GAP_PX, right - left, boxes[-1].bottom - boxes[0].top + 2 * GAP_PX)

"""The lane below the notes: velocity stems, or the curve of a controller."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.music import Control, Note
from musicgen_desktop.session.commands.notes import controls_in_lane
from musicgen_desktop.ui.theme import Sizes, blend, colour, font, tokens

from ._backdrop import backdrop_of
from ._backdrop_painter import paint_lines
from ._edits import RollEdits
from ._gestures import Gesture, held_of
from ._lane_geometry import LaneGeometry
from ._lane_gestures import DrawControls, DrawVelocities, EraseControls, PullStems, stem_at
from ._lane_scale import lane_geometry
from ._lane_stems import stems_pixels
from ._note_arrays import NoteArrays
from ._notes_painter import paint_label
from ._view_model import RollModel
from ._wheel import turn_wheel


class LaneView(QWidget):
    """Velocity stems, to be pulled or drawn over; or the curve of a controller, to be drawn."""

    menu_wanted = Signal(QPoint)
    """Where on the screen."""

    def __init__(self, model: RollModel, edits: RollEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._edits = model, edits
        self._gesture: Gesture | None = None
        self._at = QPoint()
        self._controls: tuple[object, object, tuple[Control, ...]] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Lane of velocities or of a controller"))
        for signal in (
            model.clip_changed,
            model.selection_changed,
            model.view_changed,
            model.preview_changed,
            model.options_changed,
        ):
            signal.connect(self.update)
        model.notes_changed.connect(self._cancel)

    def sizeHint(self) -> QSize:
        """A few rows high."""
        return QSize(200, 72)

    @property
    def scale(self) -> LaneGeometry:
        """The heights of the lane that is shown."""
        return lane_geometry(self._model, self.height())

    def head_of(self, note: Note) -> QPoint:
        """The upper end of a note's stem."""
        x = self._model.geometry.x_of(note.start_ticks + self._model.zero)
        return QPoint(int(x) + 2, round(self.scale.y_of(note.velocity)))

    # ---- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid lines, then stems or a curve."""
        worn, model = tokens(), self._model
        stripe = event.rect()
        painter = QPainter(self)
        painter.setClipRect(stripe)
        painter.fillRect(stripe, colour(worn.sunken))
        if model.clip is not None:
            picture = backdrop_of(model, stripe.left() - 2, stripe.right() + 2)
            paint_lines(painter, picture, 0, self.height())
            tint = model.tint or worn.accent
            if model.lane is None:
                self._paint_stems(painter, stripe, tint)
            else:
                self._paint_curve(painter, tint)
            tick = model.play_tick
            if tick is not None:
                x = round(model.geometry.x_of(tick))
                painter.fillRect(QRect(x, 0, 1, self.height()), colour(worn.accent))
            if self._gesture is not None and model.preview is not None and model.preview.text:
                paint_label(painter, model.preview.text, self._at.x() + 10, self._at.y(), self.rect())
        painter.setPen(QPen(colour(worn.line_strong), 1))
        painter.drawLine(stripe.left(), 0, stripe.right(), 0)
        painter.end()

    def _paint_stems(self, painter: QPainter, stripe: QRect, tint: str) -> None:
        worn, model, preview = tokens(), self._model, self._model.preview
        start = model.geometry.tick_at(stripe.left() - 8) - model.zero
        end = model.geometry.tick_at(stripe.right() + 8) - model.zero
        arrays = model.arrays
        chosen = (arrays.starts >= start) & (arrays.starts <= end)
        shown = None if preview is None else preview.shown(arrays)
        if shown is not None:
            chosen &= shown
        plain = chosen & ~model.selected_mask
        self._stems(painter, stripe, arrays, plain, blend(tint, worn.sunken, 0.75).name())
        self._stems(painter, stripe, arrays, chosen & model.selected_mask, worn.accent)
        if preview is not None and len(preview.arrays):
            self._stems(painter, stripe, preview.arrays, np.ones(len(preview.arrays), bool), worn.accent)

    def _stems(
        self, painter: QPainter, stripe: QRect, arrays: NoteArrays, mask: np.ndarray, tint: str
    ) -> None:
        if not mask.any():
            return
        geometry, lane = self._model.geometry, self.scale
        starts = arrays.starts[mask] + self._model.zero
        xs = np.floor((starts - geometry.left_tick) * geometry.px_per_tick).astype(np.int64) + 1
        heads = np.rint([lane.y_of(value) for value in range(128)]).astype(np.int64)[arrays.velocities[mask]]
        pixels = stems_pixels(
            xs - stripe.left(),
            heads,
            width=stripe.width(),
            height=self.height(),
            # Mixed here once, so that no stem shines through.
            stem=blend(tint, tokens().sunken, 0.55).name(),
            head=tint,
        )
        rows, columns = pixels.shape
        picture = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32)
        painter.drawImage(stripe.left(), 0, picture)

    def _paint_curve(self, painter: QPainter, tint: str) -> None:
        worn, geometry, lane, zero = tokens(), self._model.geometry, self.scale, self._model.zero
        if lane.low < 0:
            painter.setPen(QPen(colour(worn.line_strong), 1, Qt.PenStyle.DashLine))
            painter.drawLine(0, round(lane.y_of(0)), self.width(), round(lane.y_of(0)))
        points = [(control.tick, control.value) for control in self._lane_controls()]
        preview = self._model.preview
        if preview is not None and preview.points:
            first, last = preview.points[0][0], preview.points[-1][0]
            points = sorted([each for each in points if not first <= each[0] <= last] + preview.points)
        if preview is not None and preview.erased is not None:
            low, high = preview.erased
            left, right = geometry.x_of(low + zero), geometry.x_of(high + zero)
            shade = QRect(int(left), 0, max(1, int(right - left)), self.height())
            painter.fillRect(shade, colour(worn.bad, 0.18))
            points = [each for each in points if not low <= each[0] < high]
        if not points:
            painter.setPen(colour(worn.text_faint))
            painter.setFont(font(Sizes.TINY))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Draw here to move this controller")
            )
            return
        self._paint_steps(painter, [(geometry.x_of(t + zero), lane.y_of(v)) for t, v in points], tint)

    def _paint_steps(self, painter: QPainter, points: list[tuple[float, float]], tint: str) -> None:
        """A controller stays where it was moved to, until the next move."""
        lane = self.scale
        base = lane.y_of(max(0, lane.low))
        outline = [QPointF(points[0][0], base)]
        height = base
        for x, y in points:
            outline += (QPointF(x, height), QPointF(x, y))
            height = y
        outline += (QPointF(max(points[-1][0], self.width()), height), QPointF(self.width(), base))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tint, 0.22))
        painter.drawPolygon(QPolygonF(outline))
        painter.setPen(QPen(colour(tint), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(outline[1:-1]))
        if len(points) < 400:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(tint))
            painter.drawRects([QRect(int(x) - 2, int(y) - 2, 4, 4) for x, y in points])

    def _lane_controls(self) -> tuple[Control, ...]:
        clip, lane = self._model.clip, self._model.lane
        if clip is None or lane is None:
            return ()
        if self._controls is None or self._controls[0] is not clip.controls or self._controls[1] != lane:
            self._controls = (clip.controls, lane, controls_in_lane(clip, *lane))
        return self._controls[2]

    # ---- the mouse -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a stem, or begin a stroke."""
        if event.button() != Qt.MouseButton.LeftButton or self._model.clip is None:
            return
        model, edits, lane = self._model, self._edits, self.scale
        x, y = event.position().x(), event.position().y()
        self._at = event.position().toPoint()
        if model.lane is not None:
            if model.tool == "erase":
                self._gesture = EraseControls(model, edits, x)
            else:
                self._gesture = DrawControls(model, edits, lane, x, y)
            return
        note = stem_at(model, lane, x, y)
        if model.tool == "draw" or model.lane_is_line or note is None:
            self._gesture = DrawVelocities(model, edits, lane, x, y)
            self._gesture.show()
            return
        if note not in model.selected:
            model.select((note,))
        self._gesture = PullStems(model, edits, lane, note, y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on, or show whether there is a stem."""
        self._at = event.position().toPoint()
        x, y = event.position().x(), event.position().y()
        if self._gesture is not None:
            self._gesture.to(x, y, held_of(event))
            return
        is_stem = (
            self._model.lane is None
            and self._model.tool != "draw"
            and not self._model.lane_is_line
            and stem_at(self._model, self.scale, x, y) is not None
        )
        self.setCursor(Qt.CursorShape.SizeVerCursor if is_stem else Qt.CursorShape.CrossCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: the edit is made."""
        if event.button() != Qt.MouseButton.LeftButton or self._gesture is None:
            return
        gesture, self._gesture = self._gesture, None
        self._model.set_preview(None)
        gesture.drop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: nothing happened."""
        if event.key() == Qt.Key.Key_Escape and self._gesture is not None:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Which lane is shown, and what can be done with it."""
        self._cancel()
        if self._model.clip is not None:
            self.menu_wanted.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """As over the notes, but the plain wheel makes the selection louder or softer."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and self._model.lane is None and self._model.selected:
            self._edits.shift_velocity(2 if event.angleDelta().y() > 0 else -2)
            event.accept()
        else:
            turn_wheel(self._model, event)

    def _cancel(self) -> None:
        """Esc, or the notes are others now: nothing happened."""
        if self._gesture is not None:
            self._gesture = None
            self._model.set_preview(None)

"""What is seen of the headers, and when it is painted anew."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.document import MASTER_ID
from musicgen_desktop.session.controllers.playing import BoardReading
from musicgen_desktop.ui.bridges import Bridges, HandOverBridge
from musicgen_desktop.ui.timeline._inline_field import InlineField
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.widgets import HandleState

from ._geometry import Hit, Part, add_rect, part_at, part_rect
from ._meter_painter import paint_meter
from ._meters import HeaderMeters
from ._painter import paint_headers
from ._picture import HeadersPicture
from ._view_model import HeadersModel, silenced

WIDTH_PX = 220


class Headers(QWidget):
    """Paints a header for each row of the canvas, on its y axis, and a button for more tracks below.

    A scroll moves the pixels that are there and paints the rest.

    Args:
        bridges: of the window.
        state: of the timeline.
        handover: makes the files that the handle of a header carries out; without it there are no handles.
        parent: the panel.
    """

    def __init__(
        self,
        bridges: Bridges,
        state: TimelineState,
        handover: HandOverBridge | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridges, self._state, self._handover = bridges, state, handover
        self.model = HeadersModel(bridges, state, self)
        self.meters = HeaderMeters()
        self._seen = state.geometry
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.model.changed.connect(self.update)
        state.changed.connect(self._on_state)
        bridges.project.changed.connect(lambda _change: self.update())
        bridges.project.opened.connect(self.update)
        bridges.selection.changed.connect(self.update)
        bridges.player.read.connect(self._on_read)
        bridges.player.place_changed.connect(lambda _tick: self._update_lane_values())
        if handover is not None:
            handover.state_changed.connect(self._on_handles)

    def use_handover(self, handover: HandOverBridge | None) -> None:
        """Who makes the files that a header's handle carries out."""
        self._handover = handover
        if handover is not None:
            handover.state_changed.connect(self._on_handles)
        self.update()

    def handle_state(self, track_id: str) -> HandleState:
        """How far the files are that the handle of a header carries."""
        return "rest" if self._handover is None else self._handover.state_of("track", (track_id,))

    def rect_of(self, track_id: str, part: Part = "body", target: str = "") -> QRect:
        """Where a part of a header lies; empty when its row is too low for it, or not there."""
        row = self._state.geometry.row_of(track_id, target)
        track = next((each for each in self.model.project.all_tracks if each.id == track_id), None)
        if row is None or track is None:  # rows of a project that was left a moment ago
            return QRect()
        return part_rect(self._state.geometry, track.kind, row, self.width(), part)

    def hit(self, place: QPointF) -> Hit | None:
        """What lies under a place."""
        row = self._state.geometry.row_at(place.y())
        if row is None:
            inside = add_rect(self._state.geometry, self.width()).contains(place.toPoint())
            return Hit("", "", "add") if inside else None
        y = round(place.y()) - self._state.geometry.top_of(row)
        kind = self.model.track(row.track_id).kind
        return Hit(row.track_id, row.target, part_at(kind, row, self.width(), round(place.x()), y))

    def sizeHint(self) -> QSize:
        """As wide as names need."""
        return QSize(WIDTH_PX, 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The headers that are asked for, then their meters; while the song plays, meters alone."""
        painter, picture = QPainter(self), self.picture()
        for rect in event.region():  # type: ignore[attr-defined]  # the stubs do not know that it can be iterated
            self._paint(painter, rect, picture)

    def picture(self) -> HeadersPicture:
        """What is seen now."""
        model, project, geometry = self.model, self.model.project, self._state.geometry
        lanes = {
            (row.track_id, row.target): text
            for row in geometry.rows
            if row.target and (text := model.lane_text(row.track_id, row.target)) is not None
        }
        return HeadersPicture(
            project=project,
            geometry=geometry,
            width=self.width(),
            height=self.height(),
            selected=frozenset(model.selected),
            current=model.current,
            hover=model.hover,
            silent=silenced(project),
            lanes=lanes,
            open_lanes=frozenset(row.track_id for row in geometry.rows if row.target),
            words={track.id: model.word_of(track) for track in project.all_tracks},
            has_focus=self.hasFocus(),
            carries=self._handover is not None,
            handles={track.id: self.handle_state(track.id) for track in project.all_tracks},
            drop_line=model.drop_line,
            dragged=model.dragged,
        )

    def _paint(self, painter: QPainter, rect: QRect, picture: HeadersPicture) -> None:
        painter.setClipRect(rect)
        if rect.left() < self.rect_of(MASTER_ID, "meter").left():
            paint_headers(painter, rect, picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for row in picture.geometry.rows:
            top = picture.geometry.top_of(row)
            if row.target or top > rect.bottom() or top + row.height <= rect.top():
                continue
            box = self.rect_of(row.track_id, "meter")
            if not box.isEmpty():
                paint_meter(painter, box, self.meters.shown(row.track_id))

    def _on_state(self) -> None:
        """A scroll sideways is none of the headers'."""
        before, now = self._seen, self._state.geometry
        self._seen = now
        if now.rows != before.rows:
            self.update()
        elif now.scroll_y != before.scroll_y:
            self._blit(before.scroll_y - now.scroll_y)

    def _blit(self, dy: int) -> None:
        # What is held, and a field that is open, stay where they are.
        held = self.model.drop_line is not None or self.findChild(InlineField) is not None
        if held or abs(dy) >= self.height():
            self.update()
        else:
            self.scroll(0, dy, self.rect())

    def _on_handles(self) -> None:
        for row in self._state.geometry.rows:
            self.update(self.rect_of(row.track_id, "grip").adjusted(-2, -2, 4, 4))

    def _on_read(self, reading: BoardReading) -> None:
        for track_id in self.meters.take(self._bridges.player.levels(reading), reading.at_s):
            box = self.rect_of(track_id, "meter")
            if not box.isEmpty():
                self.update(box)

    def _update_lane_values(self) -> None:
        for row in self._state.geometry.rows:
            if row.target:
                self.update(self.rect_of(row.track_id, "lane_value", row.target))
